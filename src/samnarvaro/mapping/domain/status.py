"""Attendance status 1–8: how a pupil's attendance looks now, set by a person, with what the marks suggest.

A status describes the days as they are, never the pupil. The marks see minutes alone: that somebody
is there at a price (2), or gets away by trouble (3), people see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol

LONGEST_WORDS = 400
OLDEST = 90  # calendar days back that a status can be set for
WINDOW = 30  # calendar days that a suggestion looks at
FEWEST_DAYS = 10  # school days with lessons, without which nothing is suggested
LONG_RUN, LIMITED_RUN = 20, 5  # whole days away in a row, up to now
REPEATED_PERCENT = 20  # of the school days, away the whole day
PERIODS_PERCENT = 10  # of the lessons' time
LATE_TIMES = 4


class Status(IntEnum):
    POSITIVE = 1
    WITH_STRESS = 2
    AVOIDING = 3  # hard mornings or sent out from lessons, to get away from school
    LATE = 4
    PERIODS = 5
    REPEATED = 6
    TOTAL_LIMITED = 7
    TOTAL_LONG = 8


class Occasion(StrEnum):
    INTAKE = "intake"
    FOLLOW_UP = "follow_up"
    CLOSURE = "closure"
    OTHER = "other"


class Fault(StrEnum):
    """What stops a status from being set."""

    STATUS = "status"
    OCCASION = "occasion"
    DAY = "day"
    DAY_LATER = "day_later"
    DAY_TOO_OLD = "day_too_old"
    WORDS_TOO_LONG = "words_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A status as somebody sets it; None is what was left out."""

    status: Status | None
    occasion: Occasion | None
    set_on: date | None
    words: str = ""


def faults(told: Told, *, on: date) -> list[Fault]:
    """Return everything that stops a status from being set on a day."""
    found = {
        Fault.STATUS: told.status is None,
        Fault.OCCASION: told.occasion is None,
        Fault.DAY: told.set_on is None,
        Fault.DAY_LATER: bool(told.set_on and told.set_on > on),
        Fault.DAY_TOO_OLD: bool(told.set_on and (on - told.set_on).days > OLDEST),
        Fault.WORDS_TOO_LONG: len(told.words.strip()) > LONGEST_WORDS,
    }
    return [fault for fault, holds in found.items() if holds]


class Day(Protocol):
    """A day with lessons: its minutes, those missed, and how often late."""

    @property
    def scheduled(self) -> int: ...
    @property
    def absent(self) -> int: ...
    @property
    def late(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What the marks of a window come to, and the whole days away in a row up to its end."""

    days: int
    whole: int
    scheduled: int
    absent: int
    late: int
    run: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the marks suggest, and the facts that made it."""

    status: Status
    facts: Facts


def facts_of(days: Iterable[Day], *, run: int) -> Facts:
    """Add up the days with lessons that count."""
    counting = [day for day in days if day.scheduled]
    return Facts(
        days=len(counting),
        whole=sum(day.absent >= day.scheduled for day in counting),
        scheduled=sum(day.scheduled for day in counting),
        absent=sum(day.absent for day in counting),
        late=sum(day.late for day in counting),
        run=run,
    )


def suggest(facts: Facts) -> Suggestion | None:
    """Return what the marks suggest; nothing when there are too few of them.

    The first that holds, from the most absence down. In whole minutes and days, cross-multiplied.
    """
    if facts.run >= LONG_RUN:
        return Suggestion(Status.TOTAL_LONG, facts)
    if facts.run >= LIMITED_RUN:
        return Suggestion(Status.TOTAL_LIMITED, facts)
    if facts.days < FEWEST_DAYS:
        return None
    if facts.whole * 100 >= REPEATED_PERCENT * facts.days:
        return Suggestion(Status.REPEATED, facts)
    if facts.absent * 100 >= PERIODS_PERCENT * facts.scheduled:
        return Suggestion(Status.PERIODS, facts)
    if facts.late >= LATE_TIMES:
        return Suggestion(Status.LATE, facts)
    return Suggestion(Status.POSITIVE, facts)
