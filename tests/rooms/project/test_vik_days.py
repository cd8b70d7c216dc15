"""When school is on in Vik."""

from datetime import date
from itertools import pairwise

import pytest

from samnarvaro.organisation.domain.school_days import is_free_by_law
from samnarvaro.project.vik import cast, schooldays, timetable


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2026, 11, 23), ["VT 2026", "HT 2026"]),
        (date(2026, 2, 10), ["HT 2025", "VT 2026"]),
        (date(2026, 1, 3), ["VT 2025", "HT 2025"]),
        (date(2026, 7, 20), ["HT 2025", "VT 2026"]),
        (date(2026, 8, 18), ["VT 2026", "HT 2026"]),
    ],
)
def test_the_two_terms_are_the_last_begun_and_the_one_before(today: date, names: list[str]) -> None:
    assert [term.name for term in schooldays.terms_up_to(today)] == names


@pytest.mark.parametrize("year", range(2024, 2036))
def test_terms_have_the_school_days_of_a_swedish_school_year(year: int) -> None:
    spring = schooldays.school_days(schooldays.spring(year), cast.STRANDSKOLAN)
    autumn = schooldays.school_days(schooldays.autumn(year), cast.STRANDSKOLAN)

    assert 93 <= len(spring) <= 100
    assert 78 <= len(autumn) <= 85
    assert not any(is_free_by_law(day) for day in spring + autumn)


def test_breaks_are_free() -> None:
    spring = schooldays.school_days(schooldays.spring(2026), cast.EKSKOLAN)
    autumn = schooldays.school_days(schooldays.autumn(2026), cast.EKSKOLAN)

    assert date(2026, 2, 25) not in spring  # sportlov, week 9
    assert date(2026, 4, 8) not in spring  # påsklov
    assert date(2026, 5, 15) not in spring  # between Ascension Day and a Saturday
    assert date(2026, 10, 28) not in autumn  # höstlov, week 44
    assert date(2026, 9, 18) not in autumn  # study day
    assert date(2026, 9, 17) in autumn


def test_a_study_day_of_one_school_leaves_the_others_open() -> None:
    own_day, autumn = date(2026, 9, 30), schooldays.autumn(2026)

    assert own_day not in schooldays.school_days(autumn, cast.BERGSKOLAN)
    assert own_day in schooldays.school_days(autumn, cast.STRANDSKOLAN)


def test_the_break_after_a_term_reaches_to_the_next() -> None:
    summer = schooldays.break_after(schooldays.spring(2026))

    assert (summer.first, summer.last) == (date(2026, 6, 13), date(2026, 8, 17))


@pytest.mark.parametrize("group", ["FA", "3B", "4A", "6E", "7C", "9A"])
def test_a_school_day_has_four_to_seven_lessons_of_forty_to_eighty_minutes(group: str) -> None:
    for unit in (school.key for school in cast.SCHOOLS):
        week = timetable.week_of(schooldays.autumn(2026), unit, group)

        assert len(week) == 5
        for day in week:
            starts = [lesson.start for lesson in day]
            assert 4 <= len(day) <= 7
            assert all(40 <= lesson.minutes <= 80 for lesson in day)
            assert starts == sorted(set(starts))
            assert starts[0] >= "08:00"
            assert starts[-1] < "15:30"


def test_lessons_of_a_class_never_overlap() -> None:
    def minutes(clock: str) -> int:
        return int(clock[:2]) * 60 + int(clock[3:])

    for day in timetable.week_of(schooldays.autumn(2026), cast.STRANDSKOLAN, "8B"):
        for lesson, following in pairwise(day):
            assert minutes(lesson.start) + lesson.minutes <= minutes(following.start)
