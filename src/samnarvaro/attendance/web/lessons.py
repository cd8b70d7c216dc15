"""Lessons made ready for the page, day by day, each with what was held of it before."""

from dataclasses import dataclass

from samnarvaro.attendance.domain.lessons import Outcome
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries.lessons import Day, Lesson
from samnarvaro.attendance.web import texts
from samnarvaro.base import dates


@dataclass(frozen=True, slots=True)
class Version:
    """What was held, who told it, and when."""

    held: str
    told_by: str


@dataclass(frozen=True, slots=True)
class ShownLesson:
    start: str
    subject: str
    unit: str
    scheduled: int
    absent: int
    outcome: str
    tone: str
    icon: str
    is_plain: bool
    counts: bool
    versions: tuple[Version, ...]

    @property
    def changed(self) -> str:
        """Say how many times a lesson has been told of differently."""
        return texts.changes(len(self.versions) - 1)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day: what it came to, and its lessons."""

    id: str
    title: str
    said: str
    is_plain: bool
    lessons: tuple[ShownLesson, ...]


def show(day: Day) -> ShownDay:
    lessons = tuple(_lesson(each) for each in day.lessons)
    counting = [each for each in lessons if each.counts]
    sums = Absence(sum(e.scheduled for e in counting), sum(e.absent for e in counting))
    changed = sum(bool(each.versions) for each in lessons)
    return ShownDay(
        id=f"lessons-{day.day}",
        title=texts.day(day.day).capitalize(),
        said=texts.day_came_to(sums, changed),
        is_plain=not sums.absent,
        lessons=lessons,
    )


def _lesson(lesson: Lesson) -> ShownLesson:
    now = lesson.now
    versions = [*lesson.earlier, now] if lesson.earlier else []
    return ShownLesson(
        start=dates.clock_time(lesson.start),
        subject=texts.subject(now.subject),
        unit=lesson.unit,
        scheduled=now.scheduled,
        absent=now.absent,
        outcome=str(texts.OUTCOME[now.outcome]),
        tone=texts.TONE[now.outcome],
        icon=texts.ICON[now.outcome],
        is_plain=now.outcome is Outcome.PRESENT,
        counts=lesson.on_school_day and now.outcome not in {Outcome.UNREPORTED, Outcome.CANCELLED},
        versions=tuple(Version(texts.held(each), texts.told_by(each)) for each in versions),
    )
