"""What the pupils of a school, or of a class, come to together, as far as the viewer sees them.

The definition is `school.class_days` and `school.slots`; here their sums are remembered until a
mark changes (`remembered`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.domain.patterns import Slot
from samnarvaro.attendance.queries import school
from samnarvaro.attendance.queries.remembered import remembered
from samnarvaro.attendance.totals import schools
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.members import Member, asking


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes that count, those of them that were missed, and those nobody has reported."""

    scheduled: int = 0
    absent: int = 0
    unreported: int = 0

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(
            self.scheduled + other.scheduled,
            self.absent + other.absent,
            self.unreported + other.unreported,
        )

    @property
    def absence(self) -> Absence:
        return Absence(self.scheduled, self.absent)


NONE = Minutes()


@dataclass(frozen=True, slots=True)
class OfClass:
    """The windows of a class by their length in days, and the weekdays (Monday is 0) of the shortest."""

    of_days: Mapping[int, Minutes]
    weekdays: Mapping[int, Minutes]


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The classes (group ids) of a unit; None is those who stand in no class."""

    classes: Mapping[int | None, OfClass]
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """A class in a window: its weekdays (Monday is 0), and its lessons by subject and time of day."""

    weekdays: Mapping[int, Minutes] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()


def of_unit(
    unit: int, members: Sequence[Member], *, on: date, lengths: Sequence[int], by: Scope
) -> OfUnit:
    """Return the sums of the members of a unit in windows of so many days that end on a day."""
    if not by.reads(DataClass.ATTENDANCE):
        return OfUnit({}, None)
    asked = tuple(sorted(lengths))

    def reckon() -> OfUnit:
        days = school.class_days(unit, trailing(on, asked[-1]), by=by)
        last = schools.last_day(asking(unit, by=by), on)
        return OfUnit(_by_class(days, on, asked), None if last is None else bulk.as_day(last))

    return remembered(reckon, "unit", unit, on, asked, of=members)


def _by_class(
    days: Iterable[school.ClassDay], on: date, lengths: Sequence[int]
) -> dict[int | None, OfClass]:
    windows = {length: trailing(on, length) for length in lengths}
    shortest = windows[lengths[0]]
    sums: defaultdict[tuple[int | None, int], Minutes] = defaultdict(Minutes)
    weekdays: defaultdict[int | None, dict[int, Minutes]] = defaultdict(dict)
    for each in days:
        own, of_class = _minutes(each), weekdays[each.class_id]
        for length, window in windows.items():
            if each.day in window:
                sums[each.class_id, length] += own
        if each.day in shortest:
            _add(of_class, each.day, own)
    return {
        class_id: OfClass({length: sums[class_id, length] for length in lengths}, of_class)
        for class_id, of_class in weekdays.items()
    }


def _minutes(day: school.ClassDay) -> Minutes:
    return Minutes(day.absence.scheduled, day.absence.absent, day.unreported)


def _add(weekdays: dict[int, Minutes], day: date, own: Minutes) -> None:
    weekdays[day.weekday()] = weekdays.get(day.weekday(), NONE) + own


def of_class(
    unit: int, group: int, members: Sequence[Member], *, window: Window, by: Scope
) -> Patterns:
    """Return the patterns of the members of a class in a window; empty without marks in it."""
    if not by.reads(DataClass.ATTENDANCE):
        return Patterns()

    def reckon() -> Patterns:
        weekdays: dict[int, Minutes] = {}
        days = school.class_days(unit, window, by=by, group=group)
        for each in days:
            _add(weekdays, each.day, _minutes(each))
        pupils = [pupil for pupil, _class in members]
        slots = school.slots(pupils, sorted({each.day for each in days}), by=by)
        return Patterns(weekdays, tuple(slots))

    return remembered(reckon, "class", unit, group, window, of=members)
