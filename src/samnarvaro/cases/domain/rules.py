"""By which rules the authority asks and what it calls late: data of the municipality, in versions.

A version holds from its first day until the next one's. One that has begun is never changed, so
that a round that has been asked stays the round that it was.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LAST_WEEK = 52  # not every year has a week 53
MOST_ROUNDS = 6
FEWEST_DAYS, MOST_DAYS = 14, 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The weeks in which a round begins, and within how many calendar days there is a decision."""

    first_day: date
    weeks: tuple[int, ...]
    decide_within: int


class Fault(StrEnum):
    """What stops a new version."""

    NOT_YOURS = "not_yours"
    WEEKS = "weeks"
    TOO_MANY_WEEKS = "too_many_weeks"
    DAYS = "days"
    FIRST_DAY = "first_day"
    FIRST_DAY_BEGUN = "first_day_begun"
    FIRST_DAY_TAKEN = "first_day_taken"


def rules_on(day: date, versions: Sequence[Rules]) -> Rules:
    """Return the version that holds on a day; what came with the program holds before all others."""
    return max(
        (each for each in versions if each.first_day <= day), key=lambda each: each.first_day
    )


def round_on(on: date, versions: Sequence[Rules]) -> str:
    """Return the latest round that has begun on a day; of each round the version of its Monday tells."""
    asked = [
        monday
        for version in versions
        for monday in _mondays(version, on)
        if rules_on(monday, versions) is version
    ]
    # Weeks that were changed time and again so that none has come: those of today's rules.
    monday = max(asked or _mondays(rules_on(on, versions), on))
    return key_of(*monday.isocalendar()[:2])


def _mondays(rules: Rules, until: date) -> list[date]:
    """The days when a version's rounds begin, of the last years up to a day."""
    year = until.isocalendar().year
    days = [first_day(y, week) for y in range(year - 2, year + 1) for week in rules.weeks]
    return [day for day in days if day <= until]


def key_of(year: int, week: int) -> str:
    return f"{year}-W{week:02}"


def first_day(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)


def weeks_in(text: str) -> list[int]:
    """Read weeks as people write them: 11, 41. What is no week is left out and so missed."""
    found = [int(part) for part in text.replace(",", " ").split() if part.isdecimal()]
    return sorted({week for week in found if 1 <= week <= LAST_WEEK})


def faults(  # each is weighed
    weeks: Collection[int], decide_within: int | None, from_day: date | None, *,
    taken: Iterable[date], on: date,
) -> list[Fault]:  # fmt: skip
    """Return everything that stops a version. It begins on a day that has not come."""
    reasons = {
        Fault.WEEKS: not weeks,
        Fault.TOO_MANY_WEEKS: len(weeks) > MOST_ROUNDS,
        Fault.DAYS: decide_within is None or not FEWEST_DAYS <= decide_within <= MOST_DAYS,
        Fault.FIRST_DAY: from_day is None,
        Fault.FIRST_DAY_BEGUN: from_day is not None and from_day <= on,
        Fault.FIRST_DAY_TAKEN: from_day in set(taken),
    }
    return [fault for fault, holds in reasons.items() if holds]
