"""The carried totals: the measures of `attendance.domain.measures`, kept ready in portable SQL.

One row for each pupil and day with marks holds the running sums since the first mark. When marks of
some days change, those days are summed anew from the marks. Where it is one day of a pupil, the later
rows are moved by the difference (`single`); where there are more, the later days keep their own sums
(the difference of two rows), and the running sums and runs from the first changed day on are laid
again. `rebuild` does it all from the marks; all of them must give the same rows.
"""

from collections.abc import Callable

from samnarvaro.attendance.totals import single
from samnarvaro.attendance.totals.own import RANK, SUMS, UNIT_IDS, own_days, rank_units
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window
from samnarvaro.people import queries as people

CHANGED, FIRST, OWN, DAYS = "changed_day", "first_changed", "own_day", "day_with_marks"
ROW = ("pupil_id", "day", *SUMS, "days", "run", "unit_id")
_PUPILS_AT_A_TIME = 4000

# The running sums of a pupil's days. Each day is there once: rows need no comparing with peers.
_SO_FAR = "(PARTITION BY pupil_id ORDER BY day ROWS UNBOUNDED PRECEDING)"


def start() -> None:
    """Make the empty table of changed days (pupil, day) that the caller fills."""
    bulk.create_temporary(
        CHANGED, "pupil_id bigint NOT NULL, day date NOT NULL", key="day, pupil_id"
    )


def add_new_day(days: Window) -> bool:
    """Carry a day whose marks are all new, after all other days, in one statement.

    Tell whether it was such a day; otherwise nothing is done.
    """
    if days.first != days.last or single.held_from(days.first):
        return False
    rank_units()
    single.append(days.first)
    bulk.drop_temporary(RANK)
    return True


def carry(whole_days: Window | None = None) -> None:
    """Bring the totals in step with the marks of the changed days, in the caller's transaction.

    `whole_days` tells that all marks of these days are changed, so that they need no looking up;
    later days that nothing counts on still do.
    """
    if not _any_left():
        bulk.drop_temporary(CHANGED)
        return
    bulk.analyse(CHANGED)
    rank_units()
    if whole_days is None or whole_days.first == whole_days.last:
        single.carry(CHANGED)
        whole_days = None
    if _any_left():
        _carry_some_days(whole_days)
    bulk.drop_temporary(CHANGED, RANK)


def _any_left() -> bool:
    return bool(bulk.fetch(f"SELECT 1 FROM {CHANGED} LIMIT 1"))


def _carry_some_days(whole_days: Window | None) -> None:
    _find_first_days()
    if whole_days is None or single.held_from(whole_days.first):
        _keep_later_days()
    looked_up = f"{CHANGED} c CROSS JOIN attendance_mark m"
    the_day = "m.day = c.day AND m.pupil_id = c.pupil_id"
    if whole_days is None:
        _sum_marks(looked_up, the_day)
    else:
        last = whole_days.last.isoformat()
        _sum_marks("attendance_mark m", f"m.day BETWEEN '{whole_days.first}' AND '{last}'")
        if bulk.fetch(f"SELECT 1 FROM {CHANGED} WHERE day > '{last}' LIMIT 1"):
            _sum_marks(looked_up, f"{the_day} AND c.day > '{last}'")
    _lay_rows()
    bulk.drop_temporary(FIRST, OWN)


def _find_first_days() -> None:
    """For each pupil: the first changed day, and the last row before it to build on."""
    _create_own_and_first()
    bulk.run(
        f"""INSERT INTO {FIRST} (pupil_id, day, base)
            SELECT c.pupil_id, c.day, (
                SELECT MAX(t.day) FROM attendance_daytotal t
                WHERE t.pupil_id = c.pupil_id AND t.day < c.day)
            FROM (SELECT pupil_id, MIN(day) AS day FROM {CHANGED} GROUP BY pupil_id) AS c"""
    )
    bulk.analyse(FIRST)


def _create_own_and_first() -> None:
    bulk.create_temporary(
        FIRST, "pupil_id bigint NOT NULL, day date NOT NULL, base date", key="pupil_id"
    )
    bulk.create_temporary(
        OWN,
        "pupil_id bigint NOT NULL, day date NOT NULL, scheduled integer NOT NULL, "
        "excused integer NOT NULL, unexcused integer NOT NULL, unreported integer NOT NULL, "
        "late integer NOT NULL, counts integer NOT NULL, away integer NOT NULL, unit_id bigint",
        key="pupil_id, day",
    )


