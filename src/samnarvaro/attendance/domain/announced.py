"""Absence that somebody has announced: which days, which part of a day, and how many minutes it excuses.

A time is a minute of the day on the Swedish wall clock. Nothing here reads a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.days import Window

MIDNIGHT, DAYS_END = 0, 1440
LONGEST = 30  # calendar days in one announcement
FARTHEST_BACK, FARTHEST_AHEAD = 30, 180  # calendar days from the day it is told


class ToldBy(StrEnum):
    """Who announced it to the school."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"
    SCHOOL = "school"  # the school itself knew: leave was granted, say


class Wrong(StrEnum):
    """What stops an announcement."""

    FIRST_DAY = "first_day"  # no day is said
    LAST_BEFORE_FIRST = "last_before_first"
    TOO_LONG = "too_long"
    TOO_FAR_BACK = "too_far_back"
    TOO_FAR_AHEAD = "too_far_ahead"
    PART_OF_SEVERAL_DAYS = "part_of_several_days"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OVERLAPS = "overlaps"  # with one that is held already


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one day, from a minute up to but not including another."""

    day: date
    begins: int = MIDNIGHT
    ends: int = DAYS_END

    def minutes_within(self, begins: int, ends: int) -> int:
        return max(0, min(self.ends, ends) - max(self.begins, begins))

    def overlaps(self, other: "Part") -> bool:
        return self.day == other.day and self.minutes_within(other.begins, other.ends) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What is told: from a day up to another, and for a single day perhaps only a part of it."""

    first_day: date
    last_day: date
    begins: int | None = None
    ends: int | None = None

    @property
    def is_part_of_day(self) -> bool:
        return self.begins is not None or self.ends is not None

    def parts(self) -> list[Part]:
        """Return its days one by one."""
        begins = MIDNIGHT if self.begins is None else self.begins
        ends = DAYS_END if self.ends is None else self.ends
        return [Part(day, begins, ends) for day in Window(self.first_day, self.last_day)]


def wrongs(told: Announced, *, on: date, held: Iterable[Part]) -> list[Wrong]:
    """Return everything that stops an announcement told on a day, beside what is held already."""
    if told.last_day < told.first_day:
        return [Wrong.LAST_BEFORE_FIRST]
    found = {
        Wrong.TOO_LONG: (told.last_day - told.first_day).days >= LONGEST,
        Wrong.TOO_FAR_BACK: (on - told.first_day).days > FARTHEST_BACK,
        Wrong.TOO_FAR_AHEAD: (told.last_day - on).days > FARTHEST_AHEAD,
        Wrong.PART_OF_SEVERAL_DAYS: told.is_part_of_day and told.first_day != told.last_day,
        Wrong.ENDS_BEFORE_IT_BEGINS: _ends_before_it_begins(told),
    }
    reasons = [reason for reason, holds in found.items() if holds]
    if reasons:
        return reasons
    known = list(held)
    clashes = any(part.overlaps(other) for part in told.parts() for other in known)
    return [Wrong.OVERLAPS] if clashes else []


def _ends_before_it_begins(told: Announced) -> bool:
    begins = MIDNIGHT if told.begins is None else told.begins
    ends = DAYS_END if told.ends is None else told.ends
    return ends <= begins


def excused_minutes(
    *, start: int, scheduled: int, excused: int, unexcused: int, late: bool, parts: Iterable[Part]
) -> int:
    """Return how many of a lesson's unexcused minutes the parts of its day excuse.

    Who came late was away when the lesson began; of other absence it is not known which minutes it
    was, so any minute of the lesson that is announced excuses one. The parts do not overlap.
    """
    ends = start + (excused + unexcused if late else scheduled)
    return min(unexcused, sum(part.minutes_within(start, ends) for part in parts))
