"""The register's rules: in versions from a day, and a round that was asked stays the round that it was."""

from datetime import date, timedelta

import pytest

from samnarvaro.cases.domain import rules as domain
from samnarvaro.cases.domain.rules import Fault, Rules

SHIPPED = Rules(first_day=date.min, weeks=(11, 41), decide_within=60)
FROM = date(2026, 11, 1)
NEW = Rules(first_day=FROM, weeks=(5, 20, 40), decide_within=45)
TODAY = date(2026, 10, 21)


@pytest.mark.parametrize(("day", "holds"), [(FROM - timedelta(days=1), SHIPPED), (FROM, NEW)])
def test_a_version_holds_from_its_first_day(day: date, holds: Rules) -> None:
    assert domain.rules_on(day, [SHIPPED, NEW]) == holds


@pytest.mark.parametrize(
    ("day", "key"),
    [
        # Week 40 had gone when the new rules came: it was never asked in, and 41 was.
        (date(2026, 11, 28), "2026-W41"),
        (date(2027, 1, 31), "2026-W41"),
        (date(2027, 2, 1), "2027-W05"),
        # Week 11 is not asked in any more.
        (date(2027, 3, 20), "2027-W05"),
    ],
)
def test_a_round_is_of_the_rules_of_its_monday(day: date, key: str) -> None:
    assert domain.round_on(day, [SHIPPED, NEW]) == key


def test_where_no_week_has_come_under_any_version_the_latest_of_todays_rules_is_meant() -> None:
    dodging = [
        Rules(first_day=first, weeks=(week,), decide_within=60)
        for first, week in (
            (date.min, 50), (date(2024, 1, 1), 52), (date(2024, 12, 1), 40), (date(2025, 9, 1), 30),
        )
    ]  # fmt: skip
    assert domain.round_on(date(2026, 2, 1), dodging) == "2025-W30"


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("11, 41", [11, 41]), ("41 11 11", [11, 41]), ("", []), ("elva", []), ("0, 53, 52", [52]),
    ],
)  # fmt: skip
def test_weeks_are_read_as_people_write_them(text: str, weeks: list[int]) -> None:
    assert domain.weeks_in(text) == weeks


@pytest.mark.parametrize(
    ("weeks", "days", "first", "faults"),
    [
        ([11], 14, TODAY + timedelta(days=1), []),
        ([11, 12, 13, 14, 15, 16], 180, TODAY + timedelta(days=1), []),
        ([1, 2, 3, 4, 5, 6, 7], 60, TODAY + timedelta(days=1), [Fault.TOO_MANY_WEEKS]),
        ([11], 13, TODAY + timedelta(days=1), [Fault.DAYS]),
        ([11], 181, TODAY + timedelta(days=1), [Fault.DAYS]),
        ([11], 60, TODAY, [Fault.FIRST_DAY_BEGUN]),
        ([11], 60, FROM, [Fault.FIRST_DAY_TAKEN]),
        ([], None, None, [Fault.WEEKS, Fault.DAYS, Fault.FIRST_DAY]),
    ],
)
def test_all_that_is_wrong_with_a_version_is_told_at_once(
    weeks: list[int], days: int | None, first: date | None, faults: list[Fault]
) -> None:
    assert domain.faults(weeks, days, first, taken=[FROM], on=TODAY) == faults
