"""How many stand on each level of the staircase, week by week."""

from collections import Counter
from collections.abc import Iterable, Sequence
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
    return _standing(_from_the_lowest(stays), day)


def _from_the_lowest(stays: Iterable[Stay]) -> list[Stay]:
    """Put them so that of those that hold, a pupil's last is the one that counts."""
    by_opening = sorted(stays, key=lambda stay: stay.opened_on, reverse=True)
    return sorted(by_opening, key=lambda stay: stay.level)


def _standing(from_the_lowest: Iterable[Stay], day: date) -> dict[int, Stay]:
    return {stay.pupil: stay for stay in from_the_lowest if stay.holds_on(day)}


@dataclass(frozen=True, slots=True)
class Week:
    """The last school day of a week, and how many pupils stood on each level then."""

    day: date
    on_level: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _level, count in self.on_level)

    def on(self, level: int) -> int:
        return dict(self.on_level).get(level, 0)


def week_ends(school_days: Iterable[date]) -> list[date]:
    """Return the last school day of each week that has one, in order."""
    return list({day.isocalendar()[:2]: day for day in sorted(school_days)}.values())


def by_week(stays: Sequence[Stay], days: Iterable[date]) -> tuple[Week, ...]:
    """Count the pupils on their highest level at the end of each week."""
    ordered = _from_the_lowest(stays)
    return tuple(Week(day, _counted(_standing(ordered, day).values())) for day in days)


def _counted(standing: Iterable[Stay]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(stay.level for stay in standing).items()))
