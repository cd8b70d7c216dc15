"""Figures made ready for the page: each with its words and what stands behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.safestring import SafeString

from samnarvaro.attendance.domain.history import History
from samnarvaro.attendance.domain.measures import Absence, Figures
from samnarvaro.attendance.queries.pupil import SubjectShare
from samnarvaro.attendance.web import texts
from samnarvaro.base import charts, dates, figures, provenance
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
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


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day of a span as a picture, the same by month, and the free days that have a name."""

    title: str
    picture: SafeString
    months: list[Month]
    free: list[tuple[str, str]]


def calendar(known: History, span: Window, unit: int) -> Calendar:
    title = texts.calendar_title(known, span)
    days = _days(known, span, organisation.Calendars().of(unit))
    return Calendar(
        title=title,
        picture=charts.calendar(list(days), title=title),
        months=_months(known, span),
        free=[
            (free.label, dates.span(free.first_day, free.last_day))
            for free in organisation.calendar_spans(unit, span.first, span.last)
            if not free.is_school_day
        ],
    )


def _days(known: History, span: Window, calendar: SchoolCalendar) -> Iterator[charts.Day]:
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


def _months(known: History, span: Window) -> list[Month]:
    sums: dict[date, list[int]] = {}
    for own in known.own_days(span):
        of_month = sums.setdefault(own.day.replace(day=1), [0, 0, 0])
        of_month[0] += own.scheduled
        of_month[1] += own.absent
        of_month[2] += own.scheduled > 0 and own.absent == own.scheduled
    return [Month(first, Absence(s, a), days) for first, (s, a, days) in sums.items() if s]


@dataclass(frozen=True, slots=True)
class Part:
    """One weekday or one subject: its minutes, and the share of them that was missed."""

    label: str
    absence: Absence
    late: int = 0

    @property
    def share(self) -> Fraction:
        return texts.share_of(self.absence) or Fraction(0)

    @property
    def bar(self) -> charts.Bar:
        return charts.Bar(self.label, float(self.share), figures.percent(self.share, 0))


@dataclass(frozen=True, slots=True)
class Parts:
    """A window split up, as a picture and as a table."""

    title: str
    parts: list[Part]
    tells_late: bool = False

    @property
    def picture(self) -> SafeString:
        return charts.bars([part.bar for part in self.parts], title=self.title)


def weekdays(found: dict[int, Absence]) -> Parts:
    parts = [Part(dates.weekday(day).capitalize(), absence) for day, absence in found.items()]
    return Parts(texts.weekday_title(found), parts)


def subjects(found: list[SubjectShare]) -> Parts:
    parts = [
        Part(texts.subject(each.subject), Absence(each.scheduled, each.absent), each.late)
        for each in found
    ]
    title = texts.subject_title([(part.label, part.share) for part in parts])
    return Parts(title, parts, tells_late=True)
