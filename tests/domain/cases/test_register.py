"""The absence register: its rounds by the week, and what is late, just before, on and after its day."""

from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.cases.domain import register as domain
from samnarvaro.cases.domain import rules
from samnarvaro.cases.domain.investigation import State
from samnarvaro.cases.domain.register import Entry, Late
from samnarvaro.cases.domain.rules import Rules

SHIPPED = Rules(first_day=date.min, weeks=(11, 41), decide_within=60)
MONDAY = date(2026, 10, 5)  # of week 41


def entry(**given: Any) -> Entry:
    facts: dict[str, Any] = {
        "state": State.DECIDED, "reported_on": date(2026, 9, 1), "look_on": None,
        "answered": frozenset({"2026-W41", "2026-W11"}),
    }  # fmt: skip
    return Entry(**facts | given)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 3, 8), "2025-W41"),
        (date(2026, 3, 9), "2026-W11"),
        (MONDAY - timedelta(days=1), "2026-W11"),
        (MONDAY, "2026-W41"),
        (date(2027, 1, 2), "2026-W41"),
    ],
)
def test_a_round_goes_on_until_the_next_begins(day: date, key: str) -> None:
    assert rules.round_on(day, [SHIPPED]) == key


def test_a_round_begins_on_its_monday_and_is_to_be_answered_that_week() -> None:
    assert domain.begins("2026-W41") == MONDAY
    assert domain.ends("2026-W41") == date(2026, 10, 11)


@pytest.mark.parametrize(
    ("reported", "asked"), [(MONDAY, True), (MONDAY + timedelta(days=1), False)]
)
def test_a_round_asks_of_what_was_there_when_it_began(
    reported: date, asked: bool
) -> None:  # a case of the table
    assert domain.asks(entry(reported_on=reported, answered=frozenset()), "2026-W41") is asked


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 10, 11), []), (date(2026, 10, 12), [Late.ROUND])]
)
def test_an_answer_is_late_when_its_week_is_over(day: date, late: list[Late]) -> None:
    assert domain.late(entry(answered=frozenset()), on=day, versions=[SHIPPED]) == late


@pytest.mark.parametrize(("days", "late"), [(60, []), (61, [Late.DECISION])])
def test_a_decision_is_late_after_sixty_days(days: int, late: list[Late]) -> None:
    day = date(2026, 9, 1) + timedelta(days=days)
    assert domain.late(entry(state=State.OPEN), on=day, versions=[SHIPPED]) == late


@pytest.mark.parametrize(("days", "late"), [(0, []), (1, [Late.FOLLOW_UP])])
def test_a_follow_up_is_late_the_day_after_its_day(days: int, late: list[Late]) -> None:
    assert (
        domain.late(entry(look_on=MONDAY), on=MONDAY + timedelta(days=days), versions=[SHIPPED])
        == late
    )


def test_another_home_municipality_is_late_until_it_is_told() -> None:
    assert domain.late(entry(must_tell_home=True), on=MONDAY, versions=[SHIPPED]) == [Late.HOME]
    assert (
        domain.late(entry(must_tell_home=True, home_told=True), on=MONDAY, versions=[SHIPPED]) == []
    )


def test_nothing_is_late_with_what_is_closed() -> None:
    old = entry(state=State.CLOSED, look_on=date(2026, 9, 2), answered=frozenset())
    assert domain.late(old, on=date(2027, 1, 1), versions=[SHIPPED]) == []


def test_a_decision_is_late_by_the_rules_of_the_day_of_its_report() -> None:
    shorter = Rules(first_day=date(2026, 9, 2), weeks=(41,), decide_within=30)
    day = date(2026, 9, 1) + timedelta(days=60)
    versions = [SHIPPED, shorter]
    assert domain.late(entry(state=State.OPEN), on=day, versions=versions) == []
    after = entry(state=State.OPEN, reported_on=date(2026, 9, 2))
    assert domain.late(after, on=day, versions=versions) == [Late.DECISION]
