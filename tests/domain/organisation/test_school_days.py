"""School days: the law, the authority's calendar, the unit's own, and counting in them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import (
    CalendarSpan,
    NoSchoolDay,
    SchoolCalendar,
    Term,
    days_of_school_year,
    is_free_by_law,
    school_year_of,
    term_on,
)

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def free(first: date, last: date | None = None, *, of_unit: bool = False) -> CalendarSpan:
    return CalendarSpan(first, last or first, is_school_day=False, of_unit=of_unit)


def school(first: date, last: date | None = None, *, of_unit: bool = False) -> CalendarSpan:
    return CalendarSpan(first, last or first, is_school_day=True, of_unit=of_unit)


@st.composite
def spans(draw: st.DrawFn) -> CalendarSpan:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 80)))
    return CalendarSpan(first, last, draw(st.booleans()), "", draw(st.booleans()))


CALENDARS = st.lists(spans(), max_size=6).map(SchoolCalendar)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2025, 6, 6),  # the National Day, a Friday
        date(2026, 6, 19),  # Midsummer's Eve
        date(2027, 6, 25),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2027, 1, 6),  # Epiphany, a Wednesday
        SATURDAY,
        SUNDAY,
    ],
)
def test_public_and_de_facto_holidays_are_free_everywhere(day: date) -> None:
    assert is_free_by_law(day)
    assert not SchoolCalendar().is_school_day(day)


@pytest.mark.parametrize(
    "day",
    [
        MONDAY,
        FRIDAY,
        date(2026, 1, 5),  # the eve of Epiphany
        date(2026, 4, 2),  # Maundy Thursday
        date(2026, 4, 30),  # Walpurgis Eve
        date(2026, 5, 15),  # the day after Ascension Day is only free where a calendar says so
        date(2026, 6, 18),
        date(2026, 12, 23),
        date(2026, 12, 28),
        date(2026, 12, 30),
        date(2027, 1, 5),
        date(2024, 6, 5),
    ],
)
def test_other_weekdays_are_school_days_until_a_calendar_frees_them(day: date) -> None:
    assert not is_free_by_law(day)
    assert SchoolCalendar().is_school_day(day)
    assert not SchoolCalendar([free(day)]).is_school_day(day)


@given(DAYS)
def test_every_saturday_and_sunday_is_free_by_law(day: date) -> None:
    assert is_free_by_law(day) or day.isoweekday() <= 5


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY, date(2026, 12, 24)])
def test_a_calendar_can_make_even_a_sunday_a_school_day(day: date) -> None:
    assert SchoolCalendar([school(day)]).is_school_day(day)


@pytest.mark.parametrize(
    ("day", "is_school_day"),
    [
        (MONDAY - timedelta(days=3), True),  # the Friday before
        (MONDAY, False),
        (FRIDAY, False),
        (FRIDAY + timedelta(days=3), True),  # the Monday after
    ],
)
def test_a_break_frees_its_first_and_its_last_day(day: date, is_school_day: bool) -> None:
    assert SchoolCalendar([free(MONDAY, FRIDAY)]).is_school_day(day) is is_school_day


def test_the_units_own_span_goes_before_the_authoritys_whatever_the_order() -> None:
    of_authority, of_unit = free(MONDAY, FRIDAY), school(FRIDAY, of_unit=True)

    for calendar in (
        SchoolCalendar([of_authority, of_unit]),
        SchoolCalendar([of_unit, of_authority]),
    ):
        assert not calendar.is_school_day(MONDAY)
        assert calendar.is_school_day(FRIDAY)


@pytest.mark.parametrize("of_unit", [False, True])
def test_of_two_spans_alike_the_later_holds(of_unit: bool) -> None:
    frees, opens = free(MONDAY, of_unit=of_unit), school(MONDAY, of_unit=of_unit)

    assert SchoolCalendar([frees, opens]).is_school_day(MONDAY)
    assert not SchoolCalendar([opens, frees]).is_school_day(MONDAY)


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        free(FRIDAY, MONDAY)


def test_school_days_are_counted_over_weekends_breaks_and_holidays() -> None:
    calendar = SchoolCalendar([free(date(2026, 12, 21), date(2027, 1, 8))])

    assert calendar.add_school_days(date(2026, 12, 17), 1) == date(2026, 12, 18)
    assert calendar.add_school_days(date(2026, 12, 17), 2) == date(2027, 1, 11)
    assert calendar.school_days_between(date(2026, 12, 17), date(2027, 1, 11)) == 2
    assert calendar.school_days(date(2026, 12, 17), date(2027, 1, 12)) == [
        date(2026, 12, 17),
        date(2026, 12, 18),
        date(2027, 1, 11),
        date(2027, 1, 12),
    ]


def test_midsummer_is_stepped_over() -> None:
    calendar = SchoolCalendar()

    assert calendar.add_school_days(date(2026, 6, 18), 1) == date(2026, 6, 22)


@pytest.mark.parametrize(
    ("day", "days", "reached"),
    [
        (FRIDAY, 0, FRIDAY),
        (SUNDAY, 0, SUNDAY),  # none added: the day itself
        (FRIDAY, 1, date(2026, 11, 23)),
        (SUNDAY, 1, date(2026, 11, 23)),
        (MONDAY, 4, FRIDAY),
        (MONDAY, 5, date(2026, 11, 23)),
    ],
)
def test_school_days_are_added_after_the_day(day: date, days: int, reached: date) -> None:
    assert SchoolCalendar().add_school_days(day, days) == reached


def test_school_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        SchoolCalendar().add_school_days(MONDAY, -1)


@pytest.mark.parametrize(
    ("day", "found"), [(FRIDAY, FRIDAY), (SATURDAY, date(2026, 11, 23)), (MONDAY, MONDAY)]
)
def test_the_first_school_day_may_be_the_day_itself(day: date, found: date) -> None:
    assert SchoolCalendar().first_school_day_on_or_after(day) == found


def test_a_calendar_that_frees_everything_is_told_and_not_searched_for_ever() -> None:
    calendar = SchoolCalendar([free(date(2000, 1, 1), date.max)])

    for day in (MONDAY, date.max):
        with pytest.raises(NoSchoolDay):
            calendar.first_school_day_on_or_after(day)
    with pytest.raises(NoSchoolDay):
        calendar.add_school_days(MONDAY, 1)


def test_a_window_the_wrong_way_round_has_no_school_days() -> None:
    assert SchoolCalendar().school_days(FRIDAY, MONDAY) == []
    assert SchoolCalendar().school_days_between(FRIDAY, MONDAY) == 0
    assert SchoolCalendar().school_days_between(FRIDAY, FRIDAY) == 0


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_adding_school_days_and_counting_them_agree(
    calendar: SchoolCalendar, day: date, days: int
) -> None:
    reached = calendar.add_school_days(day, days)

    assert calendar.school_days_between(day, reached) == days
    assert days == 0 or calendar.is_school_day(reached)


@given(CALENDARS, DAYS)
def test_no_school_day_is_passed_on_the_way_to_the_first(
    calendar: SchoolCalendar, day: date
) -> None:
    found = calendar.first_school_day_on_or_after(day)

    assert calendar.school_days(day, found) == [found]


@given(st.lists(spans(), max_size=6), DAYS)
def test_the_last_matching_span_of_the_unit_then_of_the_authority_then_the_law(
    given_spans: list[CalendarSpan], day: date
) -> None:
    own = [span for span in given_spans if day in span and span.of_unit]
    common = [span for span in given_spans if day in span and not span.of_unit]
    deciding = own or common
    expected = deciding[-1].is_school_day if deciding else not is_free_by_law(day)

    assert SchoolCalendar(given_spans).is_school_day(day) is expected


@pytest.mark.parametrize(
    ("day", "school_year"),
    [
        (date(2026, 6, 30), "2025/2026"),
        (date(2026, 7, 1), "2026/2027"),
        (date(2026, 12, 31), "2026/2027"),
        (date(2027, 1, 1), "2026/2027"),
        (date(2027, 6, 30), "2026/2027"),
        (date(2027, 7, 1), "2027/2028"),
    ],
)
def test_the_school_year_begins_on_the_first_of_july(day: date, school_year: str) -> None:
    assert school_year_of(day) == school_year
    assert day in days_of_school_year(day)


@given(DAYS)
def test_all_days_of_a_school_year_share_its_name(day: date) -> None:
    days = days_of_school_year(day)

    assert days.calendar_days in {365, 366}
    assert {school_year_of(each) for each in (days.first, day, days.last)} == {school_year_of(day)}


def test_a_day_between_two_terms_is_in_none() -> None:
    autumn = Term("HT 2026", Window(date(2026, 8, 17), date(2026, 12, 18)))
    spring = Term("VT 2027", Window(date(2027, 1, 11), date(2027, 6, 11)))

    assert term_on(date(2026, 12, 18), [autumn, spring]) == autumn
    assert term_on(date(2026, 12, 19), [autumn, spring]) is None
    assert term_on(date(2027, 1, 11), [autumn, spring]) == spring
