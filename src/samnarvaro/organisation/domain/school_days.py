"""Which days are school days, and which school year and term a day belongs to.

By law Saturdays, Sundays and public holidays are free, and by custom the eves that everybody keeps:
Midsummer's Eve, Christmas Eve and New Year's Eve. Breaks and study days are local: a calendar span
of an authority or of one of its units frees days, or makes free ones school days, even a Sunday.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from samnarvaro.kernel.days import Window

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_JULY = 7
# A year and a half: no calendar frees as many days in a row, so a longer search is a mistake.
_LONGEST_SEARCH = 550


@cache
def _holidays_in(year: int) -> frozenset[date]:
    return frozenset(
        holidays.country_holidays(
            "SE", years=year, include_sundays=False, categories=("public", "de_facto")
        )
    )


def is_free_by_law(day: date) -> bool:
    """Tell whether a day is free in all of Sweden, before any local calendar."""
    return day.weekday() >= _SATURDAY or day in _holidays_in(day.year)


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """Some days, both ends included, that a calendar frees or makes school days.

    `of_unit` tells a unit's own span from one that holds for the whole authority.
    """

    first_day: date
    last_day: date
    is_school_day: bool
    label: str = ""
    of_unit: bool = False

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("a calendar span cannot end before it begins")

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class NoSchoolDay(Exception):
    """The calendar frees so many days in a row that no school day is found."""


class SchoolCalendar:
    """The school days of one unit: the law, then the authority's spans, then the unit's own.

    A unit's span goes before an authority's; of two alike the later in order holds, so the spans
    are to come in the order they were decided.
    """

    __slots__ = ("_known", "_spans")

    def __init__(self, spans: Iterable[CalendarSpan] = ()) -> None:
        latest_first = list(spans)[::-1]
        self._spans = [
            *(span for span in latest_first if span.of_unit),
            *(span for span in latest_first if not span.of_unit),
        ]
        self._known: dict[date, bool] = {}

    def is_school_day(self, day: date) -> bool:
        return self._is_known(day, self._spans)

    def school_days(self, first: date, last: date) -> list[date]:
        """Return the school days of a window, both ends included, in order."""
        if last < first:
            return []
        near = [s for s in self._spans if s.first_day <= last and s.last_day >= first]
        return [day for day in Window(first, last) if self._is_known(day, near)]

    def _is_known(self, day: date, spans: Sequence[CalendarSpan]) -> bool:
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = _judge(day, spans)
        return known

    def school_days_between(self, after: date, up_to: date) -> int:
        """Count the school days after one day, up to and including another; none if not later."""
        return len(self.school_days(after + _ONE_DAY, up_to)) if after < up_to else 0

    def first_school_day_on_or_after(self, day: date) -> date:
        """Return the day itself if it is a school day, otherwise the next one; or NoSchoolDay."""
        for step in range(min(_LONGEST_SEARCH, (date.max - day).days + 1)):
            candidate = day + timedelta(days=step)
            if self.is_school_day(candidate):
                return candidate
        raise NoSchoolDay

    def add_school_days(self, day: date, days: int) -> date:
        """Return that many school days after a day; 0 gives the day itself, school day or not."""
        if days < 0:
            raise ValueError("school days are counted forward only")
        for _ in range(days):
            day = self.first_school_day_on_or_after(day + _ONE_DAY)
        return day


def _judge(day: date, spans: Iterable[CalendarSpan]) -> bool:
    for span in spans:
        if day in span:
            return span.is_school_day
    return not is_free_by_law(day)


def school_year_of(day: date) -> str:
    """Return the school year, which begins on 1 July: "2026/2027"."""
    first = day.year if day.month >= _JULY else day.year - 1
    return f"{first}/{first + 1}"


def days_of_school_year(day: date) -> Window:
    """Return all days of the school year that a day belongs to."""
    first = day.year if day.month >= _JULY else day.year - 1
    return Window(date(first, _JULY, 1), date(first + 1, _JULY, 1) - _ONE_DAY)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the school authority itself has set it."""

    name: str
    days: Window


def term_on(day: date, terms: Iterable[Term]) -> Term | None:
    """Return the term that a day lies in, or None between two terms."""
    return next((term for term in terms if day in term.days), None)
