"""The routine and first-day models, and the target group, in the words of docs/domain/staircase.md."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import samnarvaro.staircase
from samnarvaro.attendance.domain.measures import Absence, LessonMark
from samnarvaro.attendance.domain.runs import DayAndRun, day_and_run
from samnarvaro.kernel.access import Holder
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.domain.reading import NotARuleSet, Wrong, data_of, rule_set_of
from samnarvaro.staircase.domain.rules import Done, Facts, ends, signals

FOLDER = Path(samnarvaro.staircase.__path__[0]) / "data"


def shipped(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return found


ROUTINE, FIRST_DAY, TEAM = (
    rule_set_of(shipped(name)) for name in ("routine", "first-day", "school-social-team")
)
MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))


def lesson(day: date, start: int = 480, **minutes: Any) -> LessonMark:
    return LessonMark("saga", "A", day, start, 60, **minutes)


def away(*days: date, kind: str = "excused") -> list[LessonMark]:
    return [lesson(day, start, **{kind: 60}) for day in days for start in (480, 540)]


def said(marks: list[LessonMark], day: date) -> DayAndRun:
    return day_and_run(marks, day).get("saga", DayAndRun())


def routine(
    marks: list[LessonMark], day: date = FRIDAY, done: dict[int, Done] | None = None
) -> dict[int, Window]:
    facts = Facts(day, said=said(marks, day), done=done or {})
    return {level: found.window for level, found in signals(ROUTINE.rules, facts).items()}


@pytest.mark.parametrize(
    ("minutes", "holds"),
    [(0, False), (1, True), (60, True)],
)
def test_one_unexcused_minute_that_day_is_the_first_step(minutes: int, holds: bool) -> None:
    assert (1 in routine([lesson(FRIDAY, unexcused=minutes)])) is holds


def test_late_minutes_that_count_as_unexcused_are_unexcused_minutes() -> None:
    assert routine([lesson(FRIDAY, unexcused=5, late=True)]) == {1: Window(FRIDAY, FRIDAY)}
    assert routine([lesson(FRIDAY, excused=5, late=True)]) == {}


def test_yesterdays_unexcused_minutes_are_not_todays() -> None:
    assert routine([lesson(THURSDAY, unexcused=60), lesson(FRIDAY)]) == {}
    assert routine([lesson(THURSDAY, unexcused=60)]) == {}


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        ([THURSDAY, FRIDAY], False),
        ([WEDNESDAY, THURSDAY, FRIDAY], True),
        ([TUESDAY, WEDNESDAY, THURSDAY, FRIDAY], True),
    ],
)
def test_three_excused_days_in_a_row_are_the_second_step(days: list[date], holds: bool) -> None:
    found = routine([lesson(MONDAY), *away(*days)])

    assert found == ({2: Window(days[0], FRIDAY)} if holds else {})


def test_one_unexcused_minute_in_the_run_is_enough_to_stop_the_second_step() -> None:
    run = away(WEDNESDAY, THURSDAY, FRIDAY)
    run[0] = lesson(WEDNESDAY, excused=59, unexcused=1)

    assert routine(run) == {}


def test_a_day_that_is_not_wholly_absent_breaks_the_run() -> None:
    run = away(TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)

    assert routine([*run[:-1], lesson(FRIDAY, 540, excused=59)]) == {}


def test_the_run_steps_over_days_without_counting_lessons_and_crosses_breaks() -> None:
    before, after = date(2026, 10, 23), date(2026, 11, 2)
    cancelled = lesson(date(2026, 10, 26), cancelled=True)
    uncalled = lesson(date(2026, 10, 27), reported=False)
    free = lesson(date(2026, 10, 28), on_school_day=False)
    run = away(date(2026, 10, 22), before, after)

    assert routine([*run, cancelled, uncalled, free], after) == {
        2: Window(date(2026, 10, 22), after)
    }


def test_on_a_day_without_lessons_the_run_is_what_it_was() -> None:
    run = away(WEDNESDAY, THURSDAY, FRIDAY)

    assert routine(run, date(2026, 11, 22)) == {2: Window(WEDNESDAY, FRIDAY)}


@pytest.mark.parametrize(("ago", "level"), [(4, 2), (5, 3), (6, 3)])
def test_continued_absence_is_the_third_step_five_school_days_after_the_second_was_done(
    ago: int, level: int
) -> None:
    run = away(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)

    assert max(routine(run, done={2: Done(WEDNESDAY, ago)})) == level


@pytest.mark.parametrize(("ago", "level"), [(4, 3), (5, 4), (6, 4)])
def test_the_fourth_step_comes_five_school_days_after_the_third_was_done(
    ago: int, level: int
) -> None:
    run = away(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
    done = {2: Done(WEDNESDAY, 10), 3: Done(THURSDAY, ago)}

    assert max(routine(run, done=done)) == level


def test_what_was_done_about_an_earlier_run_tells_nothing_of_this() -> None:
    run = away(WEDNESDAY, THURSDAY, FRIDAY)

    assert set(routine(run, done={2: Done(TUESDAY, 9)})) == {2}
    assert set(routine(run, done={2: Done(WEDNESDAY, 9)})) == {2, 3}


def test_the_third_step_without_the_second_is_none() -> None:
    assert routine([lesson(FRIDAY)], done={2: Done(MONDAY, 5), 3: Done(MONDAY, 5)}) == {}


def test_nobody_has_done_anything_so_nothing_goes_on() -> None:
    assert set(routine(away(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY))) == {2}


def test_no_run_is_too_short_in_minutes() -> None:
    short = [LessonMark("saga", "A", day, 480, 1, excused=1) for day in (WEDNESDAY, THURSDAY)]

    assert set(routine([*short, lesson(FRIDAY, excused=60)])) == {2}


def first_day(marks: list[LessonMark], day: date = FRIDAY) -> bool:
    facts = Facts(day, said=said(marks, day))
    return bool(signals(FIRST_DAY.rules, facts))


@pytest.mark.parametrize(
    ("marks", "holds"),
    [
        ([*away(FRIDAY), lesson(THURSDAY)], True),
        (away(FRIDAY), True),  # never there before: no former day to be absent on
        (away(THURSDAY, FRIDAY), False),
        ([*away(WEDNESDAY), lesson(THURSDAY, cancelled=True), *away(FRIDAY)], False),
        ([lesson(THURSDAY), lesson(FRIDAY, excused=59)], False),
        ([lesson(THURSDAY, excused=59), *away(FRIDAY)], True),
        ([*away(THURSDAY)], False),
    ],
    ids=[
        "present the day before",
        "the first day of all",
        "the second day",
        "a cancelled day between is stepped over",
        "one minute there",
        "one minute there the day before",
        "no lessons that day",
    ],
)
def test_the_first_day_is_an_absent_one_after_one_that_was_not(
    marks: list[LessonMark], holds: bool
) -> None:
    assert first_day(marks) is holds


def test_the_first_day_is_one_whether_excused_or_not() -> None:
    assert first_day([lesson(THURSDAY), *away(FRIDAY, kind="unexcused")])


def test_an_episode_of_a_run_ends_on_the_first_school_day_the_pupil_is_back() -> None:
    rule = ROUTINE.rule("three-days-excused")
    back = [*away(TUESDAY, WEDNESDAY, THURSDAY), lesson(FRIDAY)]
    facts = Facts(FRIDAY, said=said(back, FRIDAY))

    assert ends(rule, ROUTINE.rules, facts, school_day=True)
    assert not ends(rule, ROUTINE.rules, facts, school_day=False)
    still = Facts(FRIDAY, said=said(back[:-1], FRIDAY))
    assert not ends(rule, ROUTINE.rules, still, school_day=True)


def test_who_acts_at_each_step_and_who_raises_the_row_is_data() -> None:
    assert [(rule.level, rule.acts, rule.raises) for rule in ROUTINE.rules] == [
        (1, Holder.MENTOR, False),
        (2, Holder.MENTOR, True),
        (3, Holder.MENTOR, True),
        (4, Holder.STUDENT_HEALTH_TEAM, True),
    ]
    assert [rule.raises for rule in FIRST_DAY.rules] == [False]


@pytest.mark.parametrize(
    ("absent", "holds"),
    [(149, False), (150, True), (151, True), (299, True), (300, True), (301, False)],
)
def test_the_target_group_is_from_fifteen_to_thirty_percent_with_both_ends(
    absent: int, holds: bool
) -> None:
    (band,) = TEAM.bands
    assert band.holds(Absence(1000, absent)) is holds


@pytest.mark.parametrize(("scheduled", "holds"), [(0, False), (599, False), (600, True)])
def test_too_few_minutes_put_nobody_in_the_target_group(scheduled: int, holds: bool) -> None:
    (band,) = TEAM.bands
    assert band.holds(Absence(scheduled, scheduled // 5)) is holds


def test_the_target_group_raises_no_level() -> None:
    assert TEAM.rules == ()


@pytest.mark.parametrize("name", ["city", "routine", "first-day", "school-social-team"])
def test_a_rule_set_written_as_data_is_read_as_the_same(name: str) -> None:
    book = rule_set_of(shipped(name))
    again = shipped(name) | {"rules": [data_of(rule) for rule in (*book.rules, *book.bands)]}

    assert rule_set_of(again) == book


@pytest.mark.parametrize(
    ("name", "place", "change", "wrong"),
    [
        ("routine", 0, {"least_minutes": 0}, ("least_minutes", Wrong.OUT_OF_LIMITS)),
        ("routine", 1, {"least_days": 61}, ("least_days", Wrong.OUT_OF_LIMITS)),
        ("routine", 1, {"least_days": "3"}, ("least_days", Wrong.NOT_A_NUMBER)),
        ("routine", 1, {"least_days": True}, ("least_days", Wrong.NOT_A_NUMBER)),
        ("routine", 2, {"after": "nothing"}, ("after", Wrong.NOTHING_BEFORE_IT)),
        ("routine", 2, {"after": "unexcused-today"}, ("after", Wrong.NOTHING_BEFORE_IT)),
        ("routine", 2, {"after": "continued-meeting"}, ("after", Wrong.NOTHING_BEFORE_IT)),
        ("routine", 2, {"kind": "guess"}, ("kind", Wrong.UNKNOWN)),
        ("routine", 2, {"key": "three-days-excused"}, ("key", Wrong.NOT_OF_ITS_OWN)),
        ("school-social-team", 0, {"most_percent": 14},
         ("most_percent", Wrong.ENDS_BEFORE_IT_BEGINS)),
        ("first-day", 0, {"acts": "nobody"}, ("acts", Wrong.UNKNOWN)),
    ],
)  # fmt: skip
def test_data_that_makes_no_rule_is_told_of_field_by_field(
    name: str, place: int, change: dict[str, object], wrong: tuple[str, Wrong]
) -> None:
    data = shipped(name)
    data["rules"][place] |= change

    with pytest.raises(NotARuleSet) as refused:
        rule_set_of(data)

    assert wrong in [(fault.field, fault.wrong) for fault in refused.value.faults]


def test_all_that_is_wrong_is_told_at_once() -> None:
    data = shipped("routine")
    data["rules"][0] |= {"level": 0, "least_minutes": 0}
    data["rules"][1] |= {"task": "label"}

    with pytest.raises(NotARuleSet) as refused:
        rule_set_of(data)

    assert [fault.field for fault in refused.value.faults] == ["level", "least_minutes", "task"]
