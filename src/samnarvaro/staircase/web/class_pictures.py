"""The pictures of a class over 30 days: pupil by pupil, by weekday, by hour, by subject."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from samnarvaro.attendance.domain.patterns import by_hour, by_subject
from samnarvaro.attendance.queries import sums
from samnarvaro.attendance.queries.school import PupilWindows
from samnarvaro.base import dates, figures, provenance
from samnarvaro.base.pictures import Picture, remembered
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.staircase.web.lists import Listed
from samnarvaro.staircase.web.picking import SchoolClass
from samnarvaro.staircase.web.reading import MONTH, Lists, School
from samnarvaro.staircase.web.shares import About, Part, Sum, bars, sum_of

PUPILS, WEEKDAYS = "elever", "veckodagar"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pictures of a class have in common."""

    group: SchoolClass
    window: str
    fresh: str


def pictures(
    school: School, group: SchoolClass, found: Lists, *, by: Scope, on: date
) -> list[Picture]:
    """Return the pictures of a class; none for one without lessons."""
    month = trailing(on, MONTH)
    members = [(row.pk, group.pk) for row in found.rows]
    said = sums.of_class(school.pk, group.pk, members, window=month, by=by)
    if not said.weekdays:
        return []
    slots = said.slots
    frame = Frame(group, provenance.window(month), found.fresh)
    pupils = list(_pupils(found.rows, found.known))
    hours = [Part(_hour(hour), Sum(p.scheduled, p.absent)) for hour, p in by_hour(slots)]
    subjects = [
        Part(name or _("utan ämne"), Sum(p.scheduled, p.absent)) for name, p in by_subject(slots)
    ]
    return [
        _picture(PUPILS, _("Elev"), pupils, frame),
        _remembered(WEEKDAYS, _("Veckodag"), tuple(_weekdays(said.weekdays)), frame),
        _remembered("tider", _("Lektionen börjar"), tuple(hours), frame),
        _remembered("amnen", _("Ämne"), tuple(subjects), frame),
    ]


def _pupils(rows: Sequence[Listed], windows: Mapping[int, PupilWindows]) -> Iterator[Part]:
    """The pupils, the one who was away most first; equals in the order of names."""
    own = [
        (row, Sum(windows[row.pk].of_days[MONTH].scheduled, windows[row.pk].of_days[MONTH].absent))
        for row in rows
        if row.pk in windows
    ]
    for row, total in sorted(own, key=lambda pair: -(pair[1].share or 0)):
        if total.scheduled:
            yield Part(row.name, total, row.url)


def _weekdays(found: Mapping[int, sums.Minutes]) -> list[Part]:
    return [Part(dates.weekday(day).capitalize(), sum_of(found[day])) for day in sorted(found)]


def _hour(number: int) -> str:
    return f"{number:02}–{number + 1:02}"


def _picture(key: str, label: str, parts: Sequence[Part], frame: Frame) -> Picture:
    about = About(
        key=key,
        label=label,
        title=_title(key, parts),
        source=frame.window,
        fresh=frame.fresh,
        address=reverse("staircase:class_picture", args=[frame.group.public, key]),
        has_heat=True,
    )
    return bars(parts, about)


@remembered
def _remembered(key: str, label: str, parts: tuple[Part, ...], frame: Frame) -> Picture:
    """One that names nobody."""
    return _picture(key, label, parts, frame)


def _title(key: str, parts: Sequence[Part]) -> str:
    """Say what there is most absence in; of pupils, how many were away more than a tenth."""
    if key == PUPILS:
        many = sum((part.total.share or 0) > Fraction(1, 10) for part in parts)
        told = {"many": many, "all": len(parts)}
        return _("%(many)d av %(all)d elever har varit borta mer än 10 procent.") % told
    worst = max(parts, key=lambda part: part.total.share or 0, default=None)
    if worst is None or not worst.total.absent:
        return _("Ingen frånvaro de senaste 30 dagarna.")
    return _("Mest frånvaro: %(what)s, %(share)s av lektionstiden.") % {
        "what": worst.name.lower() if key == WEEKDAYS else worst.name,
        "share": figures.percent(worst.total.share, 0),
    }
