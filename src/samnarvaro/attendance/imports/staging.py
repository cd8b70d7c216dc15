"""Read rows wait in a temporary table: first so that each lesson is there once, then to be told
apart from what is held: new, changed or the same.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from samnarvaro.attendance.imports.reader import Content, Row
from samnarvaro.base import bulk
from samnarvaro.base.reports import MOST_LISTED, Report
from samnarvaro.kernel.days import Window

STAGED, SAYS, VERDICT = "staged_mark", "staged_content", "staged_verdict"
KEY = ("day", "pupil_id", "start", "unit_id")
CONTENT = (
    "scheduled", "excused", "unexcused", "other", "reported", "cancelled", "late", "subject",
)  # fmt: skip
_ROW = (*KEY, "line", "content", "on_school_day")
MOST_KEPT = 50_000  # contents in memory at a time
_MOST_REPLACED = MOST_LISTED - 100  # listed one by one; other warnings need room too


def _yes_no() -> str:
    return "boolean" if bulk.on_postgres() else "integer"


def _create() -> None:
    bulk.give_room()
    bulk.create_temporary(
        STAGED,
        "day date NOT NULL, pupil_id bigint NOT NULL, start smallint NOT NULL, "
        "unit_id bigint NOT NULL, line bigint NOT NULL, content integer NOT NULL, "
        f"on_school_day {_yes_no()} NOT NULL",
        key="day, pupil_id, start, unit_id, line",
    )
    bulk.create_temporary(
        SAYS,
        "content integer PRIMARY KEY, scheduled smallint NOT NULL, excused smallint NOT NULL, "
        "unexcused smallint NOT NULL, other smallint NOT NULL, "
        f"reported {_yes_no()} NOT NULL, cancelled {_yes_no()} NOT NULL, late {_yes_no()} NOT NULL,"
        " subject varchar(40) NOT NULL",
    )


def same_key(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in KEY)


def same_content(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{column} = {other}.{column}" for column in CONTENT)


def stage(rows: Iterator[list[Row]], contents: dict[Content, int]) -> None:
    """Put the rows in place, and beside them what they say: `contents` fills while rows come, and
    is written down and emptied when it is full. The same content may then come with a new number.
    """
    _create()
    bulk.pour_batches(STAGED, _ROW, _writing_down(rows, contents))
    _write_down(contents)
    bulk.analyse(STAGED)
    bulk.analyse(SAYS)


def _writing_down(rows: Iterator[list[Row]], contents: dict[Content, int]) -> Iterator[list[Row]]:
    for some in rows:
        yield some
        if len(contents) >= MOST_KEPT:
            _write_down(contents)


def _write_down(contents: dict[Content, int]) -> None:
    bulk.pour(SAYS, ("content", *CONTENT), ((n, *content) for content, n in contents.items()))
    contents.clear()


def clear() -> None:
    bulk.drop_temporary(STAGED, SAYS, VERDICT)
    bulk.give_room_back()


def span() -> Window | None:
    """The days from the first to the last that the staged rows speak of."""
    first, last = bulk.fetch(
        f"SELECT (SELECT MIN(day) FROM {STAGED}), (SELECT MAX(day) FROM {STAGED})"
    )[0]
    if first is None:
        return None
    return Window(_as_day(first), _as_day(last))


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def keep_last_of_each(report: Report) -> None:
    """Let the later line hold where a lesson stands twice, and warn of what should be looked at."""
    lessons = f"SELECT DISTINCT {', '.join(KEY)} FROM {STAGED}"
    rows, once = bulk.fetch(
        f"SELECT (SELECT COUNT(*) FROM {STAGED}), (SELECT COUNT(*) FROM ({lessons}) AS o)"
    )[0]
    if rows != once:
        _drop_earlier(report)
    _warn_of_overlaps(report)
    _warn_of_free_days(report)


def _warn_of_overlaps(report: Report) -> None:
    """Count the lessons during which another one of the same pupil begins."""
    ended = "" if bulk.on_postgres() else _OVERLAP_BY_KEY
    count, line = bulk.fetch(ended or _OVERLAP_IN_ORDER)[0]
    if count:
        report.warn("lessons_overlap", line=line, count=count)


# The same question twice: SQLite finds the next lesson by the key, PostgreSQL sorts.
_OVERLAP_BY_KEY = f"""
    SELECT COUNT(*), MIN(s.line) FROM {STAGED} s JOIN {SAYS} c ON c.content = s.content
    WHERE EXISTS (SELECT 1 FROM {STAGED} o WHERE o.day = s.day AND o.pupil_id = s.pupil_id
        AND o.start >= s.start AND o.start < s.start + c.scheduled
        AND (o.start > s.start OR o.unit_id > s.unit_id))"""
_OVERLAP_IN_ORDER = f"""
    SELECT COUNT(*), MIN(line) FROM (
        SELECT s.line, s.start + c.scheduled AS ends, LEAD(s.start) OVER (
            PARTITION BY s.day, s.pupil_id ORDER BY s.start, s.unit_id) AS next_start
        FROM {STAGED} s JOIN {SAYS} c ON c.content = s.content) AS o
    WHERE next_start < ends"""


def _drop_earlier(report: Report) -> None:
    """Drop the rows whose lesson stands again further down; one sort of them all finds out."""
    held = f"""
        SELECT line, content, FIRST_VALUE(line) OVER w AS held_line,
            FIRST_VALUE(content) OVER w AS held_content
        FROM {STAGED} WINDOW w AS (PARTITION BY {", ".join(KEY)} ORDER BY line DESC)"""
    differing = bulk.fetch(
        f"""SELECT h.line, h.held_line, COUNT(*) OVER () FROM ({held}) AS h
            JOIN {SAYS} c ON c.content = h.content JOIN {SAYS} d ON d.content = h.held_content
            WHERE h.line < h.held_line AND NOT ({same_content("c", "d")})
            ORDER BY h.line LIMIT {_MOST_REPLACED + 1}"""
    )
    for line, held_line, _ in differing[:_MOST_REPLACED]:
        report.warn("replaced_by_later_line", line=line, detail=str(held_line))
    for line, _, count in differing[_MOST_REPLACED:]:
        report.warn("replaced_by_later_line", line=line, count=count - _MOST_REPLACED)
    report.duplicate += bulk.run(
        f"DELETE FROM {STAGED} WHERE line IN (SELECT line FROM ({held}) AS h WHERE line < held_line)"
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
                WHEN {same_content("m", "c")} THEN 'equal'
                ELSE 'other' END
            FROM {STAGED} s JOIN {SAYS} c ON c.content = s.content
            LEFT JOIN attendance_mark m ON {same_key("m", "s")}
            LEFT JOIN base_delivery d ON d.id = m.delivery_id
            WHERE m.scheduled IS NULL OR d.profile <> %s OR NOT ({same_content("m", "c")})""",
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
            SELECT 1 FROM {STAGED} s JOIN {SAYS} c ON c.content = s.content
            JOIN attendance_markversion v ON {same_key("v", "s")} AND {same_content("v", "c")}
            WHERE {same_key("s", "x")} AND v.id = (
                SELECT MAX(w.id) FROM attendance_markversion w
                JOIN base_delivery d ON d.id = w.delivery_id
                WHERE {same_key("w", "x")} AND d.profile = %s))""",
        [profile],
    )


def all_new(days: Window | None, report: Report) -> bool:
    """Count everything as new where nothing is held of the days; False where something is."""
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
