"""The staircase week by week: what is counted is what the episodes say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.weeks import Stay, by_week, standing_on, week_ends

MONDAY = date(2026, 10, 5)
DAYS = [day for day in Window(MONDAY, MONDAY + timedelta(days=60)) if day.weekday() < 5]


def stay(pupil: int, level: int, first: int, last: int | None) -> Stay:
    ended = None if last is None else MONDAY + timedelta(days=last)
    return Stay(pupil, level, MONDAY + timedelta(days=first), ended)


STAYS = st.lists(
    st.builds(
        lambda pupil, level, first, length: stay(
            pupil, level, first, None if length is None else first + length
        ),
        st.integers(1, 5),
        st.integers(1, 4),
        st.integers(0, 60),
        st.none() | st.integers(1, 60),
    ),
    max_size=12,
)


@given(STAYS)
def test_the_sum_of_a_week_is_the_pupils_with_an_episode_on_its_last_day(stays: list[Stay]) -> None:
    for week in by_week(stays, week_ends(DAYS)):
        there = {
            s.pupil
            for s in stays
            if s.opened_on <= week.day and (s.ended_on is None or s.ended_on > week.day)
        }
        assert week.count == len(there)


@given(STAYS)
def test_the_sum_over_weeks_is_the_sum_over_pupils_of_the_weeks_they_stood(
    stays: list[Stay],
) -> None:
    ends = week_ends(DAYS)
    of_pupils = sum(
        sum(any(s.holds_on(day) for s in stays if s.pupil == pupil) for day in ends)
        for pupil in {s.pupil for s in stays}
    )

    assert sum(week.count for week in by_week(stays, ends)) == of_pupils


@given(STAYS)
def test_each_pupil_is_counted_on_the_highest_level(stays: list[Stay]) -> None:
    for day in DAYS[::7]:
        for pupil, found in standing_on(stays, day).items():
            levels = [s.level for s in stays if s.pupil == pupil and s.holds_on(day)]
            assert found.level == max(levels)


@pytest.mark.parametrize(("day", "holds"), [(6, False), (7, True), (13, True), (14, False)])
def test_a_stay_holds_from_its_first_day_to_the_day_before_it_ended(day: int, holds: bool) -> None:
    assert stay(1, 1, 7, 14).holds_on(MONDAY + timedelta(days=day)) is holds


def test_a_week_is_counted_on_its_last_school_day_and_a_week_off_is_left_out() -> None:
    days = [MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=14)]

    assert week_ends(days) == days[1:]
    assert week_ends([]) == []
