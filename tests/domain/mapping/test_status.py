"""What the marks suggest, just under and at each limit; what stops a status from being set."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from samnarvaro.mapping.domain.status import (
    Facts,
    Fault,
    Occasion,
    Status,
    Told,
    facts_of,
    faults,
    suggest,
)

DAY = date(2026, 10, 21)
CALM = Facts(days=20, whole=0, scheduled=6000, absent=0, late=0, run=0)


@dataclass(frozen=True)
class Day:
    scheduled: int
    absent: int
    late: int = 0


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.POSITIVE),
        ({"late": 3}, Status.POSITIVE),
        ({"late": 4}, Status.LATE),
        ({"absent": 599}, Status.POSITIVE),
        ({"absent": 600}, Status.PERIODS),
        ({"absent": 601, "late": 9}, Status.PERIODS),
        ({"absent": 900, "whole": 3}, Status.PERIODS),
        ({"absent": 1200, "whole": 4}, Status.REPEATED),
        ({"absent": 1200, "whole": 4, "run": 4}, Status.REPEATED),
        ({"absent": 1500, "whole": 5, "run": 5}, Status.TOTAL_LIMITED),
        ({"absent": 5700, "whole": 19, "run": 19}, Status.TOTAL_LIMITED),
        ({"absent": 6000, "whole": 20, "run": 20}, Status.TOTAL_LONG),
    ],
)
def test_the_marks_suggest_one_or_four_to_eight(facts: dict[str, int], status: Status) -> None:
    found = suggest(replace(CALM, **facts))

    assert found
    assert found.status is status


def test_two_and_three_are_never_suggested_for_only_people_see_them() -> None:
    assert {
        found.status
        for absent in range(0, 6001, 50)
        for late in (0, 4)
        for whole in (0, 4)
        for run in (0, 5, 20)
        if (found := suggest(Facts(20, whole, 6000, absent, late, run)))
    } == set(Status) - {Status.WITH_STRESS, Status.AVOIDING}


@pytest.mark.parametrize(
    ("days", "run", "has"), [(9, 0, False), (10, 0, True), (6, 4, False), (6, 5, True)]
)
def test_too_few_days_suggest_nothing_unless_all_of_them_are_missed(
    days: int, run: int, has: bool
) -> None:
    assert (suggest(replace(CALM, days=days, run=run)) is not None) is has


def test_days_without_lessons_that_count_are_no_days() -> None:
    days = [Day(300, 300), Day(300, 299, 1), Day(0, 0, 2)]  # the last counts for nothing

    assert facts_of(days, run=0) == Facts(2, 1, 600, 599, 1, 0)


@pytest.mark.parametrize(
    ("back", "found"),
    [(-1, [Fault.DAY_LATER]), (0, []), (90, []), (91, [Fault.DAY_TOO_OLD])],
)
def test_a_status_is_of_today_or_some_weeks_back(back: int, found: list[Fault]) -> None:
    told = Told(
        status=Status.LATE, occasion=Occasion.INTAKE, set_on=DAY - timedelta(days=back)
    )  # fmt: skip
    assert faults(told, on=DAY) == found


def test_all_that_is_missing_is_told_at_once() -> None:
    told = Told(status=None, occasion=None, set_on=None, words="a" * 401)

    assert faults(told, on=DAY) == [
        Fault.STATUS, Fault.OCCASION, Fault.DAY, Fault.WORDS_TOO_LONG,
    ]  # fmt: skip
