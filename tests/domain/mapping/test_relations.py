"""For whom a trusted adult is lacking, what changes between two rounds, and what stops a round."""

from datetime import date, timedelta

import pytest

from samnarvaro.mapping.domain.relations import (
    LONGEST_AHEAD,
    LONGEST_NAME,
    MOST_ADULTS,
    Contact,
    Fault,
    Row,
    compared,
    faults_of_contact,
    faults_of_round,
)

TODAY = date(2026, 10, 21)
MENTOR, TEACHER = 1, 2


def row(pupil: int, *said: Contact, says: bool | None = None) -> Row:
    return Row(pupil, dict(enumerate(said, start=MENTOR)), says)


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ((), True),
        ((Contact.NONE, Contact.NAME), True),
        ((Contact.TALKS, Contact.TALKS), True),
        ((Contact.NONE, Contact.TRUST), False),
    ],
)
def test_an_adult_is_lacking_where_none_has_said_trust(
    said: tuple[Contact, ...], lacks: bool
) -> None:
    assert row(7, *said).lacks is lacks


@pytest.mark.parametrize(("says", "lacks"), [(True, False), (False, True)])
def test_what_the_pupil_says_goes_before_what_adults_think(says: bool, lacks: bool) -> None:
    assert row(7, Contact.TRUST, says=says).lacks is lacks
    assert row(7, Contact.NAME, says=says).lacks is lacks


def test_two_rounds_are_laid_beside_each_other_for_those_who_are_in_both() -> None:
    """Of four then, one has left; of those who stayed one has got an adult and one has lost it."""
    former = [row(1), row(2, Contact.TRUST), row(3), row(4)]
    now = [row(1, Contact.TRUST), row(2, Contact.TALKS), row(3), row(5)]

    found = compared(former, now)

    assert (found.before, found.now) == (2, 2)
    assert (found.gained, found.lost) == ((1,), (2,))


def test_a_round_needs_an_adult() -> None:
    assert faults_of_round([], [], goes_on=False) == [Fault.ADULTS]
    assert faults_of_round([MENTOR], [], goes_on=False) == []
    assert faults_of_round([], ["skolvärd"], goes_on=False) == []


@pytest.mark.parametrize(("over", "faults"), [(-1, []), (0, []), (1, [Fault.ADULTS_TOO_MANY])])
def test_a_round_has_room_for_so_many(over: int, faults: list[Fault]) -> None:
    staff = list(range(MOST_ADULTS - 1 + over))

    assert faults_of_round(staff, ["skolvärd"], goes_on=False) == faults


@pytest.mark.parametrize(("over", "faults"), [(-1, []), (0, []), (1, [Fault.NAME_TOO_LONG])])
def test_a_function_is_a_word_or_two(over: int, faults: list[Fault]) -> None:
    assert faults_of_round([], ["x" * (LONGEST_NAME + over)], goes_on=False) == faults


def test_all_that_stops_a_round_is_told_at_once() -> None:
    assert faults_of_round([], [], goes_on=True) == [Fault.GOES_ON, Fault.ADULTS]


@pytest.mark.parametrize(
    ("ahead", "faults"),
    [
        (-1, [Fault.DAY_PAST]),
        (0, []),
        (1, []),
        (LONGEST_AHEAD - 1, []),
        (LONGEST_AHEAD, []),
        (LONGEST_AHEAD + 1, [Fault.DAY_TOO_LATE]),
    ],
)
def test_a_contact_is_taken_soon(ahead: int, faults: list[Fault]) -> None:
    day = TODAY + timedelta(days=ahead)

    assert faults_of_contact(day, on=TODAY, is_given=False) == faults


def test_a_contact_has_a_day_and_is_given_once() -> None:
    assert faults_of_contact(None, on=TODAY, is_given=False) == [Fault.DAY]
    assert faults_of_contact(TODAY, on=TODAY, is_given=True) == [Fault.ASKED_ALREADY]
