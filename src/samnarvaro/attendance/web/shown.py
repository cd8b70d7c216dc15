"""Figures made ready for the page: each with its words and what stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from samnarvaro.attendance.domain.history import History
from samnarvaro.attendance.domain.measures import Absence, Figures
from samnarvaro.attendance.web import texts
from samnarvaro.base import charts, provenance
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import SchoolCalendar


@dataclass(frozen=True, slots=True)
class InWindow:
    """One window's figures, in words beside them."""

    figures: Figures | None
    share: Fraction | None
    change: str
    minutes: str
    window: str
    unreported: str
    unreported_share: Fraction | None

    @property
    def late_count(self) -> int:
        return self.figures.late_count if self.figures else 0

    @property
    def longest_run(self) -> str:
        return texts.days(self.figures.longest_absent_run if self.figures else 0)


def in_window(known: History, window: Window, before: Window | None = None) -> InWindow:
    """Make a window ready; with the window before it, also how the share has moved."""
    found = known.figures(window)
    share = texts.share_of(found)
    earlier = texts.share_of(known.figures(before)) if before else None
    whole = found.scheduled + found.unreported if found else 0
    return InWindow(
        figures=found,
        share=share,
        change=texts.change(share, earlier),
        minutes=texts.of_minutes(found),
        window=provenance.window(window),
        unreported=provenance.unreported(found.unreported, found.scheduled) if found else "",
        unreported_share=Fraction(found.unreported, whole) if found and whole else None,
    )


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in the table beside the calendar; the first day names it."""

    first: date
    absence: Absence
    days_away: int


def days(known: History, span: Window, calendar: SchoolCalendar) -> Iterator[charts.Day]:
    """Make every day of a span ready for the calendar."""
    own = {day.day: day for day in known.own_days(span)}
    for day in span:
        of_day = own.get(day)
        if of_day and of_day.scheduled:
            yield charts.Day(day, of_day.scheduled, of_day.absent)
        elif of_day and of_day.unreported:
            yield charts.Day(day, kind=charts.DayKind.UNREPORTED)
        elif not calendar.is_school_day(day):
            yield charts.Day(day, kind=charts.DayKind.FREE)
        else:
            yield charts.Day(day, kind=charts.DayKind.EMPTY)


def months(known: History, span: Window) -> list[Month]:
    """Add a span up by calendar months."""
    sums: dict[date, list[int]] = {}
    for own in known.own_days(span):
        of_month = sums.setdefault(own.day.replace(day=1), [0, 0, 0])
        of_month[0] += own.scheduled
        of_month[1] += own.absent
        of_month[2] += own.scheduled > 0 and own.absent == own.scheduled
    return [Month(first, Absence(s, a), days) for first, (s, a, days) in sums.items() if s]
