"""The carried totals: the measures of `attendance.domain.measures`, kept ready in portable SQL.

One row for each pupil and day with marks holds the running sums since the first mark. When marks of
some days change, those days are summed anew from the marks, the pupil's later days keep their own
sums (the difference of two rows), and the running sums and runs from the first changed day on are
laid again. `rebuild` does it all from the marks; both must give the same rows.
"""

from collections.abc import Callable

from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people

CHANGED, FIRST, OWN, RANK = "changed_day", "first_changed", "own_day", "unit_rank"
DAYS, REST, MOVED = "day_with_marks", "own_rest", "moved_day"
SUMS = ("scheduled", "excused", "unexcused", "unreported", "late")
ROW = ("pupil_id", "day", *SUMS, "days", "run", "unit_id")
_PUPILS_AT_A_TIME = 4000

# All ids of units are less, so that one can be carried below the number that is to decide.
_UNIT_IDS = 1_000_000_000
# The running sums of a pupil's days. Each day is there once: rows need no comparing with peers.
_SO_FAR = "(PARTITION BY pupil_id ORDER BY day ROWS UNBOUNDED PRECEDING)"
_COUNTS = "m.reported AND NOT m.cancelled AND m.on_school_day"
_UNCALLED = "m.on_school_day AND NOT m.reported AND NOT m.cancelled"


def start() -> None:
    """Make the empty table of changed days (pupil, day) that the caller fills."""
    bulk.create_temporary(
        CHANGED, "pupil_id bigint NOT NULL, day date NOT NULL", key="day, pupil_id"
    )


def carry(whole_days: Window | None = None) -> None:
    """Bring the totals in step with the marks of the changed days, in the caller's transaction.

    `whole_days` tells that all marks of these days are changed, so that they need no looking up;
    later days that nothing counts on still do.
    """
    bulk.analyse(CHANGED)
    if not bulk.fetch(f"SELECT 1 FROM {CHANGED} LIMIT 1"):
        bulk.drop_temporary(CHANGED)
        return
    _rank_units()
    if whole_days is None:
        _add_plain_corrections()
    _find_first_days()
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
    bulk.drop_temporary(CHANGED, FIRST, OWN, RANK)


def _rank_units() -> None:
    """Number the units in the order of their codes: the greatest decides between equal starts."""
    codes = organisation.unit_ids_by_code()
    in_order = sorted(codes, key=lambda code: code.encode())
    bulk.create_temporary(RANK, "unit_id bigint NOT NULL, rank bigint NOT NULL", key="unit_id")
    ranks = [(codes[code], n * _UNIT_IDS + codes[code]) for n, code in enumerate(in_order)]
    bulk.pour(RANK, ("unit_id", "rank"), ranks)
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


def _add_plain_corrections() -> None:
    """Add the differences of plain corrections to the later rows, and be done with those days.

    Plain: the only changed day of its pupil has a row, counts as before, is as wholly absent as
    before and names the same unit. Days, runs and units then stay as they are, and each later row
    moves by the difference and nothing else. That is what an excuse handed in afterwards does.
    """
    row = "t.pupil_id = c.pupil_id AND t.day = c.day"
    if not bulk.fetch(
        f"SELECT 1 FROM {CHANGED} c CROSS JOIN attendance_daytotal t WHERE {row} LIMIT 1"
    ):
        return
    _create_own_and_first()
    bulk.run(
        f"""INSERT INTO {FIRST} (pupil_id, day, base) SELECT c.pupil_id, c.day, (
                SELECT MAX(b.day) FROM attendance_daytotal b
                WHERE b.pupil_id = c.pupil_id AND b.day < c.day)
            FROM (SELECT pupil_id, MIN(day) AS day FROM {CHANGED}
                GROUP BY pupil_id HAVING COUNT(*) = 1) AS c
            CROSS JOIN attendance_daytotal t WHERE {row}"""
    )
    bulk.analyse(FIRST)
    _sum_marks(f"{FIRST} c CROSS JOIN attendance_mark m",
               "m.day = c.day AND m.pupil_id = c.pupil_id")  # fmt: skip
    columns = ", ".join(f"{c} integer NOT NULL" for c in SUMS)
    bulk.create_temporary(
        MOVED, f"pupil_id bigint NOT NULL, day date NOT NULL, {columns}", key="pupil_id"
    )
    moved = ", ".join(f"o.{c} - (t.{c} - COALESCE(b.{c}, 0))" for c in SUMS)
    bulk.run(
        f"""INSERT INTO {MOVED} SELECT c.pupil_id, c.day, {moved} FROM {FIRST} c
            CROSS JOIN {OWN} o CROSS JOIN attendance_daytotal t
            LEFT JOIN attendance_daytotal b ON b.pupil_id = c.pupil_id AND b.day = c.base
            WHERE o.pupil_id = c.pupil_id AND o.day = c.day AND {row}
                AND o.counts = 1 AND t.days - COALESCE(b.days, 0) = 1
                AND o.away = CASE WHEN t.run > 0 THEN 1 ELSE 0 END AND o.unit_id = t.unit_id"""
    )
    bulk.analyse(MOVED)
    same = f"{MOVED}.pupil_id = attendance_daytotal.pupil_id"
    added = ", ".join(f"{c} = attendance_daytotal.{c} + {MOVED}.{c}" for c in SUMS)
    bulk.run(
        f"""UPDATE attendance_daytotal SET {added} FROM {MOVED}
            WHERE {same} AND attendance_daytotal.day >= {MOVED}.day"""
    )
    bulk.run(f"DELETE FROM {CHANGED} WHERE pupil_id IN (SELECT pupil_id FROM {MOVED})")
    bulk.drop_temporary(MOVED)


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


