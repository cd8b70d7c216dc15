"""The attendance of one school's pupils, as far as the viewer sees them. Sums over what is seen."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.domain.patterns import Slot, Timed
from samnarvaro.attendance.models import Mark
from samnarvaro.attendance.queries import leave
from samnarvaro.attendance.queries.pupil import added, as_timed
from samnarvaro.attendance.totals import schools
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.members import asking


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

    def without(self, minutes: int) -> "InWindow":
        """Return the window without so many excused minutes of leave."""
        return replace(self, scheduled=self.scheduled - minutes, excused=self.excused - minutes)


@dataclass(frozen=True, slots=True)
class PupilWindows:
    """One pupil's (id) windows by their length in days, all schools together."""

    pupil: int
    last_day: date
    run_now: int
    of_days: dict[int, InWindow]


def windows(
    unit: int,
    *,
    on: date,
    lengths: Iterable[int],
    by: Scope,
    group: int | None = None,
    counts_leave: bool = True,
) -> dict[int, PupilWindows]:
    """Return the windows that end on a day, of every pupil of a unit, or of one class of it, with
    marks by then. Leave can be left out of their minutes; `run_now` always counts it.
    """
    if not by.reads(DataClass.ATTENDANCE):
        return {}
    asked = sorted(set(lengths))
    rows = schools.windows(asking(unit, by=by, group=group), on, asked)
    found = {
        row[0]: PupilWindows(
            pupil=row[0],
            last_day=bulk.as_day(row[1]),
            run_now=row[2],
            of_days={n: InWindow(*row[3 + 4 * i : 7 + 4 * i]) for i, n in enumerate(asked)},
        )
        for row in rows
    }
    return found if counts_leave or not asked else _without_leave(found, on, max(asked), by)


def _without_leave(
    found: dict[int, PupilWindows], on: date, longest: int, by: Scope
) -> dict[int, PupilWindows]:
    taken = leave.of_days(trailing(on, longest), by=by, among=found.keys())
    return found | {
        pupil: replace(
            found[pupil],
            of_days={
                days: each.without(days_off.excused(trailing(on, days)))
                for days, each in found[pupil].of_days.items()
            },
        )
        for pupil, days_off in taken.items()
    }


@dataclass(frozen=True, slots=True)
class ClassDay:
    """What the pupils of a class (group id) came to on a day; None: those who stand in no class."""

    class_id: int | None
    day: date
    absence: Absence
    unreported: int = 0


def class_days(unit: int, window: Window, *, by: Scope, group: int | None = None) -> list[ClassDay]:
    """Return each class's, or one class's, minutes on each day of the window with marks, in order of days."""
    if not by.reads(DataClass.ATTENDANCE):
        return []
    rows = schools.class_days(asking(unit, by=by, group=group), window)
    return [
        ClassDay(class_id, bulk.as_day(day), Absence(int(scheduled), int(absent)), int(unreported))
        for class_id, day, scheduled, absent, unreported in rows
    ]


def slots(pupils: Collection[int], days: Collection[date], *, by: Scope) -> list[Slot]:
    """Return the lessons that count of these pupils (ids) on some days, added up by subject and
    time of day.
    """
    return added(Mark.objects.visible_in(by).filter(day__in=days, pupil__in=pupils))


def timed(pupils: Collection[int], window: Window, *, by: Scope) -> dict[int, list[Timed]]:
    """Return the lessons that count of these pupils (ids) in a window, one by one, in order."""
    marks = Mark.objects.visible_in(by).filter(day__in=list(window), pupil__in=pupils)
    found: defaultdict[int, list[Timed]] = defaultdict(list)
    for pupil, *lesson in as_timed(marks, "pupil"):
        found[pupil].append(Timed(*lesson))
    return dict(found)
