"""What may happen to a school's marks: files, corrections, calendars; and what it comes to, slowly.

The slow truth is kept here in plain dicts: what each lesson holds, which days are school days. Only
`attendance.domain.measures` makes figures of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from samnarvaro.attendance.domain.marks import LateAs, content_of
from samnarvaro.attendance.domain.measures import Figures, LessonMark, measure
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import CalendarSpan, SchoolCalendar
from tests.rooms.attendance.desk import BERG, STRAND, Desk, Lesson, Row, free

# Made in this order, so that the order of ids is not that of codes, nor of their lengths.
UNITS = (BERG, "Z", STRAND)
PUPILS = ("saga", "leo", "noor")

BEFORE_ALL, AFTER_ALL = date(2024, 1, 1), date(2027, 6, 30)
DAYS = [
    date(2025, 12, 23),
    date(2025, 12, 24),  # free by custom
    date(2026, 3, 27),
    date(2026, 3, 29),  # Sunday; clocks go forward
    date(2026, 3, 30),
    date(2026, 6, 10),  # last day of the school year
    date(2026, 8, 19),  # first of the next
    date(2026, 10, 23),
    date(2026, 10, 25),  # Sunday; clocks go back
    date(2026, 10, 26),
    date(2026, 11, 20),
    date(2026, 11, 21),  # Saturday
    date(2026, 11, 23),
]
SAYINGS = [
    ("present", 60, ""),
    ("present", 40, ""),
    ("late", 60, "0"),
    ("late", 60, "60"),
    ("excused", 60, ""),
    ("excused", 60, "59"),
    ("unexcused", 60, ""),
    ("unexcused", 1, ""),
    ("other_activity", 60, ""),
    ("unreported", 60, ""),
    ("cancelled", 60, ""),
]


def row_of(pupil: str, unit: str, day: date, start: str, says: tuple[str, int, str]) -> Row:
    kind, minutes, absent = says
    return Row(pupil, unit, day.isoformat(), start, str(minutes), "", kind, absent)


ROWS = st.builds(
    row_of,
    pupil=st.sampled_from(PUPILS),
    unit=st.sampled_from(UNITS),
    day=st.sampled_from(DAYS),
    start=st.sampled_from(["08:10", "08:20", "23:59"]),
    says=st.sampled_from(SAYINGS),
)
FILES = st.lists(ROWS, min_size=1, max_size=14)
CORRECTIONS = st.lists(ROWS, min_size=1, max_size=2)


@dataclass(frozen=True)
class Calendar:
    """Days that are freed, or made school days, for one unit or for all."""

    unit: str | None
    days: Window
    is_school_day: bool


def _window(one: date, other: date) -> Window:
    return Window(min(one, other), max(one, other))


WINDOWS = st.builds(
    _window,
    st.sampled_from([BEFORE_ALL, *DAYS]),
    st.sampled_from([*DAYS, date(2026, 6, 11), date(2026, 11, 22), AFTER_ALL]),
)
CALENDARS = st.builds(
    Calendar,
    unit=st.none() | st.sampled_from(UNITS),
    days=st.sampled_from(DAYS).map(lambda day: Window(day, day)) | WINDOWS,
    is_school_day=st.booleans(),
)
HISTORIES = st.lists(st.one_of(FILES, FILES, CORRECTIONS, CALENDARS), min_size=1, max_size=5)
Happening = list[Row] | Calendar


@dataclass
class SlowTruth:
    """What is held and which days count, as plain as can be."""

    rows: dict[Lesson, Row] = field(default_factory=dict)
    spans: list[tuple[str | None, CalendarSpan]] = field(default_factory=list)

    def happen(self, happening: Happening) -> None:
        if isinstance(happening, Calendar):
            days, on = happening.days, happening.is_school_day
            of_unit = happening.unit is not None
            span = CalendarSpan(days.first, days.last, on, of_unit=of_unit)
            self.spans.append((happening.unit, span))
        else:
            self.rows.update((lesson_of(row), row) for row in happening)

    def marks(self) -> list[LessonMark]:
        calendars = {
            unit: SchoolCalendar([span for of, span in self.spans if of in (unit, None)])
            for unit in UNITS
        }
        return [_mark(lesson, row, calendars) for lesson, row in self.rows.items()]

    def figures(self, window: Window) -> dict[str, Figures]:
        return measure(self.marks(), window)


def lesson_of(row: Row) -> Lesson:
    hour, minute = row.start.split(":")
    day = date.fromisoformat(row.date)
    return Lesson(row.pupil_id, row.school_unit_code, day, 60 * int(hour) + int(minute))


def _mark(lesson: Lesson, row: Row, calendars: dict[str, SchoolCalendar]) -> LessonMark:
    absent = int(row.absent_minutes) if row.absent_minutes else None
    content = content_of(row.kind, int(row.minutes), absent, LateAs.UNEXCUSED)
    return LessonMark(
        pupil=lesson.pupil_id,
        unit=lesson.unit,
        day=lesson.day,
        start=lesson.start,
        scheduled=content.scheduled,
        excused=content.excused,
        unexcused=content.unexcused,
        other=content.other,
        reported=content.reported,
        cancelled=content.cancelled,
        late=content.late,
        on_school_day=calendars[lesson.unit].is_school_day(lesson.day),
    )


def let_happen(happening: Happening, desk: Desk) -> None:
    """The same in the program: through the services that everybody else uses."""
    if isinstance(happening, Calendar):
        free(happening.days, happening.unit, is_school_day=happening.is_school_day)
    else:
        desk.take_in(*happening)


def all_of(happenings: Iterable[Happening]) -> SlowTruth:
    truth = SlowTruth()
    for happening in happenings:
        truth.happen(happening)
    return truth
