"""What an early measure has to tell when it begins and when it ends."""

from datetime import date, timedelta

import pytest

from samnarvaro.followup.domain.measures import Fault, Outcome, faults_at_end, faults_at_start

FRIDAY = date(2026, 10, 23)
NEXT = FRIDAY + timedelta(days=14)


@pytest.mark.parametrize(
    ("what", "faults"),
    [
        ("", [Fault.WHAT]),
        ("ok", [Fault.WHAT]),
        ("åka", []),
        ("å" * 200, []),
        ("å" * 201, [Fault.WHAT_TOO_LONG]),
    ],
)
def test_one_line_says_what(what: str, faults: list[Fault]) -> None:
    assert faults_at_start(what, FRIDAY, NEXT, on=FRIDAY) == faults


@pytest.mark.parametrize(
    ("days", "faults"),
    [
        (None, [Fault.FIRST_DAY]),
        (-31, [Fault.FIRST_DAY_TOO_FAR]),
        (-30, []),
        (0, []),
    ],
)
def test_the_first_day_is_near(days: int | None, faults: list[Fault]) -> None:
    first = None if days is None else FRIDAY + timedelta(days=days)

    assert faults_at_start("möter vid grinden", first, NEXT, on=FRIDAY) == faults


@pytest.mark.parametrize(
    ("days", "faults"),
    [
        (None, [Fault.LOOK_ON]),
        (0, [Fault.LOOK_ON_TOO_SOON]),
        (1, []),
        (90, []),
        (91, [Fault.LOOK_ON_TOO_LATE]),
    ],
)
def test_it_is_looked_at_again_ahead_and_not_too_far(days: int | None, faults: list[Fault]) -> None:
    look = None if days is None else FRIDAY + timedelta(days=days)

    assert faults_at_start("möter vid grinden", FRIDAY, look, on=FRIDAY) == faults


def test_it_is_looked_at_after_it_has_begun() -> None:
    begins = FRIDAY + timedelta(days=10)

    for days, faults in ((10, [Fault.LOOK_ON_TOO_SOON]), (11, [])):
        look = FRIDAY + timedelta(days=days)
        assert faults_at_start("möter vid grinden", begins, look, on=FRIDAY) == faults


def test_it_ends_with_how_it_went() -> None:
    assert faults_at_end(Outcome.BETTER, "skönt med sällskap", is_closed=False) == []
    assert faults_at_end(None, "", is_closed=True) == [
        Fault.CLOSED_ALREADY, Fault.OUTCOME, Fault.HOW,
    ]  # fmt: skip
    assert faults_at_end(Outcome.WORSE, "å" * 2001, is_closed=False) == [Fault.HOW_TOO_LONG]
