"""What is asked follows from what was answered; what is missing is told at once."""

from datetime import date, timedelta

import pytest

from samnarvaro.mapping.domain.instrument import LONGEST_TEXT_ANSWER, LONGEST_WHO, Value
from samnarvaro.mapping.domain.instrument_answers import (
    Fault,
    Told,
    Wrong,
    asked,
    faults_at_lock,
    faults_in_answers,
    faults_of_draft,
    kept,
    missing,
)
from samnarvaro.mapping.domain.instrument_reading import LEAST_VALUE, MOST_VALUE
from samnarvaro.mapping.domain.mappings import OLDEST, Method
from tests.domain.mapping.asked import choice, question, read, when

DAY = date(2026, 10, 21)
IS_SOME = when("1", "=", answerCoding={"code": "some"})


def test_a_question_is_asked_when_its_condition_holds() -> None:
    found = read(choice("1"), question("2", "text", enableWhen=[IS_SOME]))

    assert asked(found, {}) == {"1"}
    assert asked(found, {"1": "often"}) == {"1"}
    assert asked(found, {"1": "some"}) == {"1", "2"}


def test_of_several_conditions_one_is_enough_or_all_are_needed() -> None:
    both = [IS_SOME, when("2", "=", answerBoolean=True)]
    found = read(
        choice("1"), question("2", "boolean"),
        question("any", "text", enableWhen=both, enableBehavior="any"),
        question("all", "text", enableWhen=both, enableBehavior="all"),
    )  # fmt: skip

    assert asked(found, {"1": "some"}) == {"1", "2", "any"}
    assert asked(found, {"1": "some", "2": True}) == {"1", "2", "any", "all"}
    assert asked(found, {"2": False}) == {"1", "2"}


def test_what_stands_in_a_group_is_asked_with_the_group() -> None:
    group = question("g", "group", enableWhen=[IS_SOME], item=[question("g1", "text")])
    found = read(choice("1"), group)

    assert asked(found, {"1": "never"}) == {"1"}
    assert asked(found, {"1": "some"}) == {"1", "g", "g1"}


def test_a_condition_on_what_is_not_asked_is_as_on_what_is_not_answered() -> None:
    found = read(
        choice("1"), question("2", "boolean", enableWhen=[IS_SOME]),
        question("3", "text", enableWhen=[when("2", "=", answerBoolean=True)]),
        question("4", "text", enableWhen=[when("2", "exists", answerBoolean=False)]),
    )  # fmt: skip

    assert asked(found, {"1": "some", "2": True}) == {"1", "2", "3"}
    assert asked(found, {"1": "often", "2": True}) == {"1", "4"}


@pytest.mark.parametrize(
    ("operator", "holds_at"),
    [(">", [4]), (">=", [3, 4]), ("<", [2]), ("<=", [2, 3]), ("=", [3]), ("!=", [2, 4])],
)
def test_figures_are_compared_just_under_at_and_just_over(
    operator: str, holds_at: list[int]
) -> None:
    found = read(
        question("1", "integer"),
        question("2", "text", enableWhen=[when("1", operator, answerInteger=3)]),
    )
    assert [n for n in (2, 3, 4) if "2" in asked(found, {"1": n})] == holds_at
    assert "2" not in asked(found, {})


def test_days_are_compared_as_days() -> None:
    found = read(
        question("1", "date"),
        question("2", "text", enableWhen=[when("1", ">=", answerDate="2026-01-10")]),
    )
    told = ("2026-01-09", "2026-01-10", "2026-02-01")
    assert [day for day in told if "2" in asked(found, {"1": day})] == ["2026-01-10", "2026-02-01"]


def test_what_is_missing_is_required_and_asked_and_told_all_at_once() -> None:
    found = read(
        choice("1", required=True), question("2", "text", required=True, enableWhen=[IS_SOME]),
        question("3", "text"), question("4", "boolean", required=True),
    )  # fmt: skip

    assert [item.link for item in missing(found, {})] == ["1", "4"]
    assert [item.link for item in missing(found, {"1": "some", "4": False})] == ["2"]
    assert missing(found, {"1": "never", "4": False}) == []


def test_answers_to_what_is_not_asked_are_not_kept() -> None:
    found = read(choice("1"), question("2", "text", enableWhen=[IS_SOME]))

    assert kept(found, {"1": "never", "2": "hemligt"}) == {"1": "never"}
    assert kept(found, {"2": "hemligt", "1": "some"}) == {"1": "some", "2": "hemligt"}


@pytest.mark.parametrize(
    ("link", "value", "wrong"),
    [
        ("choice", "some", None),
        ("choice", "always", Wrong.NOT_AN_OPTION),
        ("boolean", False, None),
        ("boolean", "yes", Wrong.NOT_AN_OPTION),
        ("integer", 0, None),
        ("integer", 10, None),
        ("integer", -1, Wrong.OUT_OF_SPAN),
        ("integer", 11, Wrong.OUT_OF_SPAN),
        ("integer", "7", Wrong.NOT_A_NUMBER),
        ("integer", True, Wrong.NOT_A_NUMBER),
        ("date", "2026-02-28", None),
        ("date", "2026-02-30", Wrong.NOT_A_DAY),
        ("date", "0026-02-28", Wrong.NOT_A_DAY),
        ("text", "x" * LONGEST_TEXT_ANSWER, None),
        ("text", "x" * (LONGEST_TEXT_ANSWER + 1), Wrong.TOO_LONG),
        ("gone", "x", Wrong.NOT_AN_OPTION),
    ],
)
def test_an_answer_is_of_its_question(link: str, value: Value, wrong: Wrong | None) -> None:
    limits = [{"url": LEAST_VALUE, "valueInteger": 0}, {"url": MOST_VALUE, "valueInteger": 10}]
    found = read(
        choice("choice"), question("boolean", "boolean"), question("date", "date"),
        question("integer", "integer", extension=limits), question("text", "text"),
    )  # fmt: skip
    assert faults_in_answers(found, {link: value}) == ({link: wrong} if wrong else {})


@pytest.mark.parametrize(
    ("day", "faults"),
    [
        (None, []),
        (DAY, []),
        (DAY + timedelta(days=1), [Fault.HELD_ON_LATER]),
        (DAY - timedelta(days=OLDEST), []),
        (DAY - timedelta(days=OLDEST + 1), [Fault.HELD_ON_TOO_OLD]),
    ],
)
def test_the_day_has_been_and_is_not_too_old(day: date | None, faults: list[Fault]) -> None:
    assert faults_of_draft(Told(held_on=day), begun_on=DAY, on=DAY) == faults


def test_who_answered_is_said_in_a_few_words() -> None:
    for more, faults in ((0, []), (1, [Fault.WHO_TOO_LONG])):
        told = Told(who="x" * (LONGEST_WHO + more))
        assert faults_of_draft(told, begun_on=DAY, on=DAY) == faults


def test_before_it_is_locked_a_day_a_way_and_one_answer_are_needed() -> None:
    found = read(choice("1"))

    assert faults_at_lock(found, Told()) == [Fault.HELD_ON, Fault.METHOD, Fault.NOTHING]
    told = Told(held_on=DAY, method=Method.SELF_RATING, answers={"1": "some"})
    assert faults_at_lock(found, told) == []
