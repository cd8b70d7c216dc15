"""A pattern planted in a class is found; of classes that miss at random at most the promised share is told of any."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from samnarvaro.mapping.domain.class_patterns import ClassFound, Together, chance_of, find, ways_to
from samnarvaro.mapping.domain.patterns import LEVEL, Kind, Lesson, lessons_of

MONDAY = date(2026, 9, 7)
DAYS = [MONDAY + timedelta(days=n) for n in range(60) if (MONDAY + timedelta(days=n)).weekday() < 5]
NUMBER = {day: number for number, day in enumerate(DAYS)}
SUBJECTS = ("MA", "SV", "EN", "IDH", "NO", "SO", "BL")
STARTS = ((490, 60), (560, 60), (660, 50), (720, 60), (790, 50))  # a long break before the third

Missed = Callable[[int, date, int], bool]
Has = Callable[[int, date, int], bool]


@dataclass(frozen=True)
class Mark:
    day: date
    start: int
    scheduled: int
    absent: int
    subject: str


def subject(day: date, place: int) -> str:
    """The subjects turn, so that each has its days and hours."""
    return SUBJECTS[(NUMBER[day] * 5 + place) % len(SUBJECTS)]


def class_of(
    pupils: int, is_missed: Missed, days: list[date] = DAYS, has: Has = lambda *_: True
) -> ClassFound:
    return find(
        {
            pupil: lessons_of(
                Mark(day, start, long, long * is_missed(pupil, day, place), subject(day, place))
                for day in days
                for place, (start, long) in enumerate(STARTS)
                if has(pupil, day, place)
            )
            for pupil in range(pupils)
        }
    )


def test_the_exact_chance_is_reckoned_by_hand() -> None:
    """Mathematics first on two days of three lessons: 2, 0, 0 and 1, 1, 0 missed. Chance picks 2 once
    in three, and 1 twice in three: 3 or more has the chance 1/3 · 2/3.
    """
    parts = [((2, 0, 0), 1), ((1, 1, 0), 1)]

    assert chance_of(parts, 3) == Fraction(2, 9)
    assert chance_of(parts, 2) == Fraction(1, 3)
    assert chance_of(parts, 1) == Fraction(7, 9)
    assert chance_of(parts, 0) == 1


def test_folded_together_is_the_same_as_every_way_one_by_one() -> None:
    chance = Random(7)
    for _case in range(40):
        parts = [
            (tuple(chance.randrange(4) for _lesson in range(size)), chance.randrange(size + 1))
            for size in (chance.randrange(1, 5) for _day in range(4))
        ]
        ways = [
            sum(map(sum, way))
            for way in product(*(list(combinations(many, picks)) for many, picks in parts))
        ]
        for least in range(max(ways) + 1):
            share = Fraction(sum(each >= least for each in ways), len(ways))
            assert chance_of(parts, least) == share, (parts, least)


def test_the_ways_to_each_sum_are_counted() -> None:
    assert dict(ways_to((0, 1, 1), 2)) == {1: 2, 2: 1}


def some_avoid(pupil: int, day: date, place: int) -> bool:
    """Six of twelve miss every second lesson of one subject; all miss a lesson now and then."""
    avoids = pupil < 6 and subject(day, place) == "MA" and (pupil + day.day) % 2 == 0
    return avoids or (pupil * 7 + day.day * 3 + place * 5) % 23 == 0


def test_a_subject_that_several_avoid_is_found_with_what_chance_would_have() -> None:
    found = class_of(12, some_avoid)

    first = found.patterns[0]
    assert (first.kind, first.key) == (Kind.SUBJECT, "MA")
    assert first.missed > 3 * first.expected
    assert first.chance < Fraction(1, 1000)
    assert {each.key for each in found.patterns if each.kind is Kind.SUBJECT} == {"MA"}


def test_what_is_expected_is_reckoned_by_the_days() -> None:
    """Five are away the first lesson on ten days, in turn: by chance a fifth of it falls on it."""
    found = class_of(5, lambda pupil, day, place: place == 0 and NUMBER[day] % 5 == pupil)

    of_hour = next(each for each in found.patterns if each.kind is Kind.HOUR)
    assert of_hour.key == "8"
    assert of_hour.missed == len(DAYS)
    assert of_hour.expected == Fraction(len(DAYS), 5)
    assert of_hour.of == len(DAYS) * 5


def test_mondays_that_several_are_away_are_found_by_days() -> None:
    found = class_of(
        8, lambda pupil, day, _place: day.weekday() == 0 and (pupil + day.day // 7) % 3 == 0
    )

    assert [(each.kind, each.key) for each in found.patterns] == [(Kind.WEEKDAY, "0")]
    assert found.patterns[0].of == 8 * 9


def test_what_one_pupil_alone_avoids_is_no_pattern_of_the_class() -> None:
    """The others miss a lesson now and then, but nothing more of mathematics."""

    def missed(pupil: int, day: date, place: int) -> bool:
        if pupil == 0:
            return subject(day, place) == "MA"
        return (pupil * 5 + NUMBER[day] * 5 + place) % 31 == 0

    assert not [each for each in class_of(10, missed).patterns if each.kind is Kind.SUBJECT]


def test_divided_lessons_are_compared_with_those_of_the_whole_class() -> None:
    """On every day the last lesson is one half's or the other's, and several stay away from it."""
    found = class_of(
        10,
        lambda pupil, day, place: place == 4 and (pupil + NUMBER[day]) % 3 == 0,
        has=lambda pupil, day, place: place < 4 or pupil % 2 == NUMBER[day] % 2,
    )

    assert Kind.DIVIDED in {each.kind for each in found.patterns}


@pytest.mark.parametrize(("pupils", "is_too_small"), [(4, True), (5, False), (6, False)])
def test_of_fewer_than_five_pupils_nothing_is_said(pupils: int, is_too_small: bool) -> None:
    found = class_of(pupils, lambda _pupil, day, _place: day.weekday() == 0)

    assert found.is_too_small is is_too_small
    assert not found.patterns
    assert bool(found.together) is not is_too_small


@pytest.mark.parametrize(("missed", "too_little"), [(9, True), (10, False), (11, False)])
def test_with_too_little_missed_nothing_is_looked_for(missed: int, too_little: bool) -> None:
    found = class_of(6, lambda pupil, day, place: pupil == place == 0 and day in DAYS[:missed])

    assert found.is_too_little is too_little
    assert bool(found.comparisons) is not too_little


@pytest.mark.parametrize(("away", "is_together"), [(3, False), (4, True)])
def test_what_more_than_half_missed_befell_the_class(away: int, is_together: bool) -> None:
    """Of six: three are not more than half."""
    found = class_of(6, lambda pupil, day, place: pupil < away and day == MONDAY and place == 0)

    told = (Together(MONDAY, 490, "MA", 4, 6),) if is_together else ()
    assert found.together == told
    assert found.missed == (0 if is_together else away)


def test_a_lesson_the_class_misses_every_week_is_told_as_that_and_as_no_pattern() -> None:
    found = class_of(8, lambda pupil, day, place: pupil < 6 and day.weekday() == 2 and place == 1)

    assert len(found.together) == 9
    assert not found.patterns


@pytest.mark.parametrize(("weeks", "is_compared"), [(3, False), (4, True), (5, True)])
def test_a_weekday_is_compared_when_it_has_been_four_times(weeks: int, is_compared: bool) -> None:
    """Two of six are away on Mondays, in turn; only Monday comes that seldom."""
    days = [day for day in DAYS if day.weekday() or day < MONDAY + timedelta(weeks=weeks)]
    found = class_of(
        6, lambda pupil, day, _place: day.weekday() == 0 and (pupil + day.day // 7) % 3 == 0, days
    )
    every = class_of(6, lambda pupil, day, _place: (pupil + day.toordinal()) % 6 == 0, days)

    assert bool(found.patterns) is is_compared
    assert (
        every.comparisons == 4 + is_compared + 7 + 5 + 1
    )  # weekdays, subjects, hours, after a break


@pytest.mark.parametrize(("times", "is_compared"), [(5, False), (6, True), (7, True)])
def test_a_lesson_is_compared_when_there_have_been_six(times: int, is_compared: bool) -> None:
    """The last lesson of the day, alone in its hour, is held so many times."""
    found = class_of(
        6,
        lambda pupil, day, place: (pupil + day.toordinal() + place) % 6 == 0,
        has=lambda _pupil, day, place: place < 4 or day in DAYS[:times],
    )

    assert found.comparisons == 5 + 7 + 4 + is_compared + 1


def at_random(chance: Random, pupils: int, number: int) -> Missed:
    """Pupils who miss different amounts: single lessons, whole days, spells of illness, lessons with
    a friend, and now and then one that the class misses; all without a pattern.
    """
    away: set[tuple[int, date, int]] = set()
    for pupil in range(pupils):
        share = chance.choice((0.01, 0.03, 0.05, 0.15))
        ill_until = -1
        for place_of_day, day in enumerate(DAYS):
            if chance.random() < (0.02 if number % 2 else 0.05):
                ill_until = place_of_day + chance.randrange(3)
            for place in range(5):
                if place_of_day <= ill_until or chance.random() < share:
                    away.add((pupil, day, place))
    for _time in range(8):  # some go together
        day, place = chance.choice(DAYS), chance.randrange(5)
        away |= {(pupil, day, place) for pupil in chance.sample(range(pupils), 4)}
    for _time in range(3):  # and some lessons are missed by most
        day, place = chance.choice(DAYS), chance.randrange(5)
        away |= {(pupil, day, place) for pupil in range(pupils - 2)}
    return lambda pupil, day, place: (pupil, day, place) in away


def test_of_five_hundred_classes_that_miss_at_random_at_most_the_promised_share_is_told_of_a_pattern() -> (
    None
):
    chance = Random(20261128)
    week = lessons_of(
        Mark(day, start, long, 0, subject(day, place))
        for day in DAYS
        for place, (start, long) in enumerate(STARTS)
    )
    alarms = 0
    for number in range(500):
        missed = at_random(chance, 8, number)
        found = find(
            {
                pupil: [
                    Lesson(
                        each.day, each.start, each.subject, each.after_break,
                        missed=missed(pupil, each.day, at % len(STARTS)),
                    )
                    for at, each in enumerate(week)
                ]
                for pupil in range(8)
            }
        )  # fmt: skip
        alarms += bool(found.patterns)

    assert alarms <= LEVEL * 500, alarms
