"""The pictures of a pupil's attendance, each with its facts as a table.

By key: `dagar-2026` is the school year that begins in 2026, `veckodagar`, `tider` and `amnen` are
of two months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.history import History
from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.domain.patterns import Part, Slot, by_hour, by_subject
from samnarvaro.attendance.queries import pupil as queries
from samnarvaro.attendance.web import shown, texts
from samnarvaro.base import charts, dates, figures, provenance
from samnarvaro.base.once import Once
from samnarvaro.base.pictures import Cell, Column, Picture, Table, count, minutes, share
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation.domain.school_days import days_of_school_year, school_year_of
from samnarvaro.people import queries as people

TWO_MONTHS = 60
NO_UNIT = 0  # only what holds for all schools
DAYS = "dagar-"
_MINUTES = (
    Column(gettext_lazy("Lektionstid"), gettext_lazy("minuter"), is_number=True),
    Column(gettext_lazy("Borta"), gettext_lazy("minuter"), is_number=True),
    Column(gettext_lazy("Andel"), gettext_lazy("procent"), is_number=True),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pictures of one pupil are made of; its lessons are read for the picture of them."""

    pupil: int
    public: UUID
    by: Scope
    known: History
    unit: int
    calendars: organisation.Calendars
    window: Window
    once: Once
    fresh: str

    @property
    def slots(self) -> Sequence[Slot]:
        return self.once(queries.slots, self.pupil, self.known, self.window, by=self.by)

    def address(self, key: str) -> str:
        return reverse("attendance:picture", args=[self.public, key])


def page_of(public: UUID) -> str:
    return reverse("pupil", args=[public])


def seen(pupil: int, public: UUID, *, by: Scope, on: date, once: Once) -> Seen | None:
    """Read what the pictures need; None for a pupil without a day of lessons."""
    known = once(queries.history, pupil, until=on, by=by)
    if known.first_day is None:
        return None
    places = once(people.places_of, pupil, by=by)
    return Seen(
        pupil=pupil,
        public=public,
        by=by,
        known=known,
        unit=places[0].unit if places else NO_UNIT,
        calendars=once(organisation.Calendars),
        window=trailing(on, TWO_MONTHS),
        once=once,
        fresh=provenance.fresh(known.last_day, once(queries.last_taken_in)),
    )


def picture(
    key: str, pupil: int, public: UUID, *, by: Scope, on: date, once: Once
) -> Picture | None:
    """Return one of a pupil's pictures by its key, or None if there is no such picture."""
    of = seen(pupil, public, by=by, on=on, once=once)
    if of is None:
        return None
    if key in _OF_TWO_MONTHS:
        return _OF_TWO_MONTHS[key](of)
    year = next((year for year in years_of(of, on) if key_of(year) == key), None)
    return school_year(of, year, on) if year else None


def years_of(of: Seen, on: date) -> list[Window]:
    """Return the school years in which there are lessons, the newest first."""
    first = of.known.first_day
    found, year = [], days_of_school_year(on)
    while first is not None and year.last >= first:
        if any(day in year for day in of.known.days):
            found.append(year)
        year = days_of_school_year(date(year.first.year, 6, 30))
    return found


def key_of(year: Window) -> str:
    return f"{DAYS}{year.first.year}"


def school_year(of: Seen, year: Window, on: date) -> Picture:
    """The calendar of a school year with lessons, from the first lesson to today, or to its last
    school day.
    """
    calendar = of.calendars.of(of.unit)
    with_marks = [day for day in of.known.days if day in year]
    days = calendar.school_days(with_marks[0], min(year.last, on))
    span = Window(with_marks[0], max([*days, *with_marks]))
    title = texts.calendar_title(of.known, span, is_over=year.last < on)
    key = key_of(year)
    return Picture(
        key=key,
        title=title,
        svg=charts.calendar(list(shown.days(of.known, span, calendar)), title=title),
        table=_months(of.known, span, year),
        source=texts.school_year(year),
        fresh=of.fresh,
        address=of.address(key),
        note=_free_days(of, span),
    )


def _months(known: History, span: Window, year: Window) -> Table:
    return Table(
        _("Frånvaro månad för månad, läsåret %(year)s") % {"year": school_year_of(year.first)},
        (Column(_("Månad")), *_MINUTES, Column(_("Hela dagar"), is_number=True)),
        [
            (Cell(dates.month(month.first)), *_minutes(month.absence), count(month.days_away))
            for month in shown.months(known, span)
        ],
    )


def _free_days(of: Seen, span: Window) -> str:
    named = of.calendars.spans_of(of.unit, span)
    free = [
        f"{each.label} {dates.span(each.first_day, each.last_day)}"
        for each in named
        if not each.is_school_day
    ]
    return _("Lediga dagar: %(days)s.") % {"days": ", ".join(free)} if free else ""


def _minutes(absence: Part | Absence) -> tuple[Cell, ...]:
    return (
        minutes(absence.scheduled),
        minutes(absence.absent),
        share(absence.absent, absence.scheduled, heat=True),
    )


def weekdays(of: Seen) -> Picture:
    found = of.known.by_weekday(of.window)
    parts = [
        (dates.weekday(day).capitalize(), Part(absence.scheduled, absence.absent))
        for day, absence in found.items()
    ]
    return _parts(of, "veckodagar", texts.weekday_title(found), parts, _("Veckodag"))


def hours(of: Seen) -> Picture:
    found = [(texts.hour(hour), part) for hour, part in by_hour(of.slots)]
    return _parts(of, "tider", texts.hour_title(found), found, _("Lektionen börjar"))


def subjects(of: Seen) -> Picture:
    found = [(texts.subject(name), part) for name, part in by_subject(of.slots)]
    return _parts(of, "amnen", texts.subject_title(found), found, _("Ämne"), tells_late=True)


def _parts(
    of: Seen,
    key: str,
    title: str,
    parts: Sequence[tuple[str, Part]],
    label: str,
    *,
    tells_late: bool = False,
) -> Picture:
    bars = [
        charts.Bar(name, float(part.share), figures.percent(part.share, 0)) for name, part in parts
    ]
    late = [Column(_("Sena ankomster"), is_number=True)] if tells_late else []
    return Picture(
        key=key,
        title=title,
        svg=charts.bars(bars, title=title),
        table=Table(
            title,
            (Column(label), *_MINUTES, *late),
            [
                (Cell(name), *_minutes(part), *([count(part.late)] if tells_late else []))
                for name, part in parts
            ],
        ),
        source=provenance.window(of.window),
        fresh=of.fresh,
        address=of.address(key),
    )


_OF_TWO_MONTHS = {"veckodagar": weekdays, "tider": hours, "amnen": subjects}
