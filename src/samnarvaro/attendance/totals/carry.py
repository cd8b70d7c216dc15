"""The carried totals: the measures of `attendance.domain.measures`, kept ready in portable SQL.

One row for each pupil and day with marks holds the running sums since the first mark. When marks of
some days change, those days are summed anew from the marks, the pupil's later days keep their own
sums (the difference of two rows), and the running sums and runs from the first changed day on are
laid again. `rebuild` does it all from the marks; both must give the same rows.
"""

from collections.abc import Callable

from samnarvaro.base import bulk
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people

CHANGED, FIRST, OWN, RANK = "changed_day", "first_changed", "own_day", "unit_rank"
DAYS = "day_with_marks"
SUMS = ("scheduled", "excused", "unexcused", "unreported", "late")
ROW = ("pupil_id", "day", *SUMS, "days", "run", "unit_id")
_PUPILS_AT_A_TIME = 4000

_COUNTS = "m.reported AND NOT m.cancelled AND m.on_school_day"
_UNCALLED = "m.on_school_day AND NOT m.reported AND NOT m.cancelled"


def start() -> None:
    """Make the empty table of changed days (pupil, day) that the caller fills."""
    bulk.create_temporary(
        CHANGED, "pupil_id bigint NOT NULL, day date NOT NULL", key="day, pupil_id"
    )


def carry() -> None:
    """Bring the totals in step with the marks of the changed days, in the caller's transaction."""
    bulk.analyse(CHANGED)
    if not bulk.fetch(f"SELECT 1 FROM {CHANGED} LIMIT 1"):
        bulk.drop_temporary(CHANGED)
        return
    _rank_units()
    _find_first_days()
    _sum_own_days()
    _lay_rows()
    bulk.drop_temporary(CHANGED, FIRST, OWN, RANK)


def _rank_units() -> None:
    """Number the units in the order of their codes: the greatest decides between equal starts."""
    codes = organisation.unit_ids_by_code()
    in_order = sorted(codes, key=lambda code: code.encode())
    bulk.create_temporary(RANK, "unit_id bigint PRIMARY KEY, rank integer NOT NULL")
    bulk.pour(RANK, ("unit_id", "rank"), [(codes[code], n) for n, code in enumerate(in_order)])
    bulk.analyse(RANK)


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
    bulk.create_temporary(FIRST, "pupil_id bigint PRIMARY KEY, day date NOT NULL, base date")
    bulk.create_temporary(
        OWN,
        "pupil_id bigint NOT NULL, day date NOT NULL, scheduled integer NOT NULL, "
        "excused integer NOT NULL, unexcused integer NOT NULL, unreported integer NOT NULL, "
        "late integer NOT NULL, counts integer NOT NULL, away integer NOT NULL, unit_id bigint",
        key="pupil_id, day",
    )


def _sum_own_days() -> None:
    _keep_later_days()
    bulk.run(
        own_days(f"{CHANGED} c CROSS JOIN attendance_mark m", "m.day = c.day AND m.pupil_id = "
                 "c.pupil_id")
    )  # fmt: skip
    bulk.analyse(OWN)


def _keep_later_days() -> None:
    """Take over what later days add, as the difference of two rows; sum the rest anew.

    A later day without counting lessons is summed anew too: which unit it names depends on what
    came before it.
    """
    differences = ", ".join(f"{c} - LAG({c}) OVER w AS {c}" for c in SUMS)
    later = f"""
        SELECT t.pupil_id, t.day, {", ".join(f"t.{c}" for c in SUMS)}, t.days, t.run, t.unit_id,
            f.day AS first_day
        FROM {FIRST} f JOIN attendance_daytotal t
            ON t.pupil_id = f.pupil_id AND t.day >= COALESCE(f.base, f.day)"""
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


