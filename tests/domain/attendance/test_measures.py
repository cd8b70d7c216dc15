"""The definition of the measures, spoken in worked school weeks.

A week is drawn as one line: each letter is what one day came to.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.attendance.domain.measures import (
    Figures,
    LessonMark,
    absent_days,
    last_unit,
    longest_run,
    measure,
    run_now,
)
from samnarvaro.kernel.days import Window, trailing

MONDAY = date(2026, 11, 2)
STRAND, BERG = "99000002", "99000003"


def lesson(day: date, start: int = 490, scheduled: int = 60, **rest: object) -> LessonMark:
    known = {"pupil": "saga", "unit": STRAND} | rest
    return LessonMark(day=day, start=start, scheduled=scheduled, **known)  # type: ignore[arg-type]


# What one day came to: present, sick all day, unexcused all day, half of it, late, other activity,
# cancelled, roll not called, a day made free, no lessons.
DAYS: dict[str, list[dict[str, int]]] = {
    "P": [{}, {}],
    "S": [{"excused": 60}, {"excused": 60}],
    "U": [{"unexcused": 60}, {"excused": 60}],
    "h": [{"unexcused": 60}, {}],
    "l": [{"unexcused": 10, "late": True}, {}],
    "o": [{"other": 60}],
    "x": [{"cancelled": True}],
    "?": [{"reported": False}],
    "f": [{"unexcused": 60, "on_school_day": False}],
    "-": [],
}


def day_of(letter: str, day: date) -> list[LessonMark]:
    return [lesson(day, 490 + 110 * n, **rest) for n, rest in enumerate(DAYS[letter])]


def drawn(letters: str, first: date = MONDAY) -> list[LessonMark]:
    days = (first + timedelta(days=n) for n in range(len(letters)))
    return [mark for letter, day in zip(letters, days, strict=True) for mark in day_of(letter, day)]


def saga(letters: str, window: Window | None = None) -> Figures:
    through = window or Window(MONDAY, MONDAY + timedelta(days=len(letters) - 1))
    return measure(drawn(letters), through)["saga"]


def test_a_worked_week() -> None:
    # Monday there, Tuesday ill, Wednesday late, Thursday half the day away, Friday a trip.
    week = saga("PSlho")

    assert week == Figures(
        unit=STRAND,
        scheduled=120 + 120 + 120 + 120 + 60,
        excused=120,
        unexcused=10 + 60,
        unreported=0,
        late_count=1,
        absent_days_in_row=0,
        longest_absent_run=1,
        school_days=5,
    )
    assert week.absent == 190


@pytest.mark.parametrize(
    ("week", "in_row", "longest"),
    [
        ("PPPPP", 0, 0),
        ("SSSSS", 5, 5),
        ("SUSUS", 5, 5),  # excused and unexcused days are absent days alike
        ("SShSS", 2, 2),  # half a day at school breaks the run
        ("SSlSS", 2, 2),  # so does one late arrival
        ("SSoSS", 2, 2),  # and a day of another activity of the school
        ("SS-SS", 4, 4),  # a day without lessons does not
        ("SSxSS", 4, 4),  # nor one with its lessons cancelled
        ("SS?SS", 4, 4),  # nor one whose roll nobody called
        ("SSfSS", 4, 4),  # nor a free day, whatever its marks say
        ("SSSPP", 0, 3),  # the longest run stays when the pupil is back
        ("SSSPS", 1, 3),
        ("SSSxx", 3, 3),  # the run stands at the last day that counts
        ("xx--?", 0, 0),
    ],
)
def test_days_in_a_row_step_over_days_without_counting_lessons(
    week: str, in_row: int, longest: int
) -> None:
    figures = saga(week)

    assert (figures.absent_days_in_row, figures.longest_absent_run) == (in_row, longest)


def test_a_run_goes_on_over_weekends_breaks_terms_and_school_years() -> None:
    june, august = date(2026, 6, 10), date(2026, 8, 19)
    marks = [*drawn("SSS", june), *drawn("SS", august)]

    figures = measure(marks, Window(june, date(2026, 8, 31)))["saga"]

    assert (figures.absent_days_in_row, figures.longest_absent_run) == (5, 5)


@pytest.mark.parametrize(
    ("missing", "run"), [(0, 1), (1, 0)], ids=["all of the day", "all but one minute"]
)
def test_an_absent_day_is_one_without_a_minute_at_school(missing: int, run: int) -> None:
    day = [lesson(MONDAY, unexcused=60), lesson(MONDAY, 600, excused=60 - missing)]

    assert measure(day, Window(MONDAY, MONDAY))["saga"].longest_absent_run == run


def test_only_counting_lessons_make_a_day_absent() -> None:
    day = [
        lesson(MONDAY, unexcused=60),
        lesson(MONDAY, 600, cancelled=True),
        lesson(MONDAY, 700, reported=False),
    ]

    figures = measure(day, Window(MONDAY, MONDAY))["saga"]

    assert (figures.scheduled, figures.unexcused, figures.longest_absent_run) == (60, 60, 1)


def test_only_days_inside_the_window_count_in_the_two_runs() -> None:
    figures = saga("SSSSS", Window(MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)))

    assert (figures.absent_days_in_row, figures.longest_absent_run) == (2, 2)
    assert (figures.scheduled, figures.excused) == (240, 240)


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [(-1, -1, False), (-1, 0, True), (0, 0, True), (0, 1, True), (1, 1, False)],
)
def test_a_window_includes_both_its_days_and_a_pupil_without_marks_in_it_has_no_row(
    first: int, last: int, there: bool
) -> None:
    window = Window(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))

    assert ("saga" in measure(drawn("S"), window)) is there


def test_a_window_may_reach_before_the_first_mark() -> None:
    assert saga("PS", Window(date(2020, 1, 1), MONDAY + timedelta(days=1))) == saga("PS")


@pytest.mark.parametrize("letter", "x?f")
def test_a_mark_that_does_not_count_gives_a_row_of_noughts(letter: str) -> None:
    figures = saga(letter)

    assert (figures.scheduled, figures.absent, figures.late_count, figures.school_days) == (
        0,
        0,
        0,
        0,
    )


@pytest.mark.parametrize(("letter", "unreported"), [("?", 60), ("x", 0), ("f", 0), ("P", 0)])
def test_the_roll_not_called_is_a_share_of_its_own_and_cancelled_lessons_are_nowhere(
    letter: str, unreported: int
) -> None:
    assert saga(letter).unreported == unreported


@pytest.mark.parametrize(
    "rest", [{"cancelled": True, "reported": False}, {"reported": False, "on_school_day": False}]
)
def test_a_roll_not_called_at_a_lesson_that_was_not_to_be_is_not_missed(
    rest: dict[str, bool],
) -> None:
    assert measure([lesson(MONDAY, **rest)], trailing(MONDAY, 1))["saga"].unreported == 0


def test_overlapping_lessons_each_count() -> None:
    marks = [lesson(MONDAY, 490, 60, excused=60), lesson(MONDAY, 500, 60)]

    figures = measure(marks, trailing(MONDAY, 30))["saga"]

    assert (figures.scheduled, figures.excused, figures.longest_absent_run) == (120, 60, 0)


def test_pupils_are_measured_each_by_itself_and_all_schools_together() -> None:
    marks = [
        lesson(MONDAY, excused=60),
        lesson(MONDAY, 700, unit=BERG, excused=60),
        lesson(MONDAY, pupil="leo"),
    ]

    figures = measure(marks, trailing(MONDAY, 30))

    assert (figures["saga"].scheduled, figures["saga"].longest_absent_run) == (120, 1)
    assert (figures["leo"].scheduled, figures["leo"].longest_absent_run) == (60, 0)


@pytest.mark.parametrize(
    ("marks", "unit"),
    [
        ([lesson(MONDAY), lesson(MONDAY + timedelta(days=1), unit=BERG)], BERG),
        ([lesson(MONDAY, 600), lesson(MONDAY, 700, unit=BERG)], BERG),
        ([lesson(MONDAY, 700), lesson(MONDAY, 600, unit=BERG)], STRAND),
        ([lesson(MONDAY), lesson(MONDAY, unit=BERG)], BERG),
        ([lesson(MONDAY, unit=BERG), lesson(MONDAY)], BERG),
        ([lesson(MONDAY), lesson(MONDAY, 700, unit=BERG, cancelled=True)], STRAND),
        (
            [lesson(MONDAY), lesson(MONDAY + timedelta(days=3), unit=BERG, on_school_day=False)],
            STRAND,
        ),
        (
            [lesson(MONDAY, cancelled=True), lesson(MONDAY, 700, unit=BERG, reported=False)],
            BERG,
        ),
        ([lesson(MONDAY, cancelled=True), lesson(MONDAY, unit=BERG, cancelled=True)], BERG),
    ],
    ids=[
        "the latest day",
        "the same day the latest start",
        "the latest start, not the greatest code",
        "the same start the greatest code",
        "whatever order they come in",
        "a cancelled lesson decides nothing",
        "nor does a later free day",
        "when none counts any mark does, the latest first",
        "when none counts the greatest code between equal starts",
    ],
)
def test_the_unit_is_that_of_the_last_lesson_that_counts(
    marks: list[LessonMark], unit: str
) -> None:
    assert last_unit(marks) == unit


def test_greatest_code_means_bytes_not_numbers() -> None:
    assert last_unit([lesson(MONDAY, unit="9"), lesson(MONDAY, unit="10")]) == "9"
    assert last_unit([lesson(MONDAY, unit="z"), lesson(MONDAY, unit="Å")]) == "Å"


def test_the_unit_may_be_that_of_a_lesson_before_the_window_but_never_after_it() -> None:
    before = lesson(MONDAY - timedelta(days=60), unit=BERG)
    inside = lesson(MONDAY, cancelled=True)
    after = lesson(MONDAY + timedelta(days=9), unit="00000001")

    assert measure([before, inside, after], trailing(MONDAY, 30))["saga"].unit == BERG


def test_what_comes_after_the_window_changes_nothing() -> None:
    window = Window(MONDAY, MONDAY + timedelta(days=2))

    assert measure(drawn("PSSSS"), window) == measure(drawn("PSS"), window)


@pytest.mark.parametrize(
    ("away", "now", "longest"),
    [
        ([], 0, 0),
        ([True], 1, 1),
        ([False], 0, 0),
        ([True, True, False], 0, 2),
        ([True, False, True, True], 2, 2),
        ([True, True, True, False, True], 1, 3),
    ],
)
def test_run_now_and_longest_run(away: list[bool], now: int, longest: int) -> None:
    assert (run_now(away), longest_run(away)) == (now, longest)


@given(away=st.lists(st.booleans(), max_size=40))
def test_the_longest_run_is_the_longest_piece_between_presences(away: list[bool]) -> None:
    pieces = "".join("A" if absent else "." for absent in away).split(".")

    assert longest_run(away) == max(map(len, pieces))
    assert run_now(away) == len(pieces[-1])


def test_days_are_ordered_by_the_calendar_whatever_order_marks_come_in() -> None:
    marks = drawn("SPS")

    assert absent_days(reversed(marks)) == absent_days(marks) == [True, False, True]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_the_days_when_clocks_are_moved_have_no_other_length(day: date) -> None:
    # 02.30 is there twice in the autumn and never in the spring; minutes are as they were written.
    marks = [lesson(day, 90, 120, excused=120), lesson(day, 150, 60, unexcused=60)]

    figures = measure(marks, trailing(day, 1))["saga"]

    assert (figures.scheduled, figures.absent, figures.longest_absent_run) == (180, 180, 1)
