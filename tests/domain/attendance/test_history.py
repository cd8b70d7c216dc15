"""A pupil's days in order give every figure that the definition gives of the marks."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.attendance.domain.history import History, Running, Trailing
from samnarvaro.attendance.domain.lessons import Outcome, outcome
from samnarvaro.attendance.domain.measures import Absence, LessonMark, measure
from samnarvaro.kernel.days import Window, trailing

MONDAY = date(2026, 11, 2)
PUPIL, STRAND, BERG = "saga", "99000002", "99000003"


@st.composite
def marks(draw: st.DrawFn) -> list[LessonMark]:
    """Lessons of one pupil over some weeks, at two schools, of every kind."""
    days = draw(st.lists(st.integers(0, 60), max_size=12, unique=True))
    return [draw(mark(MONDAY + timedelta(days=day), start)) for day in days for start in (490, 600)]


@st.composite
def mark(draw: st.DrawFn, day: date, start: int) -> LessonMark:
    scheduled = draw(st.sampled_from([40, 60]))
    excused = draw(st.sampled_from([0, 0, 20, scheduled]))
    unexcused = draw(st.sampled_from([0, scheduled - excused]))
    return LessonMark(
        pupil=PUPIL,
        unit=draw(st.sampled_from([STRAND, BERG])),
        day=day,
        start=start,
        scheduled=scheduled,
        excused=excused,
        unexcused=unexcused,
        late=draw(st.booleans()),
        reported=draw(st.sampled_from([True, True, False])),
        cancelled=draw(st.sampled_from([False, False, True])),
        on_school_day=draw(st.sampled_from([True, True, False])),
    )


def history(given_marks: list[LessonMark]) -> History:
    """The running totals as the definition gives them: one window from the first mark to each day."""
    days = sorted({mark.day for mark in given_marks})
    rows = []
    for day in days:
        f = measure(given_marks, Window(days[0], day))[PUPIL]
        rows.append(
            Running(
                day, f.scheduled, f.excused, f.unexcused, f.unreported, f.late_count,
                f.school_days, f.absent_days_in_row, f.unit,
            )
        )  # fmt: skip
    return History(rows)


DAYS = st.integers(-10, 70).map(lambda n: MONDAY + timedelta(days=n))
WINDOWS = st.tuples(DAYS, DAYS).map(lambda pair: Window(min(pair), max(pair)))


@given(marks(), WINDOWS)
def test_any_window_is_as_the_definition_has_it(given_marks: list[LessonMark], w: Window) -> None:
    assert history(given_marks).figures(w) == measure(given_marks, w).get(PUPIL)


@given(marks(), WINDOWS, st.integers(1, 60))
def test_the_curve_is_a_window_for_each_day(
    given_marks: list[LessonMark], w: Window, length: int
) -> None:
    expected = []
    for day in w:
        figures = measure(given_marks, trailing(day, length)).get(PUPIL)
        absence = Absence(figures.scheduled, figures.absent) if figures else Absence(0, 0)
        expected.append(Trailing(day, absence))

    assert list(history(given_marks).shares(w, length)) == expected


@given(marks(), WINDOWS)
def test_the_days_of_a_window_add_up_to_its_figures(
    given_marks: list[LessonMark], w: Window
) -> None:
    days = list(history(given_marks).own_days(w))

    assert [day.day for day in days] == sorted({m.day for m in given_marks if m.day in w})
    for own in days:
        alone = measure(given_marks, Window(own.day, own.day))[PUPIL]
        assert (own.scheduled, own.excused, own.unexcused, own.absent) == (
            alone.scheduled, alone.excused, alone.unexcused, alone.absent,
        )  # fmt: skip
        assert (own.unreported, own.late) == (alone.unreported, alone.late_count)


@given(marks(), WINDOWS)
def test_the_weekdays_share_the_window_among_them(given_marks: list[LessonMark], w: Window) -> None:
    weekdays = history(given_marks).by_weekday(w)

    for weekday, absence in weekdays.items():
        those = [mark for mark in given_marks if mark.day.weekday() == weekday]
        figures = measure(those, w)[PUPIL]
        assert absence == Absence(figures.scheduled, figures.absent)
    assert sum(a.scheduled for a in weekdays.values()) == sum(
        mark.scheduled for mark in given_marks if mark.day in w and mark.counts
    )


def test_a_pupil_without_marks_has_no_figures() -> None:
    nobody = History([])

    assert not nobody
    assert (nobody.first_day, nobody.last_day, nobody.run_now) == (None, None, 0)
    assert nobody.figures(trailing(MONDAY, 30)) is None
    assert list(nobody.own_days(trailing(MONDAY, 30))) == []
    assert nobody.by_weekday(trailing(MONDAY, 30)) == {}


def test_days_in_a_row_now_look_back_further_than_any_window() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    away = [LessonMark(PUPIL, STRAND, day, 490, 60, unexcused=60) for day in days]
    known = history(away)

    assert known.run_now == 3
    assert (known.first_day, known.last_day) == (days[0], days[2])
    week = known.figures(Window(days[1], days[2]))
    assert week is not None
    assert week.absent_days_in_row == 2


@pytest.mark.parametrize(
    ("held", "is_shown"),
    [
        ({}, Outcome.PRESENT),
        ({"late": True}, Outcome.LATE),
        ({"late": True, "unexcused": 10}, Outcome.LATE),
        ({"excused": 60}, Outcome.EXCUSED),
        ({"unexcused": 20}, Outcome.UNEXCUSED),
        ({"excused": 20, "unexcused": 20}, Outcome.BOTH),
        ({"other": 60}, Outcome.OTHER_ACTIVITY),
        ({"other": 20, "excused": 20}, Outcome.EXCUSED),
        ({"reported": False}, Outcome.UNREPORTED),
        ({"cancelled": True, "reported": False}, Outcome.CANCELLED),
        ({"cancelled": True, "unexcused": 60}, Outcome.CANCELLED),
    ],
)
def test_a_mark_amounts_to_one_word(held: dict[str, int], is_shown: Outcome) -> None:
    nothing = {"excused": 0, "unexcused": 0, "other": 0}
    flags = {"reported": True, "cancelled": False, "late": False}

    assert outcome(**(nothing | flags | held)) is is_shown  # type: ignore[arg-type]


def test_every_outcome_can_come_out() -> None:
    minutes = (0, 20)
    yes_or_no = (False, True)
    found = {
        outcome(excused=e, unexcused=u, other=o, reported=r, cancelled=c, late=late)
        for e, u, o in product(minutes, minutes, minutes)
        for r, c, late in product(yes_or_no, yes_or_no, yes_or_no)
    }

    assert found == set(Outcome)
