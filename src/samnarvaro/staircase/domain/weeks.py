"""How many stand on each level of the staircase, week by week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stay:
    """Days during which a level held for a pupil (id); `ended_on` is the first day it did not."""

    pupil: int
    level: int
    opened_on: date
    ended_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.opened_on <= day and (self.ended_on is None or day < self.ended_on)


def standing_on(stays: Iterable[Stay], day: date) -> dict[int, Stay]:
    """Return each pupil's highest level that held on a day; of two alike the one opened first."""
    found: dict[int, Stay] = {}
    for stay in sorted(stays, key=lambda stay: (stay.level, stay.opened_on), reverse=True):
        if stay.holds_on(day):
            held = found.get(stay.pupil)
            if held is None or held.level == stay.level:
                found[stay.pupil] = stay
    return found


@dataclass(frozen=True, slots=True)
class Week:
    """The last school day of a week, and how many pupils stood on each level then."""

    day: date
    on_level: Mapping[int, int]

    @property
    def count(self) -> int:
        return sum(self.on_level.values())


def week_ends(school_days: Iterable[date]) -> list[date]:
    """Return the last school day of each week that has one, in order."""
    return list({day.isocalendar()[:2]: day for day in sorted(school_days)}.values())


def by_week(stays: Sequence[Stay], days: Iterable[date]) -> list[Week]:
    """Count the pupils on their highest level at the end of each week."""
    return [
        Week(day, Counter(stay.level for stay in standing_on(stays, day).values())) for day in days
    ]
