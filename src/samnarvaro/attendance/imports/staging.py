"""Read rows wait in a temporary table: first so that each lesson is there once, then to be told
apart from what is held: new, changed or the same.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from samnarvaro.attendance.imports.reader import Row
from samnarvaro.base import bulk
from samnarvaro.base.reports import MOST_LISTED, Report

STAGED, VERDICT = "staged_mark", "staged_verdict"
KEY = ("day", "pupil_id", "start", "unit_id")
CONTENT = (
    "scheduled", "excused", "unexcused", "other", "reported", "cancelled", "late", "subject",
)  # fmt: skip
COLUMNS = (*KEY, "line", *CONTENT, "on_school_day")


def _typed() -> str:
    yes_no = "boolean" if bulk.on_postgres() else "integer"
    return (
        "day date NOT NULL, pupil_id bigint NOT NULL, start smallint NOT NULL, "
        "unit_id bigint NOT NULL, line bigint NOT NULL, scheduled smallint NOT NULL, "
        "excused smallint NOT NULL, unexcused smallint NOT NULL, other smallint NOT NULL, "
        f"reported {yes_no} NOT NULL, cancelled {yes_no} NOT NULL, late {yes_no} NOT NULL, "
        f"subject varchar(40) NOT NULL, on_school_day {yes_no} NOT NULL"
    )


def same_key(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in KEY)


def same_content(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in CONTENT)


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day that a delivery speaks of."""

    first: date
    last: date


def stage(rows: Iterator[Row]) -> None:
    bulk.create_temporary(STAGED, _typed(), key="day, pupil_id, start, unit_id, line")
    bulk.pour(STAGED, COLUMNS, rows)
    bulk.analyse(STAGED)


def clear() -> None:
    bulk.drop_temporary(STAGED, VERDICT)


def span() -> Span | None:
    first, last = bulk.fetch(f"SELECT MIN(day), MAX(day) FROM {STAGED}")[0]
    if first is None:
        return None
    return Span(_as_day(first), _as_day(last))


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def keep_last_of_each(report: Report) -> None:
    """Let the later line hold where a lesson stands twice, and warn of what should be looked at."""
    twice, overlapping = _look_through()
    if twice:
        _drop_earlier(report)
        _, overlapping = _look_through()
    if overlapping:
        line = bulk.fetch(f"SELECT MIN(line) FROM ({_IN_ORDER}) AS o WHERE {_OVERLAPS}")[0][0]
        report.warn("lessons_overlap", line=line, count=overlapping)
    _warn_of_free_days(report)


_IN_ORDER = f"""
    SELECT day, pupil_id, start, unit_id, line,
        LAG(start) OVER o AS start_before, LAG(unit_id) OVER o AS unit_before,
        LAG(start + scheduled) OVER o AS end_before
    FROM {STAGED}
    WINDOW o AS (PARTITION BY day, pupil_id ORDER BY start, unit_id, line)
"""
_TWICE = "start = start_before AND unit_id = unit_before"
_OVERLAPS = f"start < end_before AND NOT ({_TWICE})"


def _look_through() -> tuple[int, int]:
    """Count the lessons that stand again, and those that begin before the one before has ended."""
    row = bulk.fetch(
        f"""SELECT COALESCE(SUM(CASE WHEN {_TWICE} THEN 1 ELSE 0 END), 0),
                   COALESCE(SUM(CASE WHEN {_OVERLAPS} THEN 1 ELSE 0 END), 0)
            FROM ({_IN_ORDER}) AS o"""
    )[0]
    return int(row[0]), int(row[1])


def _drop_earlier(report: Report) -> None:
    later = f"SELECT MAX(l.line) FROM {STAGED} l WHERE {same_key('l', 's')}"
    differing = bulk.fetch(
        f"""SELECT s.line, h.line FROM {STAGED} s
            JOIN {STAGED} h ON {same_key("h", "s")} AND h.line = ({later})
            WHERE s.line < h.line AND NOT ({same_content("h", "s")})
            ORDER BY s.line LIMIT {MOST_LISTED}"""
    )
    for line, holds in differing:
        report.warn("replaced_by_later_line", line=line, detail=str(holds))
    report.duplicate += bulk.run(
        f"""DELETE FROM {STAGED} AS s WHERE EXISTS (
            SELECT 1 FROM {STAGED} l WHERE {same_key("l", "s")} AND l.line > s.line)"""
    )


