"""Where in the day and in what lessons time is missed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.attendance.domain.history import History, Run, Running
from samnarvaro.attendance.domain.patterns import Part, Slot, by_hour, by_subject

MONDAY = date(2026, 11, 2)
SLOTS = st.lists(
    st.builds(
        lambda subject, start, scheduled, absent, late: Slot(
            subject, start, scheduled, min(absent, scheduled), late
        ),
        st.sampled_from(["MA", "SV", "IDH", ""]),
        st.integers(0, 1439),
        st.integers(0, 300),
        st.integers(0, 300),
        st.integers(0, 3),
    ),
    max_size=20,
)


@given(SLOTS)
def test_no_minute_is_lost_and_none_is_counted_twice(slots: list[Slot]) -> None:
    for parts in (by_subject(slots), by_hour(slots)):
        assert sum(part.scheduled for _, part in parts) == sum(s.scheduled for s in slots)
        assert sum(part.absent for _, part in parts) == sum(s.absent for s in slots)


def test_a_lesson_belongs_to_the_hour_in_which_it_begins() -> None:
    slots = [Slot("MA", 8 * 60, 60, 60), Slot("SV", 8 * 60 + 59, 60, 0), Slot("EN", 9 * 60, 60, 0)]

    assert by_hour(slots) == [(8, Part(120, 60, 0)), (9, Part(60, 0, 0))]


def test_the_subject_that_is_missed_most_comes_first_and_equals_by_name() -> None:
    slots = [Slot("SV", 600, 60, 0), Slot("EN", 660, 60, 0), Slot("MA", 720, 120, 60)]

    assert [name for name, _ in by_subject(slots)] == ["MA", "EN", "SV"]


def running(*runs: int) -> History:
    """Days in a row, each with how many absent days in a row it ends."""
    days = [MONDAY + timedelta(days=number) for number in range(len(runs))]
    return History(
        [
            Running(day, days=n + 1, run=run)
            for n, (day, run) in enumerate(zip(days, runs, strict=True))
        ]
    )


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_days_in_a_row_are_told_newest_first() -> None:
    known = running(0, 1, 2, 3, 0, 1, 0, 1, 2)

    assert known.runs(2) == [Run(day(7), day(8), 2), Run(day(1), day(3), 3)]
    assert known.runs(3) == [Run(day(1), day(3), 3)]
    assert [run.days for run in known.runs(1)] == [2, 1, 3]


def test_a_day_without_lessons_that_count_neither_breaks_a_run_nor_lengthens_it() -> None:
    assert running(1, 1, 2, 0).runs(2) == [Run(day(0), day(2), 2)]


def test_who_was_never_away_whole_days_has_no_run() -> None:
    assert running(0, 0, 0).runs(1) == []
    assert History([]).runs(1) == []