def _keep_later_days() -> None:
    """Take over what later days add, as the difference of two rows; sum the rest anew.

    A later day without counting lessons is summed anew too: which unit it names depends on what
    came before it. CROSS JOIN keeps SQLite from reading every total there is.
    """
    differences = ", ".join(f"{c} - LAG({c}) OVER w AS {c}" for c in SUMS)
    later = f"""
        SELECT t.pupil_id, t.day, {", ".join(f"t.{c}" for c in SUMS)}, t.days, t.run, t.unit_id,
            f.day AS first_day
        FROM {FIRST} f CROSS JOIN attendance_daytotal t
        WHERE t.pupil_id = f.pupil_id AND t.day >= COALESCE(f.base, f.day)"""
    own = f"""
        SELECT pupil_id, day, first_day, {differences}, days - LAG(days) OVER w AS counts,
            CASE WHEN run > 0 THEN 1 ELSE 0 END AS away, unit_id
        FROM ({later}) AS l WINDOW w AS (PARTITION BY pupil_id ORDER BY day)"""
    bulk.create_temporary(
        "later_day",
        "pupil_id bigint NOT NULL, day date NOT NULL, scheduled integer, excused integer, "
        "unexcused integer, unreported integer, late integer, counts integer, away integer, "
        "unit_id bigint",
    )
    bulk.run(
        f"""INSERT INTO later_day SELECT pupil_id, day, {", ".join(SUMS)}, counts, away, unit_id
            FROM ({own}) AS o WHERE day > first_day AND NOT EXISTS (
                SELECT 1 FROM {CHANGED} c WHERE c.pupil_id = o.pupil_id AND c.day = o.day)"""
    )
    bulk.run(f"INSERT INTO {CHANGED} SELECT pupil_id, day FROM later_day WHERE counts = 0 "
             "OR counts IS NULL")  # fmt: skip
    bulk.run(f"INSERT INTO {OWN} SELECT * FROM later_day WHERE counts = 1")
    bulk.drop_temporary("later_day")


def _sum_marks(source: str, which: str) -> None:
    bulk.run(f"INSERT INTO {OWN} {own_days(source, which)}")
    bulk.analyse(OWN)


def _lay_rows() -> None:
    """Lay the running sums over the days' own, on top of each pupil's last row before them.

    The last day present, and the last unit, are found as the greatest so far of something that
    only grows: the number of the counting day. PostgreSQL keeps rows where they are put: together
    by day, since they are read so.
    """
    running = ", ".join(f"SUM({c}) OVER w AS {c}" for c in SUMS)
    sums = ", ".join(f"COALESCE(b.{c}, 0) + s.{c}" for c in SUMS)
    update = ", ".join(f"{c} = excluded.{c}" for c in ROW[2:])
    bulk.run(
        f"""INSERT INTO attendance_daytotal ({", ".join(ROW)})
        SELECT s.pupil_id, s.day, {sums}, COALESCE(b.days, 0) + s.days,
            s.days - COALESCE(s.present, -COALESCE(b.run, 0)),
            CASE WHEN s.days > 0 THEN s.last_unit % {UNIT_IDS}
                 WHEN b.scheduled > 0 THEN b.unit_id ELSE s.unit_id END
        FROM (
            SELECT d.*, MAX(CASE WHEN counts = 1 AND away = 0 THEN days END) OVER w AS present,
                MAX(CASE WHEN counts = 1 THEN days * {UNIT_IDS} + unit_id END) OVER w AS last_unit
            FROM (
                SELECT pupil_id, day, {running}, SUM(counts) OVER w AS days, counts, away, unit_id
                FROM {OWN} WINDOW w AS {_SO_FAR}
            ) AS d WINDOW w AS {_SO_FAR}
        ) AS s
        LEFT JOIN {FIRST} f ON f.pupil_id = s.pupil_id
        LEFT JOIN attendance_daytotal b ON b.pupil_id = f.pupil_id AND b.day = f.base
        WHERE true {"ORDER BY s.day, s.pupil_id" if bulk.on_postgres() else ""}
        ON CONFLICT (day, pupil_id) DO UPDATE SET {update}"""
    )


def rebuild(progress: Callable[[float], None] = lambda _share: None) -> int:
    """Lay all totals anew from the marks, in the caller's transaction; return how many rows.

    Goes through the pupils some thousand at a time, so that memory stays flat.
    """
    bulk.give_room()
    bulk.run("DELETE FROM attendance_daytotal")
    _find_days_with_marks()
    rank_units()
    pupils = sorted(people.all_ids())
    size = _PUPILS_AT_A_TIME * (5 if bulk.on_postgres() else 1)
    for begin in range(0, len(pupils), size):
        some = pupils[begin : begin + size]
        _create_own_and_first()
        _sum_marks(
            f"{DAYS} c CROSS JOIN attendance_mark m",
            f"m.day = c.day AND m.pupil_id BETWEEN {some[0]:d} AND {some[-1]:d}",
        )
        _lay_rows()
        progress((begin + len(some)) / len(pupils))
    bulk.drop_temporary(FIRST, OWN, RANK, DAYS)
    bulk.give_room_back()
    return int(bulk.fetch("SELECT COUNT(*) FROM attendance_daytotal")[0][0])


def _find_days_with_marks() -> None:
    """List the days that have marks, by steps from one to the next instead of reading all marks."""
    bulk.create_temporary(DAYS, "day date NOT NULL")
    bulk.run(
        f"""INSERT INTO {DAYS} WITH RECURSIVE step (day) AS (
                SELECT MIN(day) FROM attendance_mark
                UNION ALL
                SELECT (SELECT MIN(m.day) FROM attendance_mark m WHERE m.day > step.day) FROM step
                WHERE step.day IS NOT NULL
            ) SELECT day FROM step WHERE day IS NOT NULL"""
    )
    bulk.analyse(DAYS)