def own_days(source: str, which: str) -> str:
    """SQL that sums marks (alias m) of each pupil and day into the table of own days."""

    def total(value: str, when: str) -> str:
        return f"SUM(CASE WHEN {when} THEN {value} ELSE 0 END)"

    scheduled = total("m.scheduled", _COUNTS)
    absent = total("m.excused + m.unexcused", _COUNTS)
    last = f"""COALESCE(MAX(CASE WHEN {_COUNTS} THEN m.start * 100000 + r.rank END),
        MAX(m.start * 100000 + r.rank)) % 100000"""
    return f"""
        INSERT INTO {OWN} SELECT o.pupil_id, o.day, o.scheduled, o.excused, o.unexcused,
            o.unreported, o.late, o.counts, o.away, r.unit_id
        FROM (
            SELECT m.pupil_id, m.day, {scheduled} AS scheduled, {total("m.excused", _COUNTS)} AS
                excused, {total("m.unexcused", _COUNTS)} AS unexcused,
                {total("m.scheduled", _UNCALLED)} AS unreported,
                {total("1", f"m.late AND {_COUNTS}")} AS late,
                CASE WHEN {scheduled} > 0 THEN 1 ELSE 0 END AS counts,
                CASE WHEN {scheduled} > 0 AND {scheduled} = {absent} THEN 1 ELSE 0 END AS away,
                {last} AS rank
            FROM {source} JOIN {RANK} r ON r.unit_id = m.unit_id WHERE {which}
            GROUP BY m.day, m.pupil_id
        ) AS o JOIN {RANK} r ON r.rank = o.rank"""


def _lay_rows() -> None:
    """Lay the running sums over the days' own, on top of each pupil's last row before them."""
    running = ", ".join(f"SUM({c}) OVER w AS {c}" for c in SUMS)
    sums = ", ".join(f"COALESCE(b.{c}, 0) + s.{c}" for c in SUMS)
    update = ", ".join(f"{c} = excluded.{c}" for c in ROW[2:])
    bulk.run(
        f"""INSERT INTO attendance_daytotal ({", ".join(ROW)})
        SELECT s.pupil_id, s.day, {sums}, COALESCE(b.days, 0) + s.days,
            SUM(s.away) OVER (PARTITION BY s.pupil_id, s.presences ORDER BY s.day)
                + CASE WHEN s.presences = 0 THEN COALESCE(b.run, 0) ELSE 0 END,
            CASE WHEN s.days = 0 AND b.scheduled > 0 THEN b.unit_id
                 WHEN s.days = 0 THEN s.unit_id
                 ELSE FIRST_VALUE(s.unit_id) OVER (PARTITION BY s.pupil_id, s.days ORDER BY s.day)
            END
        FROM (
            SELECT pupil_id, day, {running}, SUM(counts) OVER w AS days,
                SUM(counts - away) OVER w AS presences, away, unit_id
            FROM {OWN} WINDOW w AS (PARTITION BY pupil_id ORDER BY day)
        ) AS s
        LEFT JOIN {FIRST} f ON f.pupil_id = s.pupil_id
        LEFT JOIN attendance_daytotal b ON b.pupil_id = f.pupil_id AND b.day = f.base
        WHERE true ORDER BY s.pupil_id, s.day
        ON CONFLICT (pupil_id, day) DO UPDATE SET {update}"""
    )


def rebuild(progress: Callable[[float], None] = lambda _share: None) -> int:
    """Lay all totals anew from the marks, in the caller's transaction; return how many rows.

    Goes through the pupils some thousand at a time, so that memory stays flat.
    """
    bulk.run("DELETE FROM attendance_daytotal")
    _find_days_with_marks()
    _rank_units()
    pupils = sorted(people.all_ids())
    size = _PUPILS_AT_A_TIME * (5 if bulk.on_postgres() else 1)
    for begin in range(0, len(pupils), size):
        some = pupils[begin : begin + size]
        _create_own_and_first()
        bulk.run(
            own_days(
                f"{DAYS} c CROSS JOIN attendance_mark m", f"m.day = c.day AND m.pupil_id BETWEEN "
                f"{some[0]:d} AND {some[-1]:d}"
            )
        )  # fmt: skip
        bulk.analyse(OWN)
        _lay_rows()
        progress((begin + len(some)) / len(pupils))
    bulk.drop_temporary(FIRST, OWN, RANK, DAYS)
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
