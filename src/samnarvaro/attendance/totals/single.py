"""Totals of pupils with one changed day: that day's row is reckoned, and later rows move with it.

What a later row holds then differs from before by the same as that day's own row: sums, and counting
days. Its run differs only until the pupil has been present; the unit it names only until a day
counts. So nothing is laid anew, and an excuse far back costs one statement over the later rows.
"""

from datetime import date

from samnarvaro.attendance.totals.own import SUMS, own_days
from samnarvaro.base import bulk

_ONE = "one_day"
_ADDED = (*SUMS, "days", "run")
_ROW = ("pupil_id", "day", *_ADDED, "unit_id")
_HELD = (*_ADDED, "unit_id")


def held_from(day: date) -> bool:
    """Whether anybody has a total on the day or later. The last day is found in the key at once."""
    (last,) = bulk.fetch("SELECT MAX(day) FROM attendance_daytotal")[0]
    return last is not None and str(last) >= day.isoformat()


def append(day: date) -> None:
    """Reckon the rows of a day after all others from its marks: no later row moves.

    Nearly all pupils have their last row on the last day that anybody has one: only of the others
    their own last day is looked for.
    """
    near = "SELECT MAX(x.day) FROM attendance_daytotal x"
    before = {c: f"COALESCE(b.{c}, far.{c}, 0)" for c in _HELD}
    bulk.run(
        f"""INSERT INTO attendance_daytotal ({", ".join(_ROW)})
            SELECT n.pupil_id, n.day, {", ".join(_reckoned(before).values())}
            FROM ({own_days("attendance_mark m", f"m.day = '{day}'")}) AS n
            LEFT JOIN attendance_daytotal b ON b.pupil_id = n.pupil_id AND b.day = ({near})
            {_last_before("far", "b.pupil_id IS NULL AND")}
            WHERE true{" ORDER BY n.pupil_id" if bulk.on_postgres() else ""}"""
    )


def _last_before(name: str, which: str = "") -> str:
    """Join a pupil's last row before the day of n."""
    rows = f"attendance_daytotal x WHERE {which} x.pupil_id = n.pupil_id AND x.day < n.day"
    if bulk.on_postgres():
        return (
            f"LEFT JOIN LATERAL (SELECT x.* FROM {rows} ORDER BY x.day DESC LIMIT 1) "
            f"AS {name} ON true"
        )
    return (
        f"LEFT JOIN attendance_daytotal {name} ON {name}.pupil_id = n.pupil_id "
        f"AND {name}.day = (SELECT MAX(x.day) FROM {rows})"
    )


def _reckoned(before: dict[str, str]) -> dict[str, str]:
    """SQL for what a day's row holds: what the day itself adds (n), on top of what was before it."""
    sums = {c: f"{before[c]} + n.{c}" for c in SUMS}
    return sums | {
        "days": f"{before['days']} + n.counts",
        "run": f"""CASE WHEN n.counts = 0 THEN {before["run"]}
            WHEN n.away = 1 THEN {before["run"]} + 1 ELSE 0 END""",
        "unit_id": f"""CASE WHEN n.counts = 0 AND {before["days"]} > 0 THEN {before["unit_id"]}
            ELSE n.unit_id END""",
    }


def carry(changed: str) -> None:
    """Carry the days of pupils of whom one day stands in the table of changed days, and take them
    out of it.
    """
    _reckon(changed)
    bulk.run(f"DELETE FROM {changed} WHERE pupil_id IN (SELECT pupil_id FROM {_ONE})")
    bulk.run(
        f"""UPDATE {_ONE} SET present = (
                SELECT MIN(l.day) FROM attendance_daytotal l WHERE l.pupil_id = {_ONE}.pupil_id
                AND l.day > {_ONE}.day AND l.run = 0 AND l.days > {_ONE}.old_days)
            WHERE run <> old_run"""
    )
    bulk.analyse(_ONE)
    _move_later_rows()
    bulk.run(
        f"""INSERT INTO attendance_daytotal ({", ".join(_ROW)})
            SELECT {", ".join(_ROW)} FROM {_ONE} WHERE is_new = 1 ORDER BY day, pupil_id"""
    )
    bulk.drop_temporary(_ONE)


def _reckon(changed: str) -> None:
    """Reckon the row of each changed day, beside what was held: the row that was there, or the one
    before where there was none.

    Not of pupils on whose days nothing has counted so far, if they have later ones: each of those
    names the unit of its own marks.
    """
    old = tuple(f"old_{column}" for column in _HELD)
    bulk.create_temporary(
        _ONE,
        "pupil_id bigint NOT NULL, day date NOT NULL, present date, is_new integer NOT NULL, "
        + ", ".join(f"{column} bigint NOT NULL" for column in (*_HELD, *old)),
        key="pupil_id",
    )
    before = {c: f"COALESCE(b.{c}, 0)" for c in _HELD}
    held = {f"old_{c}": f"COALESCE(t.{c}, b.{c}, 0)" for c in _HELD}
    columns = ", ".join(f"{sql} AS {name}" for name, sql in (_reckoned(before) | held).items())
    pupils = (
        f"SELECT pupil_id, MIN(day) AS day FROM {changed} GROUP BY pupil_id HAVING COUNT(*) = 1"
    )
    own = own_days(
        f"({pupils}) AS c CROSS JOIN attendance_mark m", "m.day = c.day AND m.pupil_id = c.pupil_id"
    )
    names = ", ".join(("pupil_id", "day", "is_new", *_HELD, *old))
    bulk.run(
        f"""INSERT INTO {_ONE} ({names}) SELECT {names} FROM (
                SELECT n.pupil_id, n.day, CASE WHEN t.day IS NULL THEN 1 ELSE 0 END AS is_new,
                    {columns}
                FROM ({own}) AS n {_last_before("b")}
                LEFT JOIN attendance_daytotal t ON t.pupil_id = n.pupil_id AND t.day = n.day
            ) AS o
            WHERE o.days > 0 OR NOT EXISTS (SELECT 1 FROM attendance_daytotal l
                WHERE l.pupil_id = o.pupil_id AND l.day > o.day)"""
    )


def _move_later_rows() -> None:
    """Move the changed day's own row, if it was there, and all later ones.

    PostgreSQL joins; SQLite is faster with a look-up for each row, and would otherwise put all of
    them aside first.
    """
    held = "attendance_daytotal"
    sums = (*SUMS, "days")
    values = [f"{held}.{c} + o.{c} - o.old_{c}" for c in sums] + [
        f"""{held}.run + CASE WHEN o.present IS NULL OR {held}.day < o.present
            THEN o.run - o.old_run ELSE 0 END""",
        f"CASE WHEN {held}.days = o.old_days THEN o.unit_id ELSE {held}.unit_id END",
    ]
    columns, moved = f"({', '.join((*sums, 'run', 'unit_id'))})", ", ".join(values)
    own = f"FROM {_ONE} o WHERE o.pupil_id = {held}.pupil_id"
    differs = " OR ".join(f"o.{c} <> o.old_{c}" for c in _HELD)
    if bulk.on_postgres():
        bulk.run(
            f"UPDATE {held} SET {columns} = ({moved}) {own} AND {held}.day >= o.day AND ({differs})"
        )
    else:
        bulk.run(
            f"""UPDATE {held} SET {columns} = (SELECT {moved} {own})
                WHERE pupil_id IN (SELECT o.pupil_id FROM {_ONE} o WHERE {differs})
                AND day >= (SELECT MIN(day) FROM {_ONE}) AND day >= (SELECT o.day {own})"""
        )
