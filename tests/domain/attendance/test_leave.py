"""Granted leave: who may grant how much, and what is left of a day when it is left out."""

from datetime import date, timedelta

import pytest

from samnarvaro.attendance.domain.leave import (
    Leave,
    LeaveDay,
    Wrong,
    beyond,
    may_decide,
    wrongs,
)
from samnarvaro.attendance.domain.measures import Absence, LessonMark
from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.days import Window

TODAY = date(2026, 11, 16)


def days(count: int, first: date = TODAY) -> Window:
    return Window(first, first + timedelta(days=count - 1))


def stops(window: Window, role: Role | None = Role.PRINCIPAL, *held: Window) -> list[Wrong]:
    return wrongs(window, role=role, on=TODAY, held=held)


@pytest.mark.parametrize(
    ("role", "count", "may"),
    [
        (Role.PRINCIPAL, 1, True),
        (Role.PRINCIPAL, 11, True),
        (Role.DEPUTY_PRINCIPAL, 9, True),
        (Role.DEPUTY_PRINCIPAL, 10, True),
        (Role.DEPUTY_PRINCIPAL, 11, False),
        (Role.MENTOR, 1, False),
        (Role.COUNSELLOR, 1, False),
        (None, 1, False),
    ],
)
def test_more_than_ten_days_are_for_the_principal_alone(
    role: Role | None, count: int, may: bool
) -> None:
    assert may_decide(role, days(count)) is may
    assert (Wrong.NOT_YOURS in stops(days(count), role)) is not may


def test_a_decision_keeps_within_a_year_and_beside_other_leave() -> None:
    assert stops(days(366)) == []
    assert stops(days(367)) == [Wrong.TOO_LONG]
    assert stops(days(1, TODAY - timedelta(days=366))) == []
    assert stops(days(1, TODAY - timedelta(days=367))) == [Wrong.TOO_FAR_BACK]
    assert stops(days(1, TODAY + timedelta(days=366))) == []
    assert stops(days(1, TODAY + timedelta(days=367))) == [Wrong.TOO_FAR_AHEAD]
    assert stops(days(2), Role.PRINCIPAL, days(1, TODAY + timedelta(days=2))) == []
    assert stops(days(3), Role.PRINCIPAL, days(1, TODAY + timedelta(days=2))) == [Wrong.OVERLAPS]


def mark(excused: int, unexcused: int = 0, day: date = TODAY) -> LessonMark:
    return LessonMark("saga", "1", day, 490, 60, excused, unexcused)


def test_only_excused_minutes_of_days_of_leave_are_left_out() -> None:
    on_leave = {("saga", TODAY)}
    before = mark(60, day=TODAY - timedelta(days=1))

    whole, partly, kept = beyond([mark(60), mark(59, 1), before], on_leave)

    assert not whole.counts
    assert (partly.scheduled, partly.absent, partly.unexcused) == (1, 1, 1)
    assert kept == before


def test_a_window_loses_the_leave_within_it_as_absence_and_as_time() -> None:
    leave = Leave((LeaveDay(TODAY, 100, is_whole=True), LeaveDay(date(2026, 11, 20), 40, False)))

    assert leave.out_of(Absence(500, 200), days(4)) == Absence(400, 100)
    assert leave.out_of(Absence(500, 200), days(5)) == Absence(360, 60)


def test_a_run_steps_over_leave_and_goes_on_behind_it() -> None:
    monday, tuesday, wednesday = (TODAY + timedelta(days=n) for n in range(3))
    leave = Leave((LeaveDay(tuesday, 100, is_whole=True), LeaveDay(wednesday, 40, is_whole=False)))
    own = Spell(Window(wednesday, wednesday), 1, 100, 40, 60)
    run = Spell(Window(monday, wednesday), 3, 300, 240, 60)

    said = leave.out_of_said(DayAndRun(own, run), [monday, tuesday, wednesday])

    assert said.own == Spell(Window(wednesday, wednesday), 1, 60, 0, 60)
    assert said.run == Spell(Window(monday, wednesday), 2, 160, 100, 60)


def test_of_a_run_that_was_all_leave_nothing_is_left() -> None:
    leave = Leave((LeaveDay(TODAY, 100, is_whole=True),))
    day = Spell(Window(TODAY, TODAY), 1, 100, 100, 0)

    assert leave.out_of_said(DayAndRun(day, day), [TODAY]) == DayAndRun()