def _sum_marks(source: str, which: str) -> None:
    """Sum marks (alias m) of each pupil and day into the table of own days.

    Three passes: days with lessons that count, which is nearly all; what no roll was called for;
    and the days that have neither.
    """
    unit = f"MAX(m.start * {100_000 * _UNIT_IDS} + r.rank) % {_UNIT_IDS} AS unit_id"
    counting = f"""
        SELECT m.pupil_id, m.day, SUM(m.scheduled) AS scheduled, SUM(m.excused) AS excused,
            SUM(m.unexcused) AS unexcused, SUM(CASE WHEN m.late THEN 1 ELSE 0 END) AS late,
            {unit}
        FROM {source} JOIN {RANK} r ON r.unit_id = m.unit_id WHERE {which} AND {_COUNTS}
        GROUP BY m.day, m.pupil_id"""
    bulk.run(
        f"""INSERT INTO {OWN} SELECT pupil_id, day, scheduled, excused, unexcused, 0, late, 1,
            CASE WHEN scheduled = excused + unexcused THEN 1 ELSE 0 END, unit_id
            FROM ({counting}) AS o"""
    )
    bulk.create_temporary(
        REST,
        "pupil_id bigint NOT NULL, day date NOT NULL, unreported integer NOT NULL, unit_id bigint",
        key="pupil_id, day",
    )
    bulk.run(
        f"""INSERT INTO {REST} SELECT m.pupil_id, m.day,
                SUM(CASE WHEN {_UNCALLED} THEN m.scheduled ELSE 0 END), {unit}
            FROM {source} JOIN {RANK} r ON r.unit_id = m.unit_id
            WHERE {which} AND NOT ({_COUNTS}) GROUP BY m.day, m.pupil_id"""
    )
    bulk.analyse(REST)
    same = f"{REST}.pupil_id = {OWN}.pupil_id AND {REST}.day = {OWN}.day"
    bulk.run(f"UPDATE {OWN} SET unreported = {REST}.unreported FROM {REST} WHERE {same}")
    bulk.run(
        f"""INSERT INTO {OWN} SELECT pupil_id, day, 0, 0, 0, unreported, 0, 0, 0, unit_id FROM {REST}
            WHERE NOT EXISTS (SELECT 1 FROM {OWN} WHERE {same})"""
    )
    bulk.drop_temporary(REST)
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
            CASE WHEN s.days > 0 THEN s.last_unit % {_UNIT_IDS}
                 WHEN b.scheduled > 0 THEN b.unit_id ELSE s.unit_id END
        FROM (
            SELECT d.*, MAX(CASE WHEN counts = 1 AND away = 0 THEN days END) OVER w AS present,
                MAX(CASE WHEN counts = 1 THEN days * {_UNIT_IDS} + unit_id END) OVER w AS last_unit
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
    _rank_units()
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
