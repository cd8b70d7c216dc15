"""Days of a case that have come: just before, on, after; and what takes a day's place."""

from datetime import date, timedelta

import pytest

from samnarvaro.cases.domain import watching
from samnarvaro.cases.domain.steps import Step
from samnarvaro.cases.domain.watching import Kind, Waiting

DAY = date(2026, 10, 21)
LATER = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("look_on", "come"), [(DAY, True), (DAY - timedelta(days=1), True), (LATER, False)]
)
def test_an_agreed_day_has_come_on_its_day(
    look_on: date, come: bool
) -> None:  # a case of the table
    found = watching.days_come(Waiting(Step.FOLLOW_UP, look_on, None), on=DAY)
    assert found == ([(Kind.CASE_LOOK, look_on)] if come else [])


@pytest.mark.parametrize("step", [step for step in Step if step not in watching.FOLLOWED_IN])
def test_in_other_steps_no_day_is_waited_for(step: Step) -> None:
    assert watching.days_come(Waiting(step, DAY, None), on=DAY) == []


def test_a_case_that_rests_is_asked_for_its_end_alone() -> None:
    waiting = Waiting(Step.FOLLOW_UP, DAY, LATER)
    assert watching.days_come(waiting, on=DAY) == []
    assert watching.days_come(waiting, on=LATER) == [(Kind.CASE_REST, LATER)]


def test_what_was_told_takes_a_days_place() -> None:
    wait = watching.day_to_wait_for
    assert wait([]) is None
    assert wait([(False, DAY), (False, LATER)]) == LATER
    assert wait([(False, DAY), (True, None)]) is None
    assert wait([(False, DAY), (True, None), (False, LATER)]) == LATER
