"""Strandskolan with an autumn of lesson marks, and nights in which the staircase was gone through.

Five lessons of an hour each school day. Saga misses the first two on Mondays and Tuesdays since
October, Leo is away whole days and is ill now, Noor is there but for physical education, Tindra's
personal data are protected, Robin goes to another school.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.imports.reader import HEADER
from samnarvaro.attendance.models import DayTotal, Mark, MarkVersion
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import services as organisation
from samnarvaro.organisation.domain.school_days import CalendarSpan, SchoolCalendar
from samnarvaro.people.models import Enrolment, NamedHandler, Pupil
from samnarvaro.staircase import services as staircase
from tests.rooms.worklist.school import School, system

FIRST_DAY, FRIDAY = date(2026, 8, 31), date(2026, 11, 20)
BREAK = Window(date(2026, 10, 26), date(2026, 10, 30))
NIGHTS = (date(2026, 10, 23), date(2026, 11, 10), FRIDAY)
AT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
SUBJECTS = ("MA", "SV", "EN", "IDH", "NO")
CALENDAR = SchoolCalendar([CalendarSpan(BREAK.first, BREAK.last, is_school_day=False)])
DAYS = CALENDAR.school_days(FIRST_DAY, FRIDAY)

Row = tuple[str, str, str, str, str, str, str, str]


class SchoolWithMarks(School):
    """The school of the work list's tests, with its lessons."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.sten = self.staff("sten", "Sten Alm", Role.SPECIAL_EDUCATOR, self.strand)
        self.leo = self.pupil("Leo", "Strand", self.class_8a)
        self.tindra = self.pupil("Tindra", "Sund", self.class_8a)
        self.protect(self.tindra, self.nils, self.ragnar)
        organisation.set_calendar_span(
            authority=self.authority, unit=None, days=BREAK, is_school_day=False, label="höstlov"
        )

    def take_in(self, rows: Iterator[Row], profile: str = "csv") -> None:
        path = self.folder / "marks.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(rows)
        report = attendance.take_in(path, attendance.Options(profile), by=system(FRIDAY), at=AT)
        assert not report.faulty

    def take_in_autumn(self) -> None:
        self.take_in(self._autumn())

    def _autumn(self) -> Iterator[Row]:
        for number, day in enumerate(reversed(DAYS)):
            recent = day >= date(2026, 10, 5)
            yield from self.day(
                self.saga, day, away={0, 1} if recent and day.weekday() < 2 else set(), late={2}
            )
            leo_away = number == 0 or (recent and number % 3 != 2)
            yield from self.day(self.leo, day, away=set(range(5)) if leo_away else set())
            yield from self.day(self.noor, day, away={3} if day.weekday() == 3 else set())
            yield from self.day(
                self.tindra, day, away={0} if recent and day.weekday() < 4 else set()
            )
            yield from self.day(self.robin, day, away=set(), code="99000001")

    @staticmethod
    def day(
        pupil: Pupil,
        day: date,
        *,
        away: set[int],
        late: frozenset[int] | set[int] = frozenset(),
        code: str = "99000002",
        kind: str = "unexcused",
    ) -> Iterator[Row]:
        for place, subject in enumerate(SUBJECTS):
            is_late = place in late and day.weekday() == 4
            told = kind if place in away else "late" if is_late else "present"
            start = f"{8 + place:02}:10"
            minutes = "10" if told == "late" else ""
            yield (pupil.pupil_id, code, day.isoformat(), start, "60", subject, told, minutes)

    def go_through_nights(self) -> None:
        for day in NIGHTS:
            staircase.nightly(as_of=day, by=system(day), at=AT)

    @staticmethod
    def forget(pupil: Pupil) -> None:
        """Let a pupil never have been, to see that nothing told of it."""
        for model in (Mark, MarkVersion, DayTotal, NamedHandler, Enrolment):
            model.objects.filter(pupil=pupil).delete()
        pupil.delete()
