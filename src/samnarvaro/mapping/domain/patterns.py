"""Whether a pupil misses some weekday, subject, hour or lesson after a break more than chance explains.

Weekdays are compared by days: a day away is one thing, however many lessons it had. Subjects, hours
and lessons after a break are compared within each day: given how many of a day's lessons were missed,
chance would have picked them anywhere. So days away as a whole say nothing of a subject. Both tests
are exact, and Holm's correction holds the promise for all comparisons together: of pupils who miss
lessons at random, at most five in a hundred are told of any pattern.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from math import comb
from typing import Protocol

LEVEL = Fraction(1, 20)
FEWEST_MISSED = 5  # lessons; with fewer nothing is looked for
FEWEST_LESSONS, FEWEST_DAYS = 6, 4  # of what is compared with the rest
BREAK = 20  # minutes without a lesson


class Kind(StrEnum):
    WEEKDAY = "weekday"
    SUBJECT = "subject"
    HOUR = "hour"
    AFTER_BREAK = "after_break"
    DIVIDED = "divided"  # of a class: lessons that only a part of it has


class Timed(Protocol):
    """One lesson that counts: its day, when it began (minutes of the day), minutes and minutes missed."""

    @property
    def day(self) -> date: ...
    @property
    def start(self) -> int: ...
    @property
    def scheduled(self) -> int: ...
    @property
    def absent(self) -> int: ...
    @property
    def subject(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it is compared: missed when half of it or more was."""

    day: date
    start: int
    subject: str
    after_break: bool
    missed: bool

    @property
    def hour(self) -> int:
        return self.start // 60


@dataclass(frozen=True, slots=True)
class Pattern:
    """One comparison: missed of all there, and of all others; `chance` is that of so many or more by
    chance, corrected for all comparisons made. Of weekdays days are counted, else lessons.
    """

    kind: Kind
    key: str
    missed: int
    of: int
    others_missed: int
    others: int
    chance: Fraction


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the patterns beyond chance, and how many comparisons were made."""

    patterns: tuple[Pattern, ...]
    comparisons: int
    missed: int
    lessons: int

    @property
    def is_too_little(self) -> bool:
        return self.missed < FEWEST_MISSED


def lessons_of(timed: Iterable[Timed]) -> list[Lesson]:
    """Return the lessons day by day in order, each knowing whether a break came before it."""
    ordered = sorted((each for each in timed if each.scheduled), key=lambda t: (t.day, t.start))
    found: list[Lesson] = []
    for day, of_day in groupby(ordered, key=lambda each: each.day):
        ended: int | None = None
        for each in of_day:
            after = ended is not None and each.start - ended >= BREAK
            missed = each.absent * 2 >= each.scheduled
            found.append(Lesson(day, each.start, each.subject, after, missed))
            ended = max(ended or 0, each.start + each.scheduled)
    return found


def find(lessons: Sequence[Lesson]) -> Found:
    """Compare everything with the rest, and return what chance does not explain."""
    missed = sum(each.missed for each in lessons)
    if missed < FEWEST_MISSED:
        return Found((), 0, missed, len(lessons))
    compared = [*_weekdays(lessons), *_within_days(lessons)]
    stand = holm([each.chance for each in compared])
    kept = [replace(compared[place], chance=chance) for place, chance in stand]
    beyond = sorted(kept, key=lambda each: (each.chance, each.kind, each.key))
    return Found(tuple(beyond), len(compared), missed, len(lessons))


def holm(chances: Sequence[Fraction]) -> list[tuple[int, Fraction]]:
    """Return the places of those chances that stand after Holm's correction, each with the corrected
    one, the least likely first.
    """
    kept: list[tuple[int, Fraction]] = []
    worst = Fraction(0)
    ordered = sorted(enumerate(chances), key=lambda pair: pair[1])
    for before, (place, chance) in enumerate(ordered):
        worst = max(worst, min(Fraction(1), chance * (len(chances) - before)))
        if worst > LEVEL:
            break
        kept.append((place, worst))
    return kept


def _days(lessons: Sequence[Lesson]) -> list[list[Lesson]]:
    return [list(of_day) for _day, of_day in groupby(lessons, key=lambda each: each.day)]


def _weekdays(lessons: Sequence[Lesson]) -> list[Pattern]:
    """Compare the days of each weekday with the others: away is a day with half its lessons missed."""
    away = [
        (of_day[0].day.weekday(), sum(each.missed for each in of_day) * 2 >= len(of_day))
        for of_day in _days(lessons)
    ]
    total = sum(is_away for _weekday, is_away in away)
    found = []
    for weekday in sorted({weekday for weekday, _is_away in away}):
        own = [is_away for each, is_away in away if each == weekday]
        if len(own) < FEWEST_DAYS or len(own) == len(away):
            continue
        chance = upper_tail(convolved([(len(away), len(own), total)]), sum(own))
        found.append(
            Pattern(
                Kind.WEEKDAY, str(weekday), sum(own), len(own), total - sum(own),
                len(away) - len(own), chance,
            )
        )  # fmt: skip
    return found


def _within_days(lessons: Sequence[Lesson]) -> list[Pattern]:
    days = _days(lessons)
    subjects = sorted({each.subject for each in lessons if each.subject})
    hours = sorted({each.hour for each in lessons})
    keys = [
        *((Kind.SUBJECT, subject) for subject in subjects),
        *((Kind.HOUR, str(hour)) for hour in hours),
        (Kind.AFTER_BREAK, ""),
    ]
    found = (_compared(kind, key, days) for kind, key in keys)
    return [each for each in found if each is not None]


def _is(kind: Kind, key: str, lesson: Lesson) -> bool:
    if kind is Kind.SUBJECT:
        return lesson.subject == key
    return lesson.hour == int(key) if kind is Kind.HOUR else lesson.after_break


def _compared(kind: Kind, key: str, days: Sequence[Sequence[Lesson]]) -> Pattern | None:
    """Compare some lessons with the others of the same days, over all days."""
    parts, own, others = [], [0, 0], [0, 0]
    for of_day in days:
        there = [each for each in of_day if _is(kind, key, each)]
        missed, missed_there = sum(e.missed for e in of_day), sum(e.missed for e in there)
        own = [own[0] + missed_there, own[1] + len(there)]
        others = [others[0] + missed - missed_there, others[1] + len(of_day) - len(there)]
        parts.append((len(of_day), len(there), missed))
    if own[1] < FEWEST_LESSONS or not others[1]:
        return None
    chance = upper_tail(convolved(parts), own[0])
    return Pattern(kind, key, own[0], own[1], others[0], others[1], chance)


def convolved(parts: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return in how many ways chance gives 0, 1, 2 … missed there, over all days together.

    A part is a day: so many lessons, so many of them there, so many missed.
    """
    ways = [1]
    for lessons, there, missed in parts:
        own = [
            comb(there, k) * comb(lessons - there, missed - k)
            for k in range(min(there, missed) + 1)
        ]  # comb is nought where it cannot be
        summed = [0] * (len(ways) + len(own) - 1)
        for here, way in enumerate(ways):
            for more, times in enumerate(own):
                summed[here + more] += way * times
        ways = summed
    return ways


def upper_tail(ways: Sequence[int], least: int) -> Fraction:
    """Return the share of the ways with at least so many."""
    return Fraction(sum(ways[least:]), sum(ways))
