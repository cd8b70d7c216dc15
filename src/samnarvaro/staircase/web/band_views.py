"""The target group of a school: a list of its own beside the staircase, and no step of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries import school as attendance
from samnarvaro.attendance.queries.school import PupilWindows
from samnarvaro.base import provenance
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries import members as people
from samnarvaro.people.queries.stays import stays
from samnarvaro.staircase.domain.rules import Band
from samnarvaro.staircase.queries import held
from samnarvaro.staircase.web import reading, rule_words, texts
from samnarvaro.staircase.web.picking import SchoolClass

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class InGroup:
    """A pupil in a target group, with the figures that put it there."""

    pk: int
    public: UUID
    name: str
    school_class: SchoolClass | None
    absence: Absence


@dataclass(frozen=True, slots=True)
class Group:
    """A target group: its rule in words, and its pupils in name order."""

    id: str
    rule: str
    book: str
    window: str
    least: int
    rows: tuple[InGroup, ...]


@require_safe
def target_group(request: StaffRequest, public: UUID) -> HttpResponse:
    """The pupils to whom the school social team may offer preventive work."""
    try:
        unit = reading.school(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None
    on, by = request.today, request.scope
    chosen = [(h, band) for h in held.at_unit(unit.pk, on=on) for band in h.book.bands]
    lengths = sorted({band.days for _, band in chosen})
    windows = {
        counts: attendance.windows(unit.pk, on=on, lengths=lengths, by=by, counts_leave=counts)
        for counts in {h.book.counts_leave for h, _ in chosen}
    }
    pupils = list(_pupils(unit.pk, on, by)) if chosen else []
    groups = [
        _group(each, band, windows[each.book.counts_leave], pupils, on) for each, band in chosen
    ]
    return show(
        request,
        "staircase/target_group.html",
        {
            "school": unit,
            "groups": groups,
            "count": len({row.pk for group in groups for row in group.rows}),
            "fresh": reading.fresh(
                max(
                    (each.last_day for found in windows.values() for each in found.values()),
                    default=None,
                )
            ),
        },
        tells=Disclosure({row.pk for group in groups for row in group.rows}, TELLS, "list"),
    )


@dataclass(frozen=True, slots=True)
class _Pupil:
    """A pupil of the school, its class there, and where it goes to school in which years."""

    row: people.AtUnit
    school_class: SchoolClass | None
    stays: tuple[tuple[int, str, str], ...]


def _pupils(unit: int, on: date, by: Scope) -> Iterator[_Pupil]:
    roll = people.roll(unit, by=by)
    classes = reading.classes_of(row.class_id for row in roll)
    where = stays(on=on, by=by)
    for row in roll:
        school_class = classes.get(row.class_id) if row.class_id else None
        yield _Pupil(row, school_class, tuple(where.of(row.pk)))


def _group(
    of: held.Held,
    band: Band,
    windows: Mapping[int, PupilWindows],
    pupils: list[_Pupil],
    on: date,
) -> Group:
    found = []
    for pupil in pupils:
        seen = windows.get(pupil.row.pk)
        if seen is None or not of.covers(pupil.stays):
            continue
        absence = seen.of_days[band.days].absence
        if band.holds(absence):
            row = pupil.row
            found.append(InGroup(row.pk, row.public, row.name, pupil.school_class, absence))
    return Group(
        id=f"{of.book.key}-{band.key}",
        rule=rule_words.of_rule(band),
        book=texts.book(of.book.name, of.book.version, counts_leave=of.book.counts_leave),
        window=provenance.window(trailing(on, band.days)),
        least=band.least_scheduled,
        rows=tuple(found),
    )
