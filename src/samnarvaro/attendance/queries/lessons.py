"""A pupil's lessons as they are held, each with all that was held of it before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from samnarvaro.attendance.domain.lessons import Outcome, outcome
from samnarvaro.attendance.models import DayTotal, Mark, MarkVersion
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people

DAYS_AT_A_TIME = 20
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


@dataclass(frozen=True, slots=True)
class Lessons:
    """Some days with marks, newest first; from which days to look on for older and newer ones."""

    days: tuple[Day, ...]
    older: date | None
    newer: date | None


def lessons(pupil: int, *, until: date, by: Scope, days: int = DAYS_AT_A_TIME) -> Lessons:
    """Return a pupil's (id) lessons on the last days with marks up to and including one."""
    rows = DayTotal.objects.visible_in(by).filter(pupil=pupil)
    found = list(rows.until(until).order_by("-day").values_list("day", flat=True)[: days + 1])
    after = list(rows.filter(day__gt=until).order_by("day").values_list("day", flat=True)[:days])
    return Lessons(
        days=_days(pupil, found[:days], by),
        older=found[days] if len(found) > days else None,
        newer=after[-1] if after else None,
    )


def _days(pupil: int, days: Collection[date], by: Scope) -> tuple[Day, ...]:
    """Marks lie by day, then by pupil: they are asked for by their days."""
    marks = list(
        Mark.objects.visible_in(by)
        .filter(pupil=pupil, day__in=days)
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
