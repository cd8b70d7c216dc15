"""What somebody holds on to: days that have come, and what is late. Each makes one row of work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.cases.domain.steps import Step

# In which steps a day of follow-up that was agreed on is waited for.
FOLLOWED_IN = frozenset({Step.CARRYING_OUT, Step.FOLLOW_UP, Step.MAINTENANCE})


class Kind(StrEnum):
    """What a row of work is about, and what clears it."""

    ROUND = "register.round"  # a round has begun: answered; due by the end of its week
    DECISION_LATE = "investigation.decision_late"  # decided
    FOLLOW_UP = "investigation.follow_up"  # its day has come: followed up, or closed
    CASE_LOOK = "case.look_on"  # its day has come: told how it went, or a new day
    CASE_REST = "case.rest"  # the rest is over: taken up, or closed


def of_round(unit: int, key: str) -> str:
    """What makes a school's row of a round, and makes it once."""
    return f"{Kind.ROUND}:{unit}:{key}"


def of_decision(investigation: int) -> str:
    return f"{Kind.DECISION_LATE}:{investigation}"


def of_day(kind: Kind, of: int, day: date | None) -> str:
    """What makes the row of a day in an investigation or a case (ids)."""
    return f"{kind}:{of}:{day}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case as far as its days matter: the agreed follow-up, if it is not done, and how long it rests."""

    step: Step
    look_on: date | None
    paused_until: date | None


def days_come(waiting: Waiting, *, on: date) -> list[tuple[Kind, date]]:
    """Return the days of a case that have come; a case that rests is asked for nothing else."""
    if waiting.step is Step.CLOSURE:
        return []
    if waiting.paused_until is not None:
        rests = waiting.paused_until > on
        return [] if rests else [(Kind.CASE_REST, waiting.paused_until)]
    look = waiting.look_on if waiting.step in FOLLOWED_IN else None
    return [(Kind.CASE_LOOK, look)] if look is not None and look <= on else []


def day_to_wait_for(told: Collection[tuple[bool, date | None]]) -> date | None:
    """Return the agreed day that still is to come or has come, of what was told in order: each is
    whether it tells how it went, and the day that it agrees on.
    """
    day: date | None = None
    for is_evaluation, agreed in told:
        day = None if is_evaluation else agreed
    return day
