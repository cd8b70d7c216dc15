"""The attendance of one school's pupils, as far as the viewer sees them. Sums over what is seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.totals import schools
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people


@dataclass(frozen=True, slots=True)
class InWindow:
    """Minutes in one window: those that count, those away, and those nobody has reported."""

    scheduled: int = 0
    excused: int = 0
    unexcused: int = 0
    unreported: int = 0

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused

    @property
    def absence(self) -> Absence:
        return Absence(self.scheduled, self.absent)


@dataclass(frozen=True, slots=True)
class PupilWindows:
    """One pupil's (id) windows by their length in days, all schools together."""

    pupil: int
    last_day: date
    run_now: int
    of_days: dict[int, InWindow]


def windows(unit: int, *, on: date, lengths: Iterable[int], by: Scope) -> dict[int, PupilWindows]:
    """Return the windows that end on a day, of every pupil of a unit with marks by then."""
    if not by.reads(DataClass.ATTENDANCE):
        return {}
    asked = sorted(set(lengths))
    rows = schools.windows(people.at_unit(unit, by=by), on, asked)
    return {
        row[0]: PupilWindows(
            pupil=row[0],
            last_day=_as_day(row[1]),
            run_now=row[2],
            of_days={n: InWindow(*row[3 + 4 * i : 7 + 4 * i]) for i, n in enumerate(asked)},
        )
        for row in rows
    }


def together(windows: Iterable[InWindow]) -> InWindow:
    """Add the windows of some pupils up."""
    sums = [0, 0, 0, 0]
    for each in windows:
        for place, minutes in enumerate(
            (each.scheduled, each.excused, each.unexcused, each.unreported)
        ):
            sums[place] += minutes
    return InWindow(*sums)


@dataclass(frozen=True, slots=True)
class ClassDay:
    """What the pupils of a class (group id) came to on a day; None: those who stand in no class."""

    class_id: int | None
    day: date
    absence: Absence


def class_days(unit: int, window: Window, *, by: Scope) -> list[ClassDay]:
    """Return each class's minutes on each day of the window with marks, in order of days."""
    if not by.reads(DataClass.ATTENDANCE):
        return []
    rows = schools.class_days(people.at_unit(unit, by=by), window)
    return [
        ClassDay(class_id, _as_day(day), Absence(int(scheduled), int(absent)))
        for class_id, day, scheduled, absent in rows
    ]


def _as_day(value: date | str) -> date:
    """SQLite knows no dates: it gives them back as they were written."""
    return value if isinstance(value, date) else date.fromisoformat(value)
