"""Everything that changes the organisation: one function for each thing somebody does."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import transaction

from samnarvaro.base import events, ids
from samnarvaro.base.reports import Report
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.events import CalendarChanged
from samnarvaro.organisation.imports import calendar
from samnarvaro.organisation.models import (
    Agency,
    CalendarSpan,
    Group,
    SchoolAuthority,
    Term,
    Unit,
)

NAMELESS = "huvudman"


@transaction.atomic
def ensure_authority(*, code: str = NAMELESS, name: str = "") -> SchoolAuthority:
    """Return the installation's school authority, made nameless if nobody has set it up."""
    authority = SchoolAuthority.objects.order_by("pk").first()
    if authority is None:
        authority = SchoolAuthority.objects.create(code=code, name=name)
    elif name and authority.code == NAMELESS:
        authority.code, authority.name = code, name
        authority.save(update_fields=["code", "name"])
    return authority


@transaction.atomic
def ensure_agency(*, authority: SchoolAuthority, kind: str, name: str, zone: str) -> Agency:
    agency, _ = Agency.objects.get_or_create(
        authority=authority, name=name, defaults={"kind": kind, "zone": zone}
    )
    return agency


@transaction.atomic
def ensure_school_agency() -> Agency:
    """Return the agency that holds the authority's schools: one secrecy zone."""
    authority = ensure_authority()
    agency = Agency.objects.filter(authority=authority, kind="school").order_by("pk").first()
    if agency is None:
        agency = Agency.objects.create(
            authority=authority, kind="school", name="Skola", zone=f"school:{authority.code}"
        )
    return agency


@transaction.atomic
def ensure_unit(*, agency: Agency, name: str, code: str | None = None) -> Unit:
    """Return the unit with that code (or name, where it has none), made or renamed as told."""
    known = {"code": code} if code else {"agency": agency, "name": name}
    unit, made = Unit.objects.get_or_create(**known, defaults={"agency": agency, "name": name})
    if not made and name and unit.name != name:
        unit.name = name
        unit.save(update_fields=["name"])
    return unit


def new_unit_ids() -> Iterator[int]:
    """Set ids aside for units that a delivery is going to make."""
    return ids.set_aside(Unit)


@transaction.atomic
def create_nameless_units(new: Mapping[str, int]) -> None:
    """Make schools that only their codes are known of, with the ids set aside for them."""
    agency = ensure_school_agency()
    Unit.objects.bulk_create(
        [Unit(pk=pk, code=code, name=code, agency=agency) for code, pk in new.items()]
    )


@transaction.atomic
def take_in_units(names: Mapping[str, str]) -> dict[str, int]:
    """Return the ids of the schools with these codes, by code: made, or renamed as told.

    A school without a name (empty) keeps the one it has; a new one is called by its code.
    """
    known = {unit.code or "": unit for unit in Unit.objects.filter(code__in=names)}
    for code, unit in known.items():
        if names[code] and names[code] != unit.name:
            unit.name = names[code]
            unit.save(update_fields=["name"])
    new = [code for code in names if code not in known]
    if new:
        agency = ensure_school_agency()
        made = [Unit(code=code, name=names[code] or code, agency=agency) for code in new]
        known |= {unit.code or "": unit for unit in Unit.objects.bulk_create(made)}
    return {code: unit.pk for code, unit in known.items()}


@transaction.atomic
def take_in_groups(
    grades: Mapping[tuple[int, str], str], *, school_year: str
) -> dict[tuple[int, str], int]:
    """Return the ids of one school year's classes, by unit (id) and name: made if need be.

    The values are their grades; an empty one changes nothing.
    """
    units = {unit for unit, _ in grades}
    rows = Group.objects.filter(unit__in=units, school_year=school_year)
    known = {(group.unit_id, group.name): group for group in rows}
    for place, group in known.items():
        if grades.get(place) and grades[place] != group.grade:
            group.grade = grades[place]
            group.save(update_fields=["grade"])
    made = [
        Group(unit_id=unit, name=name, grade=grade, school_year=school_year)
        for (unit, name), grade in grades.items()
        if (unit, name) not in known
    ]
    known |= {(group.unit_id, group.name): group for group in Group.objects.bulk_create(made)}
    return {place: known[place].pk for place in grades}


@transaction.atomic
def ensure_group(*, unit: int, name: str, grade: str, school_year: str) -> Group:
    group, made = Group.objects.get_or_create(
        unit_id=unit, name=name, school_year=school_year, defaults={"grade": grade}
    )
    if not made and grade and group.grade != grade:
        group.grade = grade
        group.save(update_fields=["grade"])
    return group


@transaction.atomic
def set_term(*, authority: SchoolAuthority, name: str, days: Window) -> Term:
    term, _ = Term.objects.update_or_create(
        authority=authority,
        name=name,
        defaults={"first_day": days.first, "last_day": days.last},
    )
    return term


@transaction.atomic
def set_calendar_span(
    *,
    authority: SchoolAuthority,
    unit: Unit | None,
    days: Window,
    is_school_day: bool,
    label: str,
) -> CalendarSpan:
    """Free some days, or make them school days, for the whole authority or for one unit.

    The figures of the days are reckoned anew in the same transaction.
    """
    span = CalendarSpan.objects.create(
        authority=authority,
        unit=unit,
        first_day=days.first,
        last_day=days.last,
        is_school_day=is_school_day,
        label=label,
    )
    touched = [unit.pk] if unit else Unit.objects.values_list("pk", flat=True)
    events.publish(CalendarChanged(frozenset(touched), days))
    return span


@transaction.atomic
def remove_calendar_span(span: CalendarSpan) -> None:
    touched = [span.unit_id] if span.unit_id else Unit.objects.values_list("pk", flat=True)
    days = Window(span.first_day, span.last_day)
    span.delete()
    events.publish(CalendarChanged(frozenset(touched), days))


def take_in_calendar(path: Path) -> Report:
    """Take in breaks, study days and extra school days from a file: all rows or none.

    A span that is there already is the same and changes nothing. Raises base.csvfile.Unusable.
    """
    report = Report()
    units = {code: pk for code, pk in Unit.objects.values_list("code", "pk") if code}
    told = list(calendar.read(path, set(units), report))
    if report.faulty:
        report.same = report.rows - report.faulty
        return report
    with transaction.atomic():
        authority = ensure_authority()
        for span in told:
            unit = Unit.objects.get(pk=units[span.code]) if span.code else None
            if _is_there(authority, unit, span):
                report.same += 1
                continue
            set_calendar_span(
                authority=authority,
                unit=unit,
                days=span.days,
                is_school_day=span.is_school_day,
                label=span.label,
            )
            report.new += 1
    return report


def _is_there(authority: SchoolAuthority, unit: Unit | None, span: calendar.Told) -> bool:
    return CalendarSpan.objects.filter(
        authority=authority,
        unit=unit,
        first_day=span.days.first,
        last_day=span.days.last,
        is_school_day=span.is_school_day,
    ).exists()


@transaction.atomic
def choose(
    *, name: str | None = None, code: str | None = None, late_counts_as: str | None = None
) -> SchoolAuthority:
    """Set what the school authority is called, and what the minutes of a late arrival count as.

    How late arrivals count holds for what is taken in from now on; marks that are held stay.
    """
    authority = ensure_authority()
    for field, value in (("name", name), ("code", code), ("late_counts_as", late_counts_as)):
        if value is not None:
            setattr(authority, field, value)
    authority.save()
    return authority
