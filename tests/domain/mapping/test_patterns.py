"""A planted pattern is found; of pupils who miss at random at most the promised share is told of any."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from samnarvaro.mapping.domain.patterns import (
    LEVEL,
    Found,
    Kind,
    Lesson,
    convolved,
    find,
    lessons_of,
    upper_tail,
)

MONDAY = date(2026, 9, 7)
DAYS = [MONDAY + timedelta(days=n) for n in range(60) if (MONDAY + timedelta(days=n)).weekday() < 5]
SUBJECTS = ("MA", "SV", "EN", "IDH", "NO", "SO", "BL")
STARTS = ((490, 60), (560, 60), (660, 50), (720, 60), (790, 50))  # a long break before the third


@dataclass(frozen=True)
class Mark:
    day: date
    start: int
    scheduled: int
    absent: int
    subject: str


def term(missed: dict[tuple[date, int], bool]) -> list[Lesson]:
    """Five lessons a day; the subjects turn, so that each has its days and hours."""
    return lessons_of(
        Mark(
            day, start, long, long if missed.get((day, place)) else 0,
            SUBJECTS[(number * 5 + place) % len(SUBJECTS)],
        )
        for number, day in enumerate(DAYS)
        for place, (start, long) in enumerate(STARTS)
    )  # fmt: skip


def planted(is_missed: Callable[[date, int], bool]) -> Found:
    return find(term({(day, place): is_missed(day, place) for day in DAYS for place in range(5)}))


def test_the_exact_chance_is_reckoned_by_hand() -> None:
    """Of two days with three lessons, one of them there and one missed: both there is 1/3 · 1/3."""
    ways = convolved([(3, 1, 1), (3, 1, 1)])

    assert ways == [4, 4, 1]
    assert upper_tail(ways, 2) == Fraction(1, 9)
    assert upper_tail(ways, 1) == Fraction(5, 9)
    assert upper_tail(ways, 0) == 1


def test_tea_tasted_right_four_times_of_four_is_chance_once_in_seventy() -> None:
    assert upper_tail(convolved([(8, 4, 4)]), 4) == Fraction(1, 70)


def test_a_day_missed_as_a_whole_says_nothing_of_a_subject() -> None:
    ways = convolved([(5, 1, 5)])

    assert upper_tail(ways, 1) == 1


def test_mondays_away_are_found_and_nothing_else() -> None:
    found = planted(lambda day, _place: day.weekday() == 0)

    assert [(each.kind, each.key, each.missed, each.of) for each in found.patterns] == [
        (Kind.WEEKDAY, "0", 9, 9)
    ]


def test_a_subject_that_is_avoided_is_found_first() -> None:
    number = {day: n for n, day in enumerate(DAYS)}
    found = planted(lambda day, place: SUBJECTS[(number[day] * 5 + place) % 7] == "IDH")

    first = found.patterns[0]
    assert (first.kind, first.key) == (Kind.SUBJECT, "IDH")
    assert first.missed == first.of
    assert first.others_missed == 0
    assert first.chance < Fraction(1, 1000)


def test_lessons_after_a_long_break_are_found() -> None:
    found = planted(lambda day, place: place == 2 and day.day % 2 == 0)

    assert Kind.AFTER_BREAK in {each.kind for each in found.patterns}


@pytest.mark.parametrize(("missed", "too_little"), [(4, True), (5, False)])
def test_with_too_little_missed_nothing_is_looked_for(missed: int, too_little: bool) -> None:
    found = find(term({(day, 0): True for day in DAYS[:missed]}))

    assert found.is_too_little is too_little
    assert bool(found.comparisons) is not too_little


@pytest.mark.parametrize(("gap", "after"), [(19, False), (20, True)])
def test_a_break_is_twenty_minutes_without_a_lesson(gap: int, after: bool) -> None:
    first = Mark(MONDAY, 480, 60, 0, "MA")
    second = Mark(MONDAY, 540 + gap, 60, 0, "SV")

    assert [each.after_break for each in lessons_of([second, first])] == [False, after]


@pytest.mark.parametrize(("absent", "missed"), [(29, False), (30, True)])
def test_a_lesson_is_missed_when_half_of_it_is(absent: int, missed: bool) -> None:
    assert lessons_of([Mark(MONDAY, 480, 60, absent, "MA")])[0].missed is missed


def test_of_a_thousand_pupils_who_miss_at_random_at_most_the_promised_share_is_told_of_a_pattern() -> (
    None
):
    """Half of them miss single lessons, half are away whole days as well; all without a pattern."""
    chance = Random(20261128)
    alarms = 0
    for number in range(1000):
        share, away = chance.uniform(0.03, 0.3), (0.12 if number % 2 else 0.0)
        missed = {}
        for day in DAYS:
            whole = chance.random() < away
            for place in range(5):
                missed[day, place] = whole or chance.random() < share
        alarms += bool(find(term(missed)).patterns)

    assert alarms <= LEVEL * 1000, alarms
