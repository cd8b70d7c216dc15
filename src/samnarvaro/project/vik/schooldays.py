"""When school is on in Vik: terms, breaks and study days of any school year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samnarvaro.organisation.domain.school_days import is_free_by_law
from samnarvaro.project.vik.cast import BERGSKOLAN

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = 0, 1, 2, 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    school_year: int  # the year in which the school year began
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FreeSpan:
    """Days without school that no law frees; without a unit it holds for all schools."""

    label: str
    first: date
    last: date
    unit: str | None = None


def in_week(year: int, week: int, weekday: int) -> date:
    return date.fromisocalendar(year, week, weekday + 1)


def _last(weekday: int, up_to: date) -> date:
    return up_to - (up_to.weekday() - weekday) % 7 * ONE_DAY


def spring(year: int) -> Term:
    return Term(f"VT {year}", year - 1, date(year, 1, 8), _last(FRIDAY, date(year, 6, 15)))


def autumn(year: int) -> Term:
    first, last = _last(TUESDAY, date(year, 8, 22)), _last(FRIDAY, date(year, 12, 21))
    return Term(f"HT {year}", year, first, last)


def terms_up_to(today: date) -> tuple[Term, Term]:
    """The term before, and the term that runs or ran last."""
    begun = [
        term
        for year in range(today.year - 1, today.year + 1)
        for term in (spring(year), autumn(year))
        if term.first <= today
    ]
    return begun[-2], begun[-1]


def terms_after(term: Term, how_many: int) -> list[Term]:
    later = [
        each
        for year in range(term.first.year, term.first.year + 1 + how_many)
        for each in (spring(year), autumn(year))
        if each.first > term.first
    ]
    return later[:how_many]


def _easter_monday(year: int) -> date:
    """The only free Monday of March and April."""
    return next(
        day
        for day in _days(date(year, 3, 22), date(year, 4, 30))
        if day.weekday() == MONDAY and is_free_by_law(day)
    )


def _ascension_day(year: int) -> date:
    return _easter_monday(year) + timedelta(days=38)


def free_spans(term: Term) -> list[FreeSpan]:
    year = term.first.year
    if term.first.month > 6:
        break_first = in_week(year, 44, MONDAY)
        study_day = in_week(year, 38, FRIDAY)
        own_day = in_week(year, 40, WEDNESDAY)
        return [
            FreeSpan("Studiedag", study_day, study_day),
            FreeSpan("Studiedag Bergskolan", own_day, own_day, BERGSKOLAN),
            FreeSpan("Höstlov", break_first, break_first + timedelta(days=4)),
        ]
    sport, easter = in_week(year, 9, MONDAY), _easter_monday(year)
    study_day, bridge = in_week(year, 11, MONDAY), _ascension_day(year) + ONE_DAY
    return [
        FreeSpan("Sportlov", sport, sport + timedelta(days=4)),
        FreeSpan("Studiedag", study_day, study_day),
        FreeSpan("Påsklov", easter + ONE_DAY, easter + timedelta(days=4)),
        FreeSpan("Lovdag", bridge, bridge),
    ]


def break_after(term: Term) -> FreeSpan:
    """Christmas or summer: the free days until the next term."""
    following = terms_after(term, 1)[0]
    label = "Jullov" if term.first.month > 6 else "Sommarlov"
    return FreeSpan(label, term.last + ONE_DAY, following.first - ONE_DAY)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def school_days(term: Term, unit: str) -> list[date]:
    """The days of the term on which that school is open."""
    free = {
        day
        for span in free_spans(term)
        if span.unit in (None, unit)
        for day in _days(span.first, span.last)
    }
    return [
        day for day in _days(term.first, term.last) if day not in free and not is_free_by_law(day)
    ]
