"""A relation suits its role, ends with the school year, and nobody gives one to itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from samnarvaro.consents.domain.relations import (
    GIVEN,
    SUITS,
    Breaking,
    Granting,
    Kind,
    NotBroken,
    NotGranted,
    against,
    against_breaking,
    closes,
    last_day_possible,
)  # fmt: skip
from samnarvaro.kernel.access import Role

FINE = Granting(
    kind=Kind.HANDLER,
    person=1,
    giver=2,
    giver_role=Role.UNIT_HEAD,
    zone="social:9999",
    giver_zone="social:9999",
    roles=frozenset({Role.SCHOOL_SOCIAL_WORKER}),
    protected=False,
    already=False,
    first_day=date(2026, 11, 27),
    last_day=date(2027, 6, 30),
)


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 6, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2027, 1, 1), date(2027, 6, 30)),
    ],
)
def test_a_relation_ends_with_the_school_year(on: date, end: date) -> None:
    assert last_day_possible(on) == end


def test_a_chief_gives_a_suitable_person_of_its_own_zone_a_relation() -> None:
    assert against(FINE) == []
    assert against(replace(FINE, giver=None, giver_role=None, giver_zone="system")) == []
    assert against(replace(FINE, last_day=FINE.first_day)) == []


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"giver": 1}, NotGranted.TO_ONESELF),
        ({"giver_role": Role.SYSTEM_ADMINISTRATOR}, NotGranted.NOT_A_GIVER),
        ({"giver_role": Role.SCHOOL_SOCIAL_WORKER}, NotGranted.NOT_A_GIVER),
        ({"giver_zone": "school:9999"}, NotGranted.OTHER_ZONE),
        ({"roles": frozenset({Role.UNIT_HEAD})}, NotGranted.NO_SUITABLE_DUTY),
        ({"roles": frozenset()}, NotGranted.NO_SUITABLE_DUTY),
        ({"protected": True}, NotGranted.PROTECTED),
        ({"last_day": date(2026, 11, 26)}, NotGranted.ENDS_BEFORE_IT_BEGINS),
        ({"last_day": date(2027, 7, 1)}, NotGranted.LASTS_TOO_LONG),
        ({"already": True}, NotGranted.ALREADY),
    ],
)
def test_a_relation_is_refused_for_each_reason(but: dict[str, object], reason: NotGranted) -> None:
    assert against(replace(FINE, **but)) == [reason]  # type: ignore[arg-type]  # by name


def test_all_reasons_are_told_at_once() -> None:
    bad = replace(FINE, giver=1, protected=True, already=True)

    assert against(bad) == [NotGranted.TO_ONESELF, NotGranted.PROTECTED, NotGranted.ALREADY]


def test_every_kind_that_is_given_suits_somebody_and_the_glass_nobody() -> None:
    assert all(SUITS[kind] for kind in GIVEN)
    assert Kind.GLASS not in GIVEN


WANTED = Breaking(
    same_zone=True, words="x" * 30, broken_today=2, signed_in_anew=True, stands_open=False
)


def test_the_glass_breaks_for_who_says_why_and_has_signed_in_anew() -> None:
    assert against_breaking(WANTED) == []


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"same_zone": False}, NotBroken.OTHER_ZONE),
        ({"words": " " * 9 + "x" * 29 + " " * 9}, NotBroken.TOO_SHORT),
        ({"broken_today": 3}, NotBroken.TOO_MANY_TODAY),
        ({"signed_in_anew": False}, NotBroken.NOT_SIGNED_IN_ANEW),
        ({"stands_open": True}, NotBroken.STANDS_OPEN),
    ],
)
def test_the_glass_stays_whole_for_each_reason(but: dict[str, object], reason: NotBroken) -> None:
    assert against_breaking(replace(WANTED, **but)) == [reason]  # type: ignore[arg-type]  # by name


def test_a_glass_closes_three_hours_later_over_the_end_of_summer_time_too() -> None:
    at = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)

    assert closes(at) - at == timedelta(hours=3)
