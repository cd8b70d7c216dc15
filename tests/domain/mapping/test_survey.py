"""A survey is whole before it opens, and what is shown of it tells of nobody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.mapping.domain.survey import (
    FEWEST_ANSWERS,
    LONGEST_PERIOD,
    LONGEST_QUESTION,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    RESERVE,
    Answered,
    Fault,
    Item,
    Question,
    Shown,
    Standing,
    Wanted,
    faults,
    most_slips,
    shown,
    standing,
)

DAY = date(2026, 11, 18)
WEEK = timedelta(days=7)


def wanted(
    title: str = "Trivsel i höst",
    opens: date | None = DAY,
    closes: date | None = DAY + WEEK,
    questions: tuple[Question, ...] = (Question(Item.SAFE_LESSONS),),
    groups: frozenset[int] = frozenset({1}),
) -> Wanted:
    return Wanted(title=title, opens_on=opens, closes_on=closes, questions=questions, groups=groups)


def own(*texts: str) -> tuple[Question, ...]:
    return tuple(Question(words=text) for text in texts)


def test_a_whole_survey_has_nothing_against_it() -> None:
    assert faults(wanted(), on=DAY) == []


def test_everything_that_is_missing_is_told_at_once() -> None:
    nothing = Wanted()

    assert faults(nothing, on=DAY) == [
        Fault.TITLE, Fault.OPENS, Fault.CLOSES, Fault.NO_QUESTION, Fault.NO_CLASS,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (wanted(title="Tr "), Fault.TITLE),
        (wanted(title="x" * (LONGEST_TITLE + 1)), Fault.TITLE_TOO_LONG),
        (wanted(closes=DAY - timedelta(days=1)), Fault.CLOSES_TOO_EARLY),
        (wanted(opens=DAY - WEEK, closes=DAY - timedelta(days=1)), Fault.CLOSES_PAST),
        (wanted(closes=DAY + timedelta(days=LONGEST_PERIOD)), Fault.TOO_LONG_OPEN),
        (wanted(questions=own("??")), Fault.QUESTION_TOO_SHORT),
        (wanted(questions=own("x" * (LONGEST_QUESTION + 1))), Fault.QUESTION_TOO_LONG),
        (wanted(questions=own("Är maten god?", "är maten GOD?")), Fault.ASKED_TWICE),
        (
            wanted(questions=own(*(f"Fråga om {'a' * n}" for n in range(MOST_QUESTIONS + 1)))),
            Fault.TOO_MANY_QUESTIONS,
        ),
    ],
)
def test_just_over_a_limit_is_refused(told: Wanted, fault: Fault) -> None:
    assert faults(told, on=DAY) == [fault]


@pytest.mark.parametrize(
    "told",
    [
        wanted(title="Tri"),
        wanted(title="x" * LONGEST_TITLE),
        wanted(closes=DAY),
        wanted(opens=DAY - WEEK, closes=DAY),
        wanted(closes=DAY + timedelta(days=LONGEST_PERIOD - 1)),
        wanted(questions=own("Mat")),
        wanted(questions=own("x" * LONGEST_QUESTION)),
        wanted(questions=own(*(f"Fråga om {'a' * n}" for n in range(MOST_QUESTIONS)))),
    ],
)
def test_at_a_limit_is_well(told: Wanted) -> None:
    assert faults(told, on=DAY) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DAY - timedelta(days=1), Standing.COMING),
        (DAY, Standing.OPEN),
        (DAY + WEEK, Standing.OPEN),
        (DAY + WEEK + timedelta(days=1), Standing.CLOSED),
    ],
)
def test_its_first_and_last_day_are_days_of_it(day: date, expected: Standing) -> None:
    days = {"opens_on": DAY, "closes_on": DAY + WEEK}

    assert standing(is_draft=False, closed_on=None, on=day, **days) is expected
    assert standing(is_draft=True, closed_on=None, on=day, **days) is Standing.DRAFT


def test_one_that_was_closed_early_stays_closed() -> None:
    for day in (DAY, DAY + WEEK):
        told = standing(is_draft=False, opens_on=DAY, closes_on=DAY + WEEK, closed_on=DAY, on=day)
        assert told is Standing.CLOSED


def test_slips_are_as_many_as_have_not_answered_and_a_few_more() -> None:
    assert most_slips(pupils=20, answered=0) == 20 + RESERVE
    assert most_slips(pupils=20, answered=20) == RESERVE
    assert most_slips(pupils=20, answered=21) == RESERVE


def classes(**answers: int) -> list[Answered]:
    """Classes by name (A7: a class of year 7) and how many answered there."""
    return [Answered(number, name[1:], each) for number, (name, each) in enumerate(answers.items())]


def test_with_four_answers_in_all_nothing_is_shown() -> None:
    assert shown(classes(A7=4)) == Shown()
    assert shown(classes(A7=2, B8=2)) == Shown()


def test_with_five_everything_is() -> None:
    assert shown(classes(A7=5)) == Shown(True, frozenset({"7"}), frozenset({0}))


def test_the_only_small_class_of_a_year_takes_the_next_smallest_with_it() -> None:
    told = shown(classes(A7=20, B7=3, C7=11))

    assert told.groups == {0}, "B7 would be what is left of year 7 beside A7 and C7"
    assert told.grades == {"7"}


def test_small_classes_that_are_five_together_take_nobody_with_them() -> None:
    assert shown(classes(A7=20, B7=3, C7=2)).groups == {0}
    assert shown(classes(A7=20, B7=3, C7=2)).grades == {"7"}


def test_a_small_year_takes_the_smallest_year_and_a_class_of_it_with_it() -> None:
    told = shown(classes(A7=3, A8=20, B8=12, A9=40))

    assert told.school
    assert told.grades == {"9"}, "year 8 would tell year 7 apart"
    assert told.groups == {1, 3}, "and so would both its classes"


def test_a_class_that_nobody_answered_in_takes_nobody_with_it() -> None:
    assert shown(classes(A7=0, B7=9)).groups == {1}
    assert shown(classes(A6=0, B7=9)).grades == {"7"}


def tellable(found: list[Answered], told: Shown) -> set[frozenset[int]]:
    """Every group of classes that one can single out by adding and taking away what is shown.

    Written apart from the rule, by trying: unions, overlaps and differences until there is no new.
    """
    everybody = frozenset(each.group for each in found)
    known = {frozenset({group}) for group in told.groups}
    known |= {
        frozenset(each.group for each in found if each.grade == grade) for grade in told.grades
    }
    known |= {everybody} if told.school else set()
    while True:
        more = {made for a in known for b in known for made in (a | b, a & b, a - b)} - known
        if not more:
            return known
        known |= more


SCHOOLS = st.lists(
    st.tuples(st.sampled_from("789"), st.integers(0, 12)), min_size=1, max_size=6
).map(lambda rows: [Answered(n, grade, many) for n, (grade, many) in enumerate(rows)])


@given(SCHOOLS)
def test_nothing_that_can_be_reckoned_from_what_is_shown_tells_of_one_to_four(
    found: list[Answered],
) -> None:
    answers = {each.group: each.answers for each in found}

    for group in tellable(found, shown(found)):
        assert not 0 < sum(answers[each] for each in group) < FEWEST_ANSWERS


@given(SCHOOLS)
def test_the_whole_school_is_shown_as_soon_as_five_have_answered(found: list[Answered]) -> None:
    assert shown(found).school is (sum(each.answers for each in found) >= FEWEST_ANSWERS)


@given(SCHOOLS)
def test_the_order_in_which_classes_are_told_of_changes_nothing(found: list[Answered]) -> None:
    assert shown(found) == shown(list(reversed(found)))


def test_the_brute_reckoning_finds_what_a_careless_rule_would_show() -> None:
    found = classes(A7=20, B7=3)
    careless = Shown(True, frozenset({"7"}), frozenset({0}))

    assert frozenset({1}) in tellable(found, careless)


def test_the_questions_that_come_with_the_program_are_no_more_than_may_be_asked() -> None:
    assert len(Item) <= MOST_QUESTIONS
