"""A pupil's lessons as they are held, each with all that was held of it before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from django.db.models import Q

from samnarvaro.attendance.domain.lessons import Outcome, outcome
from samnarvaro.attendance.models import DayTotal, Mark, MarkSet, MarkVersion
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people

_Key = tuple[date, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What was held of a lesson from some time on: told by whom (no name: a system) and when."""

    outcome: Outcome
    scheduled: int
    excused: int
    unexcused: int
    subject: str
    by_name: str
    profile: str
    at: datetime

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused

    @property
    def content(self) -> tuple[Outcome, int, int, int, str]:
        return self.outcome, self.scheduled, self.excused, self.unexcused, self.subject


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it is held now; `earlier` is what was held before, oldest first."""

    day: date
    start: int
    unit: str
    on_school_day: bool
    now: Told
    earlier: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    lessons: tuple[Lesson, ...]


class Kind(StrEnum):
    """What is asked of the lessons of a list; a late one is late, as `domain.lessons` has it."""

    ABSENT = "absent"
    UNEXCUSED = "unexcused"
    EXCUSED = "excused"
    LATE = "late"
    UNREPORTED = "unreported"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lessons are asked for: up to a day, of one subject (None: of all), of one kind."""

    until: date
    subject: str | None = None
    kind: Kind | None = None

    @property
    def is_everything(self) -> bool:
        return self.subject is None and self.kind is None


class Lessons:
    """The days on which a pupil (id) has such lessons, newest first; some of them can be read."""

    def __init__(self, pupil: int, wanted: Wanted, *, by: Scope) -> None:
        self._pupil, self._wanted, self._by = pupil, wanted, by
        with_marks = DayTotal.objects.visible_in(by).filter(pupil=pupil).until(wanted.until)
        self.days = list(with_marks.order_by("-day").values_list("day", flat=True))
        if not wanted.is_everything:
            # Marks lie by day, then by pupil: they are asked for by their days.
            marks = self._marks().filter(day__in=self.days).order_by("-day")
            self.days = list(marks.values_list("day", flat=True).distinct())

    def read(self, days: Collection[date]) -> tuple[Day, ...]:
        """Return some of the days, each with those of its lessons that were asked for."""
        return _days(self._pupil, days, self._marks())

    def _marks(self) -> MarkSet:
        marks = Mark.objects.visible_in(self._by).filter(pupil=self._pupil)
        if self._wanted.subject is not None:
            marks = marks.filter(subject=self._wanted.subject)
        return marks.filter(_IS[self._wanted.kind]) if self._wanted.kind else marks


_HELD = Q(cancelled=False, reported=True)
_IS = {
    Kind.ABSENT: _HELD & Q(late=False) & (Q(excused__gt=0) | Q(unexcused__gt=0)),
    Kind.UNEXCUSED: _HELD & Q(late=False, unexcused__gt=0),
    Kind.EXCUSED: _HELD & Q(late=False, excused__gt=0),
    Kind.LATE: _HELD & Q(late=True),
    Kind.UNREPORTED: Q(cancelled=False, reported=False),
}


def subjects(pupil: int, *, until: date, by: Scope) -> list[str]:
    """Return the subjects that a pupil (id) has had lessons in, in the order of names."""
    rows = DayTotal.objects.visible_in(by).filter(pupil=pupil).until(until)
    marks = Mark.objects.visible_in(by).filter(
        pupil=pupil, day__in=list(rows.values_list("day", flat=True))
    )
    return sorted(marks.order_by().values_list("subject", flat=True).distinct())


def _days(pupil: int, days: Collection[date], wanted: MarkSet) -> tuple[Day, ...]:
    marks = list(
        wanted.filter(day__in=days)
        .select_related("delivery", "unit")
        .order_by("-day", "start", "unit")
    )
    if not marks:
        return ()
    versions = list(
        MarkVersion.objects.filter(pupil=pupil, day__in=days)
        .select_related("delivery")
        .order_by("pk")
    )
    told_by = {mark.delivery.by for mark in marks} | {old.delivery.by for old in versions}
    names = people.names_of_viewers(told_by)
    before: defaultdict[_Key, list[Told]] = defaultdict(list)
    for version in versions:
        before[_key(version)].append(_told(version, names))
    return tuple(
        Day(day, tuple(_lesson(mark, before, names) for mark in those))
        for day, those in groupby(marks, key=lambda mark: mark.day)
    )


def _key(mark: Mark | MarkVersion) -> _Key:
    return mark.day, mark.start, mark.unit_id


def _lesson(mark: Mark, before: Mapping[_Key, Sequence[Told]], names: Mapping[str, str]) -> Lesson:
    told = _told(mark, names)
    *earlier, now = _without_repeats([*before.get(_key(mark), ()), told])
    return Lesson(
        day=mark.day,
        start=mark.start,
        unit=mark.unit.name,
        on_school_day=mark.on_school_day,
        now=now,
        earlier=tuple(earlier),
    )


def _without_repeats(told: Sequence[Told]) -> list[Told]:
    """Of the same told again, by another source for instance, keep who told it first."""
    return [next(alike) for _, alike in groupby(told, key=lambda each: each.content)]


def _told(mark: Mark | MarkVersion, names: Mapping[str, str]) -> Told:
    delivery: Delivery = mark.delivery
    return Told(
        outcome=outcome(
            excused=mark.excused,
            unexcused=mark.unexcused,
            other=mark.other,
            reported=mark.reported,
            cancelled=mark.cancelled,
            late=mark.late,
        ),
        scheduled=mark.scheduled,
        excused=mark.excused,
        unexcused=mark.unexcused,
        subject=mark.subject,
        by_name=names.get(delivery.by, ""),
        profile=delivery.profile,
        at=delivery.written_at or delivery.received_at,
    )
