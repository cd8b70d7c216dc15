"""What absence means. Slow and plain on purpose: the carried totals are held to this.

Every figure is whole minutes or whole days; a share is compared by cross-multiplying, never as a
rounded decimal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby

from samnarvaro.kernel.days import Window


@dataclass(frozen=True, slots=True)
class LessonMark:
    """What is held of one pupil at one lesson. `start` is the minute of the day."""

    pupil: str
    unit: str
    day: date
    start: int
    scheduled: int
    excused: int = 0
    unexcused: int = 0
    other: int = 0
    reported: bool = True
    cancelled: bool = False
    late: bool = False
    on_school_day: bool = True

    @property
    def counts(self) -> bool:
        """A lesson counts when it was held, reported, and on a school day of its unit."""
        return self.reported and not self.cancelled and self.on_school_day

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused


@dataclass(frozen=True, slots=True)
class Figures:
    """A pupil's measures in a window, all schools together. Minutes, times and days.

    `unreported` minutes are of lessons held on school days whose roll nobody called: neither
    presence nor absence, shown as a share of their own.
    """

    unit: str
    scheduled: int
    excused: int
    unexcused: int
    unreported: int
    late_count: int
    absent_days_in_row: int
    longest_absent_run: int
    school_days: int = field(default=0)

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused


def measure(marks: Iterable[LessonMark], window: Window) -> dict[str, Figures]:
    """Return the figures of every pupil with a mark of any kind in the window.

    The window may cross terms and school years. Days without counting lessons are stepped over;
    no break, term or year breaks a run; only days inside the window count in the two runs. The
    unit is that of the last counting mark on or before the window's end.
    """
    by_pupil: dict[str, list[LessonMark]] = {}
    for mark in marks:
        if mark.day <= window.last:
            by_pupil.setdefault(mark.pupil, []).append(mark)
    return {
        pupil: _measure_one(theirs, window)
        for pupil, theirs in by_pupil.items()
        if any(mark.day in window for mark in theirs)
    }


def _measure_one(marks: list[LessonMark], window: Window) -> Figures:
    inside = [mark for mark in marks if mark.day in window]
    counting = [mark for mark in inside if mark.counts]
    away = absent_days(counting)
    return Figures(
        unit=last_unit(marks),
        scheduled=sum(mark.scheduled for mark in counting),
        excused=sum(mark.excused for mark in counting),
        unexcused=sum(mark.unexcused for mark in counting),
        unreported=sum(
            mark.scheduled
            for mark in inside
            if mark.on_school_day and not mark.reported and not mark.cancelled
        ),
        late_count=sum(mark.late for mark in counting),
        absent_days_in_row=run_now(away),
        longest_absent_run=longest_run(away),
        school_days=len(away),
    )


def absent_days(counting: Iterable[LessonMark]) -> list[bool]:
    """Tell of each day with counting lessons, in order, whether the pupil was absent all of it."""
    in_order = sorted(counting, key=lambda mark: mark.day)
    days = [list(lessons) for _, lessons in groupby(in_order, key=lambda mark: mark.day)]
    return [sum(m.absent for m in day) == sum(m.scheduled for m in day) for day in days]


def run_now(away: list[bool]) -> int:
    """Return how many of the last days in a row are absent ones."""
    run = 0
    for absent in away:
        run = run + 1 if absent else 0
    return run


def longest_run(away: list[bool]) -> int:
    """Return the greatest number of absent days in a row."""
    return max((run_now(away[: end + 1]) for end in range(len(away))), default=0)


def last_unit(marks: Iterable[LessonMark]) -> str:
    """Return the unit of the last counting mark, or of the last mark when none counts.

    On the same day the latest start decides, then the greatest unit code.
    """
    last = max(marks, key=lambda mark: (mark.counts, mark.day, mark.start, mark.unit))
    return last.unit


@dataclass(frozen=True, slots=True)
class Absence:
    """Minutes of lessons that count in a window, and how many of them the pupil was absent.

    Excused and unexcused absence both count.
    """

    scheduled: int
    absent: int

    @property
    def share(self) -> Fraction | None:
        """The part that was missed; of nothing there is none."""
        return Fraction(self.absent, self.scheduled) if self.scheduled else None
