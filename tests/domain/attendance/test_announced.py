"""Which announcements stand, and how many minutes of a lesson they excuse."""

from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.attendance.domain.announced import (
    FARTHEST_AHEAD,
    FARTHEST_BACK,
    LONGEST,
    Announced,
    Part,
    Wrong,
    excused_minutes,
    wrongs,
)

TODAY = date(2026, 11, 20)
LESSON = {"start": 490, "scheduled": 60, "excused": 0, "unexcused": 60, "late": False}


def told(first: date = TODAY, last: date | None = None, **times: Any) -> Announced:
    return Announced(first_day=first, last_day=last or first, **times)


def against(announced: Announced, held: list[Part] | None = None) -> list[Wrong]:
    return wrongs(announced, on=TODAY, held=held or [])


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("announced", "reasons"),
    [
        (told(), []),
        (told(TODAY, day(-1)), [Wrong.LAST_BEFORE_FIRST]),
        (told(TODAY, day(LONGEST - 1)), []),
        (told(TODAY, day(LONGEST)), [Wrong.TOO_LONG]),
        (told(day(-FARTHEST_BACK)), []),
        (told(day(-FARTHEST_BACK - 1)), [Wrong.TOO_FAR_BACK]),
        (told(day(FARTHEST_AHEAD)), []),
        (told(day(FARTHEST_AHEAD + 1)), [Wrong.TOO_FAR_AHEAD]),
        (told(begins=540, ends=541), []),
        (told(begins=540, ends=540), [Wrong.ENDS_BEFORE_IT_BEGINS]),
        (told(ends=0), [Wrong.ENDS_BEFORE_IT_BEGINS]),
        (told(TODAY, day(1), begins=540), [Wrong.PART_OF_SEVERAL_DAYS]),
        (
            told(TODAY, day(LONGEST), begins=540, ends=500),
            [Wrong.TOO_LONG, Wrong.PART_OF_SEVERAL_DAYS, Wrong.ENDS_BEFORE_IT_BEGINS],
        ),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(
    announced: Announced, reasons: list[Wrong]
) -> None:
    assert against(announced) == reasons


@pytest.mark.parametrize(
    ("times", "clashes"),
    [
        ({"begins": 480, "ends": 540}, False),
        ({"begins": 480, "ends": 541}, True),
        ({"begins": 599}, True),
        ({"begins": 600}, False),
        ({}, True),
    ],
)
def test_no_minute_is_announced_twice(times: dict[str, Any], clashes: bool) -> None:
    held = [Part(TODAY, 540, 600), Part(day(1))]
    assert against(told(**times), held) == ([Wrong.OVERLAPS] if clashes else [])


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"),
    [(0, 490, 0), (0, 491, 1), (500, 510, 10), (549, 1440, 1), (550, 1440, 0), (0, 1440, 60)],
)
def test_a_lesson_is_excused_to_the_minute(begins: int, ends: int, minutes: int) -> None:
    assert excused_minutes(**LESSON, parts=[Part(TODAY, begins, ends)]) == minutes  # type: ignore[arg-type]  # a dict of different kinds


def test_more_is_never_excused_than_was_unexcused() -> None:
    some: dict[str, Any] = LESSON | {"excused": 20, "unexcused": 15}
    assert excused_minutes(**some, parts=[Part(TODAY)]) == 15
    assert excused_minutes(**some, parts=[Part(TODAY, 0, 495), Part(TODAY, 500, 505)]) == 10


def test_who_came_late_was_away_at_the_beginning() -> None:
    late: dict[str, Any] = LESSON | {"unexcused": 20, "late": True}
    assert excused_minutes(**late, parts=[Part(TODAY, 510, 1440)]) == 0
    assert excused_minutes(**late, parts=[Part(TODAY, 509, 1440)]) == 1
    assert excused_minutes(**late, parts=[Part(TODAY, 0, 500)]) == 10
