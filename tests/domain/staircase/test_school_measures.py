"""What stops a measure of a school, and how far it has come on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samnarvaro.staircase.domain.school_measures import (
    FARTHEST_START,
    LONGEST_HOW,
    LONGEST_LINE,
    LONGEST_PERIOD,
    Fault,
    Outcome,
    Standing,
    Wanted,
    faults_at_end,
    faults_at_taking_back,
    faults_of,
    names_one_of,
    standing,
)
from samnarvaro.staircase.domain.tiers import Tier

TODAY = date(2026, 11, 20)
ONE_DAY = timedelta(days=1)
WHOLE = Wanted(
    tier=Tier.UNIVERSAL,
    what="Alla hälsar vid grinden.",
    aim="Att ingen är osedd.",
    owner=1,
    first_day=TODAY,
    last_day=TODAY + timedelta(days=42),
)


def test_one_that_is_whole_has_no_fault() -> None:
    assert faults_of(WHOLE, on=TODAY) == []


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert faults_of(Wanted(tier=Tier.TARGETED), on=TODAY) == [
        Fault.WHAT, Fault.AIM, Fault.OWNER, Fault.FIRST_DAY, Fault.LAST_DAY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("", [Fault.WHAT]),
        ("ab", [Fault.WHAT]),
        ("!!! 123", [Fault.WHAT]),
        ("abc", []),
        ("a" * LONGEST_LINE, []),
        ("a" * (LONGEST_LINE + 1), [Fault.WHAT_TOO_LONG]),
    ],
)
def test_what_is_done_has_words_and_fits_on_a_line(words: str, faults: list[Fault]) -> None:
    assert faults_of(replace(WHOLE, what=words), on=TODAY) == faults


def test_the_aim_is_a_line_too() -> None:
    assert faults_of(replace(WHOLE, aim="-"), on=TODAY) == [Fault.AIM]
    assert faults_of(replace(WHOLE, aim="a" * 201), on=TODAY) == [Fault.AIM_TOO_LONG]


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        (0, 0, []),  # one day is a period
        (1, 0, [Fault.LAST_DAY_TOO_EARLY]),
        (-30, 0, []),  # it has run since October, and ends today
        (-30, -1, [Fault.LAST_DAY_PAST]),
        (-FARTHEST_START, 30, []),
        (-FARTHEST_START - 1, 30, [Fault.FIRST_DAY_TOO_FAR]),
        (FARTHEST_START, FARTHEST_START + 1, []),
        (FARTHEST_START + 1, FARTHEST_START + 1, [Fault.FIRST_DAY_TOO_FAR]),
        (0, LONGEST_PERIOD, []),
        (0, LONGEST_PERIOD + 1, [Fault.LAST_DAY_TOO_LATE]),
    ],
)
def test_its_period_is_within_a_school_year(first: int, last: int, faults: list[Fault]) -> None:
    days = {"first_day": TODAY + first * ONE_DAY, "last_day": TODAY + last * ONE_DAY}
    assert faults_of(replace(WHOLE, **days), on=TODAY) == faults  # type: ignore[arg-type]  # two days


def test_days_that_it_has_already_are_not_asked_about_again() -> None:
    past = replace(WHOLE, first_day=TODAY - 400 * ONE_DAY, last_day=TODAY - ONE_DAY)
    assert faults_of(past, on=TODAY) == [Fault.FIRST_DAY_TOO_FAR, Fault.LAST_DAY_PAST]
    assert faults_of(replace(past, what="Andra ord."), on=TODAY, known=past) == []


def test_it_is_ended_in_words_and_once() -> None:
    assert faults_at_end(None, "", is_closed=False) == [Fault.OUTCOME, Fault.HOW]
    assert faults_at_end(Outcome.DONE, "bra", is_closed=False) == []
    assert faults_at_end(Outcome.DONE, "b" * LONGEST_HOW, is_closed=False) == []
    long = "b" * (LONGEST_HOW + 1)
    assert faults_at_end(Outcome.ENDED, long, is_closed=False) == [Fault.HOW_TOO_LONG]
    assert faults_at_end(Outcome.DONE, "bra", is_closed=True) == [Fault.CLOSED_ALREADY]


@pytest.mark.parametrize(
    ("begins", "chosen", "faults"),
    [
        (1, -9, []),  # it has not begun
        (0, -9, [Fault.BEGUN_ALREADY]),
        (-30, 0, []),  # chosen today: a slip
        (-30, -1, [Fault.BEGUN_ALREADY]),
    ],
)
def test_only_a_slip_is_taken_back(begins: int, chosen: int, faults: list[Fault]) -> None:
    told = faults_at_taking_back(
        first_day=TODAY + begins * ONE_DAY,
        chosen_on=TODAY + chosen * ONE_DAY,
        is_closed=False,
        on=TODAY,
    )
    assert told == faults


@pytest.mark.parametrize(
    ("days", "outcome", "stands"),
    [
        (-1, None, Standing.COMING),
        (0, None, Standing.RUNNING),
        (42, None, Standing.RUNNING),
        (43, None, Standing.OVER),
        (43, Outcome.DONE, Standing.DONE),
        (3, Outcome.ENDED, Standing.ENDED),
    ],
)
def test_how_far_it_has_come(days: int, outcome: Outcome | None, stands: Standing) -> None:
    first, last = TODAY, TODAY + 42 * ONE_DAY
    assert standing(first, last, outcome, on=TODAY + days * ONE_DAY) is stands


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Möt Saga Lind vid grinden", True),
        ("möt SAGA  LIND, varje dag", True),
        ("Läs sagan om linden", False),
        ("Möt Saga vid grinden", False),  # a given name may be anybody's
        ("Saga Lindström är ny", False),
    ],
)
def test_the_whole_name_of_a_pupil_is_seen(text: str, names: bool) -> None:
    assert names_one_of(text, ["Saga Lind", "", "Noor Haddad"]) is names
