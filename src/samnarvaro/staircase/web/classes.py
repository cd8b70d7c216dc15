"""The classes of a school side by side: by weekday, and as bars by class and by year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samnarvaro.attendance.queries.sums import OfClass
from samnarvaro.base import charts, dates, figures
from samnarvaro.base.pictures import Cell, Column, Picture, Table, count, remembered, share
from samnarvaro.staircase.web.picking import Picked, SchoolClass, year_name, year_number
from samnarvaro.staircase.web.school import Frame
from samnarvaro.staircase.web.shares import About, Part, Sum, bars, sum_of

HEAT, CLASSES, YEARS = "karta", "klasser", "arskurser"
_SCHOOL_WEEK = 5


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with its minutes on each weekday, and in the whole month."""

    school_class: SchoolClass
    pupils: int
    weekdays: tuple[Sum, ...]

    @property
    def total(self) -> Sum:
        return sum(self.weekdays, Sum())


def rows(
    sums: Mapping[int | None, OfClass],
    classes: Mapping[int, SchoolClass],
    sizes: Counter[int | None],
) -> tuple[ClassRow, ...]:
    """The month by class and weekday. Pupils who stand in no class are not in it."""
    by_weekday = {
        pk: {day: sum_of(of) for day, of in sums[pk].weekdays.items() if of.scheduled}
        for pk in classes
        if pk in sums
    }
    last = max([_SCHOOL_WEEK - 1, *(day for days in by_weekday.values() for day in days)])
    return tuple(
        ClassRow(
            school_class,
            sizes[pk],
            tuple(by_weekday.get(pk, {}).get(weekday, Sum()) for weekday in range(last + 1)),
        )
        for pk, school_class in sorted(classes.items(), key=lambda pair: pair[1].order)
    )


@remembered
def heat(found: tuple[ClassRow, ...], frame: Frame) -> Picture | None:
    """Class by weekday: a table is the picture. None when no class has had a lesson."""
    shown = [row for row in found if frame.picked.has(row.school_class)]
    worst = _worst([(row.school_class.name, row.total) for row in shown])
    if worst is None:
        return None
    weekdays = [dates.weekday(day).capitalize() for day in range(len(shown[0].weekdays))]
    percent = _("procent")
    return Picture(
        key=HEAT,
        title=worst,
        table=Table(
            _("Frånvaro per klass och veckodag"),
            (
                Column(_("Klass")),
                Column(_("Elever"), is_number=True),
                *(Column(name, percent, is_number=True) for name in weekdays),
                Column(_("Alla dagar"), percent, is_number=True),
            ),
            [
                (
                    Cell(row.school_class.name, url=row.school_class.url),
                    count(row.pupils),
                    *(share(s.absent, s.scheduled, heat=True) for s in row.weekdays),
                    share(row.total.absent, row.total.scheduled),
                )
                for row in shown
            ],
        ),
        source=frame.window,
        fresh=frame.fresh,
        address=frame.picture(HEAT),
        query=frame.picked.query,
        drawn_apart=_map(shown, [*weekdays, _("Alla dagar")], worst),
    )


def _map(found: Sequence[ClassRow], columns: Sequence[str], title: str) -> SafeString:
    """The same as a drawing, to take along."""
    rows = [
        charts.Squares(
            row.school_class.name, [*(_square(of) for of in row.weekdays), _square(row.total)]
        )
        for row in found
    ]
    return charts.heat_map(columns, rows, title=title)


def _square(of: Sum) -> charts.Square:
    shade = None if of.share is None else figures.heat(of.share)
    return charts.Square(figures.percent(of.share), shade)


@remembered
def class_bars(found: tuple[ClassRow, ...], frame: Frame) -> Picture | None:
    """The classes of the year that is picked, or all; a bar picks its class."""
    shown = [
        _Bar(row.school_class.name, row.total, Picked(row.school_class, book=frame.picked.book))
        for row in found
        if not frame.picked.year or row.school_class.grade == frame.picked.year
    ]
    return _bars(CLASSES, shown, _("Klass"), frame)


@remembered
def year_bars(found: tuple[ClassRow, ...], frame: Frame) -> Picture | None:
    """All years; a bar picks its year."""
    sums: defaultdict[str, Sum] = defaultdict(Sum)
    for row in found:
        sums[row.school_class.grade] += row.total
    shown = [
        _Bar(year_name(grade), sums[grade], Picked(grade=grade, book=frame.picked.book))
        for grade in sorted(sums, key=year_number)
    ]
    return _bars(YEARS, shown, _("Årskurs"), frame, in_order=True)


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    total: Sum
    picks: Picked


def _bars(
    key: str, found: Sequence[_Bar], label: str, frame: Frame, *, in_order: bool = False
) -> Picture | None:
    """Bars that pick their part of the school. None when nobody has had a lesson."""
    title = _worst([(bar.name, bar.total) for bar in found])
    if title is None:
        return None
    school = frame.opens("staircase:school").removesuffix(frame.picked.query)
    parts = [
        Part(bar.name, bar.total, school + bar.picks.query, is_chosen=bar.picks == frame.picked)
        for bar in found
        if bar.total.scheduled
    ]
    if not in_order:
        parts.sort(key=lambda part: -(part.total.share or 0))
    about = About(
        key=key,
        label=label,
        title=title,
        source=frame.window,
        fresh=frame.fresh,
        address=frame.picture(key),
        query=frame.picked.query,
    )
    return bars(parts, about)


def _worst(found: Iterable[tuple[str, Sum]]) -> str | None:
    """Say which has most absence; None where nobody has had a lesson."""
    shares = [(total.share, name) for name, total in found if total.share is not None]
    if not shares:
        return None
    most, name = max(shares, key=lambda pair: pair[0])
    if not most:
        return _("Ingen frånvaro de senaste 30 dagarna.")
    return _("Mest frånvaro har %(class)s: %(share)s.") % {
        "class": name,
        "share": figures.percent(most),
    }
