"""Granted leave: who may grant how much, and what a pupil's days come to when leave is left out.

Leave is excused absence, and counts. A rule set may leave it out: the excused minutes of lessons on
days of leave then count neither as absence nor as scheduled, as if those lessons had not been. A day
of which nothing else is left is stepped over, as any day without lessons that count.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from samnarvaro.attendance.domain.measures import Absence, LessonMark
from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.days import Window

LONGEST = 366  # calendar days in one decision
FARTHEST_BACK, FARTHEST_AHEAD = 366, 366  # calendar days from the day of the decision
# A principal decides of any length and hands on no more than ten days. The law does not say whether
# it means school days: calendar days, the narrower reading, keep within it.
MOST_HANDED_ON = 10
DECIDE = (Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL)


class Wrong(StrEnum):
    """What stops a decision."""

    LAST_BEFORE_FIRST = "last_before_first"
    TOO_LONG = "too_long"
    TOO_FAR_BACK = "too_far_back"
    TOO_FAR_AHEAD = "too_far_ahead"
    NOT_YOURS = "not_yours"  # so many days are for the principal to decide
    OVERLAPS = "overlaps"  # with leave that is granted already


def wrongs(days: Window, *, role: Role | None, on: date, held: Iterable[Window]) -> list[Wrong]:
    """Return everything that stops a decision made on a day, beside the leave that is held already."""
    found = {
        Wrong.TOO_LONG: days.calendar_days > LONGEST,
        Wrong.TOO_FAR_BACK: (on - days.first).days > FARTHEST_BACK,
        Wrong.TOO_FAR_AHEAD: (days.last - on).days > FARTHEST_AHEAD,
        Wrong.NOT_YOURS: not may_decide(role, days),
        Wrong.OVERLAPS: any(
            other.first <= days.last and days.first <= other.last for other in held
        ),
    }
    return [reason for reason, holds in found.items() if holds]


def may_decide(role: Role | None, days: Window) -> bool:
    """Tell whether somebody in a role decides of that many days; the system decides of none."""
    return role is Role.PRINCIPAL or (role in DECIDE and days.calendar_days <= MOST_HANDED_ON)


def beyond(
    marks: Iterable[LessonMark], on_leave: Collection[tuple[str, date]]
) -> Iterator[LessonMark]:
    """Yield the marks as they count when leave is left out. Slow and plain: the fast way is held to it.

    `on_leave` holds pupils and days.
    """
    for mark in marks:
        if mark.counts and mark.excused and (mark.pupil, mark.day) in on_leave:
            left = mark.scheduled - mark.excused
            yield replace(mark, scheduled=left or mark.scheduled, excused=0, cancelled=not left)
        else:
            yield mark


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """A day of leave as it came to be held: the excused minutes of its lessons that count, and
    whether there are no others.
    """

    day: date
    excused: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Leave:
    """A pupil's days of leave with excused minutes, in order; takes them out of what counts them."""

    days: tuple[LeaveDay, ...] = ()

    def excused(self, window: Window) -> int:
        return sum(each.excused for each in self.days if each.day in window)

    def out_of(self, absence: Absence, window: Window) -> Absence:
        """Return the absence of a window without the leave in it."""
        minutes = self.excused(window)
        return Absence(absence.scheduled - minutes, absence.absent - minutes)

    def out_of_said(self, said: DayAndRun, counting: Sequence[date]) -> DayAndRun:
        """Return the day and the run without leave; `counting` are the days of the run, in order.

        Leave neither breaks a run nor is a day of it, and no day becomes an absent one by it: what
        is left of a day was missed whole exactly if all of it was.
        """
        if not self.days:
            return said
        whole = {each.day for each in self.days if each.is_whole}
        own, run = said.own, said.run
        return DayAndRun(
            own=self._less(own, [own.window.last] if own.window.last not in whole else [])
            if own
            else None,
            run=self._less(run, [day for day in counting if day not in whole]) if run else None,
        )

    def _less(self, spell: Spell, days: Sequence[date]) -> Spell | None:
        """Return what some days come to, when only these of them are left."""
        if not days:
            return None
        minutes = self.excused(spell.window)
        return Spell(
            Window(days[0], days[-1]),
            len(days),
            spell.scheduled - minutes,
            spell.excused - minutes,
            spell.unexcused,
        )


NO_LEAVE = Leave()
