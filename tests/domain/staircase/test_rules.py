"""The city model's thresholds, in the words of docs/domain/staircase.md."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import samnarvaro.staircase
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.reading import NotARuleSet, rule_set_of
from samnarvaro.staircase.domain.rules import (
    Facts,
    ShareRule,
    Standing,
    Verdict,
    ends,
    highest,
    signals,
    standing,
)

DATA: dict[str, Any] = json.loads(
    (Path(samnarvaro.staircase.__path__[0]) / "data" / "city.json").read_text()
)
CITY = rule_set_of(DATA)
MONTH_10, MONTHS_20, MONTH_40 = CITY.shares
FRIDAY = date(2026, 11, 20)


def levels(month: tuple[int, int], two_months: tuple[int, int]) -> list[str]:
    of_days = {30: Absence(*month), 60: Absence(*two_months)}
    return [
        signal.rule.key for _, signal in sorted(signals(CITY.rules, Facts(FRIDAY, of_days)).items())
    ]


@pytest.mark.parametrize(
    ("absent", "found"),
    [
        (0, []),
        (149, []),
        (150, []),  # exactly 10 %: "more than 10 %" is not reached
        (151, ["month-over-10"]),
        (299, ["month-over-10"]),
    ],
)
def test_the_mentor_acts_when_absence_is_more_than_ten_percent_in_a_month(
    absent: int, found: list[str]
) -> None:
    assert levels((1500, absent), (3000, 300)) == found


@pytest.mark.parametrize(
    ("absent", "found"), [(599, []), (600, ["two-months-20"]), (601, ["two-months-20"])]
)
def test_the_principal_acts_from_twenty_percent_in_two_months(
    absent: int, found: list[str]
) -> None:
    assert levels((1500, 100), (3000, absent)) == found


@pytest.mark.parametrize(("absent", "reached"), [(599, False), (600, True), (601, True)])
def test_the_principal_acts_from_forty_percent_in_a_month(absent: int, reached: bool) -> None:
    assert ("month-40" in levels((1500, absent), (6000, 600))) is reached


def test_forty_percent_in_a_month_goes_before_twenty_in_two_when_both_hold() -> None:
    assert levels((1500, 900), (3000, 900)) == ["month-over-10", "month-40"]


def test_a_share_is_never_rounded() -> None:
    # 20 % of 505 minutes is 101; 100 is 19.8 %.
    assert MONTHS_20.judge(Absence(605, 121)) is Verdict.HOLDS
    assert MONTHS_20.judge(Absence(605, 120)) is Verdict.FAILS


@pytest.mark.parametrize(
    ("scheduled", "verdict"),
    [(0, Verdict.UNKNOWN), (599, Verdict.UNKNOWN), (600, Verdict.HOLDS), (601, Verdict.HOLDS)],
)
def test_fewer_than_six_hundred_minutes_say_nothing(scheduled: int, verdict: Verdict) -> None:
    assert MONTH_10.judge(Absence(scheduled, scheduled)) is verdict


def test_the_windows_are_thirty_and_sixty_days_with_both_ends() -> None:
    assert MONTH_10.window(FRIDAY) == Window(date(2026, 10, 22), FRIDAY)
    assert MONTHS_20.window(FRIDAY) == Window(date(2026, 9, 22), FRIDAY)


def test_the_highest_level_is_the_one_to_tell_of() -> None:
    of_days = {30: Absence(1500, 900), 60: Absence(3000, 900)}
    top = highest(signals(CITY.rules, Facts(FRIDAY, of_days)))
    assert top is not None
    assert top.rule.key == "month-40"
    assert top.absence == Absence(1500, 900)
    assert highest({}) is None


@pytest.mark.parametrize(
    ("level", "before", "told"),
    [
        (1, None, Standing.NEW),
        (2, None, Standing.NEW),
        (1, 1, Standing.OPEN),
        (2, 1, Standing.ESCALATED),
        (1, 2, Standing.OPEN),
        (2, 2, Standing.OPEN),
    ],
)
def test_a_signal_is_new_open_or_escalated(level: int, before: int | None, told: Standing) -> None:
    assert standing(level, before) is told


def over(
    rule: ShareRule, month: tuple[int, int], two: tuple[int, int], school_day: bool = True
) -> bool:
    of_days = {30: Absence(*month), 60: Absence(*two)}
    return ends(rule, CITY.rules, Facts(FRIDAY, of_days), school_day=school_day)


def test_an_episode_ends_on_the_first_school_day_its_rule_fails() -> None:
    assert over(MONTH_10, (1500, 150), (3000, 300))
    assert not over(MONTH_10, (1500, 150), (3000, 300), school_day=False)
    assert not over(MONTH_10, (1500, 151), (3000, 300))


def test_too_few_minutes_end_nothing() -> None:
    assert not over(MONTH_10, (599, 0), (3000, 0))
    assert over(MONTH_10, (600, 0), (3000, 0))


def test_an_episode_goes_on_under_another_rule_of_its_level() -> None:
    assert not over(MONTH_40, (1500, 300), (3000, 600))
    assert over(MONTH_40, (1500, 300), (3000, 599))


def test_the_rule_that_opened_an_episode_is_the_one_that_must_fail() -> None:
    # Two months say no; the month, which opened it, has too few minutes to say anything.
    assert not over(MONTH_40, (500, 0), (3000, 0))
    assert over(MONTHS_20, (500, 0), (3000, 0))


def test_who_acts_and_how_soon_is_data() -> None:
    assert (MONTH_10.acts, MONTH_10.level) == (Holder.MENTOR, 1)
    assert {rule.acts for rule in (MONTHS_20, MONTH_40)} == {Holder.PRINCIPAL}


@pytest.mark.parametrize(
    "change",
    [
        {"level": 0},
        {"level": 10},
        {"days": 0},
        {"percent": 101},
        {"reach": "about"},
        {"acts": "nobody"},
        {"within_school_days": -1},
        {"least_scheduled": -1},
        {"task": "label"},
    ],
)
def test_data_that_makes_no_rule_is_refused(change: dict[str, object]) -> None:
    rules = [DATA["rules"][0] | change]
    with pytest.raises(NotARuleSet):
        rule_set_of(DATA | {"rules": rules})


@pytest.mark.parametrize("rules", [[], [DATA["rules"][0], DATA["rules"][0]], None])
def test_a_rule_set_has_rules_each_with_a_key_of_its_own(rules: object) -> None:
    with pytest.raises(NotARuleSet):
        rule_set_of(DATA | {"rules": rules})


@given(scheduled=st.integers(600, 100_000), absent=st.integers(0, 100_000))
def test_the_verdict_is_that_of_exact_fractions(scheduled: int, absent: int) -> None:
    from fractions import Fraction

    absence = Absence(scheduled, min(absent, scheduled))
    share = Fraction(absence.absent, absence.scheduled)
    assert (MONTH_10.judge(absence) is Verdict.HOLDS) == (share > Fraction(10, 100))
    assert (MONTHS_20.judge(absence) is Verdict.HOLDS) == (share >= Fraction(20, 100))
