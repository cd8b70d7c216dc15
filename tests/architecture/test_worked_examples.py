"""The worked examples in docs/domain are reckoned again: a page that shows a figure shows a true one."""

import csv
import io
import re
from datetime import date
from pathlib import Path

from samnarvaro.attendance.domain.marks import LateAs, content_of
from samnarvaro.attendance.domain.measures import LessonMark, measure
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import SchoolCalendar

PAGES = Path(__file__).resolve().parents[2] / "docs" / "domain"
WEEK = Window(date(2026, 9, 7), date(2026, 9, 13))


def test_the_week_of_the_attendance_page_gives_the_figures_beside_it() -> None:
    delivered, printed = csv_blocks("attendance.md")
    marks = [lesson_mark(row) for row in delivered]

    figures = measure(marks, WEEK)

    assert [
        {
            "pupil_id": pupil,
            "school_unit_code": of.unit,
            "scheduled_minutes": str(of.scheduled),
            "excused_minutes": str(of.excused),
            "unexcused_minutes": str(of.unexcused),
            "late_count": str(of.late_count),
            "absent_days_in_row": str(of.absent_days_in_row),
            "longest_absent_run": str(of.longest_absent_run),
        }
        for pupil, of in figures.items()
    ] == printed


def test_the_school_days_of_the_organisation_page_are_counted_right() -> None:
    rows = table_rows("organisation.md", headed="from")
    calendar = SchoolCalendar()

    told = [(day_in(row[0]), int(row[1]), day_in(row[2])) for row in rows]

    assert len(told) == 4
    assert [calendar.add_school_days(day, days) for day, days, _ in told] == [
        gives for *_, gives in told
    ]


def csv_blocks(page: str) -> list[list[dict[str, str]]]:
    blocks = re.findall(r"```csv\n(.*?)```", (PAGES / page).read_text(encoding="utf-8"), re.DOTALL)
    return [list(csv.DictReader(io.StringIO(block))) for block in blocks]


def table_rows(page: str, *, headed: str) -> list[list[str]]:
    """Return the cells of the table whose first column is headed so."""
    text = (PAGES / page).read_text(encoding="utf-8")
    _, _, after = text.partition(f"\n| {headed} |")
    lines = after.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def day_in(cell: str) -> date:
    found = re.search(r"\d{4}-\d\d-\d\d", cell)
    assert found is not None
    return date.fromisoformat(found[0])


def lesson_mark(row: dict[str, str]) -> LessonMark:
    absent = int(row["absent_minutes"]) if row["absent_minutes"] else None
    content = content_of(row["kind"], int(row["minutes"]), absent, LateAs.UNEXCUSED)
    day = date.fromisoformat(row["date"])
    hour, _, minute = row["start"].partition(":")
    return LessonMark(
        pupil=row["pupil_id"],
        unit=row["school_unit_code"],
        day=day,
        start=int(hour) * 60 + int(minute),
        scheduled=content.scheduled,
        excused=content.excused,
        unexcused=content.unexcused,
        other=content.other,
        reported=content.reported,
        cancelled=content.cancelled,
        late=content.late,
        on_school_day=SchoolCalendar().is_school_day(day),
    )