def _warn_of_free_days(report: Report) -> None:
    free = bulk.fetch(
        f"""SELECT day, COUNT(*), MIN(line) FROM {STAGED}
            WHERE NOT on_school_day GROUP BY day ORDER BY day"""
    )
    for day, count, line in free:
        report.warn("not_a_school_day", line=line, count=count, detail=str(day))


def judge(profile: str, report: Report) -> None:
    """Tell what is new and what is changed from what is held; keep the keys in a table.

    A row equal to the last one that the same profile delivered for the lesson is the same and
    changes nothing, even if somebody else has corrected the mark since. A row equal to what
    somebody else wrote changes no figure, but is from now on what this profile delivered last.
    """
    bulk.create_temporary(
        VERDICT,
        "day date NOT NULL, pupil_id bigint NOT NULL, start smallint NOT NULL, "
        "unit_id bigint NOT NULL, verdict varchar(8) NOT NULL",
        key="day, pupil_id, start, unit_id",
    )
    keys = ", ".join(f"s.{column}" for column in KEY)
    bulk.run(
        f"""INSERT INTO {VERDICT} (day, pupil_id, start, unit_id, verdict)
            SELECT {keys}, CASE
                WHEN m.scheduled IS NULL THEN 'new'
                WHEN d.profile = %s THEN 'changed'
                WHEN {same_content("m", "s")} THEN 'equal'
                ELSE 'other' END
            FROM {STAGED} s
            LEFT JOIN attendance_mark m ON {same_key("m", "s")}
            LEFT JOIN base_delivery d ON d.id = m.delivery_id
            WHERE m.scheduled IS NULL OR d.profile <> %s OR NOT ({same_content("m", "s")})""",
        [profile, profile],
    )
    bulk.analyse(VERDICT)
    _drop_what_was_delivered_last(profile)
    counts = dict(bulk.fetch(f"SELECT verdict, COUNT(*) FROM {VERDICT} GROUP BY verdict"))
    report.new = counts.get("new", 0)
    report.changed = counts.get("changed", 0) + counts.get("other", 0)
    report.same = report.rows - report.faulty - report.duplicate - report.new - report.changed


def _drop_what_was_delivered_last(profile: str) -> None:
    bulk.run(
        f"""DELETE FROM {VERDICT} AS x WHERE x.verdict IN ('equal', 'other') AND EXISTS (
            SELECT 1 FROM {STAGED} s
            JOIN attendance_markversion v ON {same_key("v", "s")} AND {same_content("v", "s")}
            WHERE {same_key("s", "x")} AND v.id = (
                SELECT MAX(w.id) FROM attendance_markversion w
                JOIN base_delivery d ON d.id = w.delivery_id
                WHERE {same_key("w", "x")} AND d.profile = %s))""",
        [profile],
    )


def all_new(report: Report) -> bool:
    """Count everything as new where nothing is held of the days; False where something is."""
    days = span()
    if days is not None and bulk.fetch(
        "SELECT 1 FROM attendance_mark WHERE day BETWEEN %s AND %s LIMIT 1", [days.first, days.last]
    ):
        return False
    report.new = report.rows - report.faulty - report.duplicate
    return True


def first_days(pupils: Collection[int]) -> list[tuple[int, int, date]]:
    """Return (pupil, unit, first day with marks there) of the newcomers of a delivery."""
    new = set(pupils)
    rows = bulk.fetch(
        f"SELECT pupil_id, unit_id, MIN(day) FROM {STAGED} GROUP BY pupil_id, unit_id"
    )
    return [(pupil, unit, _as_day(day)) for pupil, unit, day in rows if pupil in new]
