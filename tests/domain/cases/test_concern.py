"""A report of concern: nothing but its day can be wrong with what is written down of it."""

from datetime import date, timedelta

import pytest

from samnarvaro.cases.domain import concern
from samnarvaro.cases.domain.concern import Fault

TODAY = date(2026, 10, 21)


@pytest.mark.parametrize(
    ("ago", "faults"),
    [(-1, [Fault.DAY_AHEAD]), (0, []), (30, []), (31, [Fault.TOO_LONG_AGO])],
)
def test_it_was_made_today_or_some_weeks_ago(ago: int, faults: list[Fault]) -> None:
    assert concern.faults(TODAY - timedelta(days=ago), on=TODAY) == faults
    assert concern.faults(None, on=TODAY) == [Fault.DAY]


def test_feedback_is_to_be_expected_after_a_fortnight_and_a_week() -> None:
    assert concern.feedback_on(TODAY) == date(2026, 11, 11)
