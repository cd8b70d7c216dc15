"""One day by itself, and the absent days in a row up to it. Slow and plain: the totals are held to this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from samnarvaro.attendance.domain.measures import Absence, LessonMark
from samnarvaro.kernel.days import Window


@dataclass(frozen=True, slots=True)
class Spell:
    """What some days with counting lessons come to: how many they are, and their minutes."""

    window: Window
    days: int
    scheduled: int
    excused: int
    unexcused: int

    @property
    def absence(self) -> Absence:
        return Absence(self.scheduled, self.excused + self.unexcused)


@dataclass(frozen=True, slots=True)
class DayAndRun:
    """The day asked for (None: no lesson counts that day), and the run of absent days now.

    The run looks back without limit: it steps over days without counting lessons and crosses
    breaks, terms and years. It ends with the last counting day on or before the day asked for.
    """

    own: Spell | None = None
    run: Spell | None = None

    @property
    def is_first_absent_day(self) -> bool:
        """The day is an absent one, and the pupil's former counting day was not (or is not there)."""
        return self.own is not None and self.run is not None and self.run.days == 1


def day_and_run(marks: Iterable[LessonMark], day: date) -> dict[str, DayAndRun]:
    """Return what each pupil's marks up to and including a day say of that day and of the run."""
    until = sorted(
        (mark for mark in marks if mark.counts and mark.day <= day),
        key=lambda mark: (mark.pupil, mark.day),
    )
    return {
        pupil: _of_one(list(theirs), day)
        for pupil, theirs in groupby(until, key=lambda mark: mark.pupil)
    }


def _of_one(marks: list[LessonMark], day: date) -> DayAndRun:
    days = [list(lessons) for _, lessons in groupby(marks, key=lambda mark: mark.day)]
    run: list[list[LessonMark]] = []
    for lessons in days:
        run = [*run, lessons] if _is_absent(lessons) else []
    return DayAndRun(
        own=_spell(days[-1:]) if days[-1][0].day == day else None,
        run=_spell(run) if run else None,
    )


def _is_absent(lessons: Sequence[LessonMark]) -> bool:
    return sum(mark.absent for mark in lessons) == sum(mark.scheduled for mark in lessons)


def _spell(days: Sequence[Sequence[LessonMark]]) -> Spell:
    lessons = [mark for day in days for mark in day]
    return Spell(
        window=Window(lessons[0].day, lessons[-1].day),
        days=len(days),
        scheduled=sum(mark.scheduled for mark in lessons),
        excused=sum(mark.excused for mark in lessons),
        unexcused=sum(mark.unexcused for mark in lessons),
    )
