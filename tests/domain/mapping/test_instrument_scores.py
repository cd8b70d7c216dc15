"""What answers come to, reckoned by hand; with too few answers there is no figure."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from samnarvaro.mapping.domain.instrument import Answers, Instrument
from samnarvaro.mapping.domain.instrument_reading import LEAST_VALUE, MOST_VALUE
from samnarvaro.mapping.domain.instrument_scores import Score, scores, shown
from tests.domain.mapping.asked import choice, question, read, scale, when

LIMITS = [{"url": LEAST_VALUE, "valueInteger": 1}, {"url": MOST_VALUE, "valueInteger": 10}]


def four(rule: str, least: int) -> Instrument:
    """Four questions: never counts 0, some 1, often 3, don't know nothing."""
    items: list[dict[str, Any]] = [choice(str(n)) for n in range(1, 5)]
    return read(*items, scales=(scale("a", rule, least, "1", "2", "3", "4"),))


def one(found: Instrument, answers: Answers) -> Score:
    (score,) = scores(found, answers)
    return score


def told(score: Score) -> tuple[object, ...]:
    """The figure with its span, and how many answers it is of."""
    return score.value, score.least, score.most, score.answered


def test_a_sum_is_of_what_was_answered_within_what_it_could_be() -> None:
    # 0 + 1 + 3 + 3 = 7 of 0 to 12.
    every = {"1": "never", "2": "some", "3": "often", "4": "often"}
    score = one(four("sum", 4), every)
    assert told(score) == (7, 0, 12, 4)


def test_a_sum_of_fewer_answers_has_the_span_of_those() -> None:
    # 1 + 3 = 4, of two questions: 0 to 6, not to 12.
    score = one(four("sum", 2), {"2": "some", "3": "often"})
    assert (*told(score), score.of) == (4, 0, 6, 2, 4)


def test_a_mean_is_of_the_answered_alone() -> None:
    # (1 + 3 + 3) / 3 = 7/3, shown as 2.3.
    score = one(four("mean", 3), {"1": "some", "3": "often", "4": "often"})
    assert told(score) == (Fraction(7, 3), 0, 3, 3)
    assert score.value is not None
    assert shown(score.value) == Decimal("2.3")


@pytest.mark.parametrize(("answered", "has_figure"), [(2, False), (3, True), (4, True)])
@pytest.mark.parametrize("rule", ["sum", "mean"])
def test_with_fewer_answers_than_asked_for_there_is_no_figure(
    rule: str, answered: int, has_figure: bool
) -> None:
    score = one(four(rule, 3), {str(n): "often" for n in range(1, answered + 1)})
    assert (score.has_figure, score.is_too_few) == (has_figure, not has_figure)
    assert score.answered == answered


def test_dont_know_counts_as_unanswered() -> None:
    every = {"1": "some", "2": "some", "3": "some", "4": "dont-know"}
    assert one(four("mean", 3), every).value == 1
    assert one(four("mean", 4), every).value is None


def test_an_answer_to_what_is_not_asked_does_not_count() -> None:
    hidden = choice("2", enableWhen=[when("1", "=", answerCoding={"code": "some"})])
    found = read(choice("1"), hidden, scales=(scale("a", "sum", 1, "1", "2"),))

    assert one(found, {"1": "never", "2": "often"}).value == 0
    assert one(found, {"1": "some", "2": "often"}).value == 4


def test_yes_and_figures_count_and_the_span_is_of_each() -> None:
    # yes 1 (0 to 1) + 7 (1 to 10) = 8 of 1 to 11; the mean 4 of 0.5 to 5.5.
    items = (question("1", "boolean"), question("2", "integer", extension=LIMITS))
    answers: Answers = {"1": True, "2": 7}
    total = one(read(*items, scales=(scale("a", "sum", 2, "1", "2"),)), answers)
    mean = one(read(*items, scales=(scale("a", "mean", 2, "1", "2"),)), answers)

    assert told(total) == (8, 1, 11, 2)
    assert told(mean) == (4, Fraction(1, 2), Fraction(11, 2), 2)


def test_questions_that_only_belong_together_have_no_figure_and_miss_none() -> None:
    score = one(four("none", 1), {"1": "often"})
    assert (score.has_figure, score.is_too_few) == (False, False)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Fraction(7, 3), "2.3"), (Fraction(9, 4), "2.3"), (Fraction(249, 100), "2.5"),
        (Fraction(5), "5"), (Fraction(299, 100), "3"), (Fraction(10), "10"),
    ],
)  # fmt: skip
def test_a_figure_is_shown_with_one_decimal_halves_upward(figure: Fraction, expected: str) -> None:
    assert str(shown(figure)) == expected
