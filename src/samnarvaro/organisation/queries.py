"""Everything that reads the organisation: nothing of it is secret, so no scope is asked for."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question, question
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.domain.school_days import CalendarSpan as Span
from samnarvaro.organisation.domain.school_days import SchoolCalendar
from samnarvaro.organisation.models import Agency, CalendarSpan, Group, SchoolAuthority, Term, Unit


class NoSuchUnit(Exception):
    """There is no such unit, or the viewer has nothing to do with it."""


def authority() -> SchoolAuthority | None:
    """Return the school authority of this installation, or None before it is set up."""
    return SchoolAuthority.objects.order_by("pk").first()


def unit_ids_by_code() -> dict[str, int]:
    return dict(
        Unit.objects.filter(code__isnull=False).values_list("code", "pk")  # type: ignore[arg-type]
    )


def unit(public: UUID) -> Unit:
    try:
        return Unit.objects.select_related("agency").get(public=public)
    except Unit.DoesNotExist:
        raise NoSuchUnit from None


def schools() -> list[Unit]:
    """Return every school of the authority, in name order."""
    return list(Unit.objects.filter(agency__kind="school").order_by("name", "pk"))


def units(ids: Collection[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=ids).order_by("name"))


def unit_by_code(code: str) -> Unit:
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise NoSuchUnit from None


def unit_of_group(group: int) -> int | None:
    """Return the unit (id) that a class belongs to, or None if there is no such class."""
    return Group.objects.filter(pk=group).values_list("unit_id", flat=True).first()


def groups(*, of_unit: int, school_year: str) -> list[Group]:
    return list(Group.objects.filter(unit=of_unit, school_year=school_year).order_by("name"))


def groups_of_units(units: Collection[int], *, school_year: str) -> list[Group]:
    """Return the classes of some units (ids) in a school year, each with its unit."""
    found = Group.objects.filter(unit__in=units, school_year=school_year).select_related("unit")
    return list(found.order_by("unit__name", "name", "pk"))


def group(public: UUID) -> Group | None:
    """Return a class with its unit, or None if there is no such class."""
    return Group.objects.select_related("unit").filter(public=public).first()


def groups_by_id(ids: Collection[int]) -> list[Group]:
    return list(Group.objects.filter(pk__in=ids).select_related("unit").order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class ClassOf:
    """A class (group id) by its name, for lists of pupils."""

    pk: int
    public: UUID
    name: str
    grade: str


def classes_by_id(ids: Collection[int]) -> list[ClassOf]:
    """Return some classes in name order."""
    rows = _asking_classes().among("id", ids).ask()
    found = (ClassOf(pk, UUID(str(public)), name, grade) for pk, public, name, grade in rows)
    return sorted(found, key=lambda each: (each.name, each.pk))


@cache
def _asking_classes() -> Question:
    return question(Group.objects.values_list("id", "public", "name", "grade"))


def terms() -> list[Term]:
    return list(Term.objects.order_by("first_day"))


@cache
def _asking_spans() -> Question:
    rows = CalendarSpan.objects.order_by("pk")
    return question(rows.values_list("unit_id", "first_day", "last_day", "is_school_day", "label"))


class Calendars:
    """The school days of every unit, read once."""

    def __init__(self) -> None:
        self._general: list[Span] = []
        own: defaultdict[int, list[Span]] = defaultdict(list)
        for unit, first, last, is_school_day, label in _asking_spans().ask():
            span = Span(
                bulk.as_day(first),
                bulk.as_day(last),
                bool(is_school_day),
                label,
                of_unit=unit is not None,
            )
            if unit is None:
                self._general.append(span)
            else:
                own[unit].append(span)
        self._own = own
        self._calendars: dict[int, SchoolCalendar] = {}

    def say_as(self, others: "Calendars") -> bool:
        """Tell whether these, read at another time, free and set the same days."""
        return (self._general, self._own) == (others._general, others._own)

    def of(self, unit_id: int) -> SchoolCalendar:
        if unit_id not in self._calendars:
            spans = [*self._general, *self._own.get(unit_id, [])]
            self._calendars[unit_id] = SchoolCalendar(spans)
        return self._calendars[unit_id]

    def spans_of(self, unit_id: int, days: Window) -> list[Span]:
        """Return what the unit's and the authority's calendars say of some days, in their order."""
        spans = [*self._general, *self._own.get(unit_id, [])]
        told = [s for s in spans if s.first_day <= days.last and s.last_day >= days.first]
        return sorted(told, key=lambda span: span.first_day)

    def is_school_day(self, unit_id: int, day: date) -> bool:
        return self.of(unit_id).is_school_day(day)


def zones() -> frozenset[str]:
    """Return every secrecy zone there is here."""
    return frozenset(Agency.objects.values_list("zone", flat=True))


def agency_names() -> dict[str, str]:
    """Return what the agency of each zone is called."""
    return {zone: name for zone, name in _asking_agencies().ask()}


@cache
def _asking_agencies() -> Question:
    return question(Agency.objects.order_by("pk").values_list("zone", "name"))


def school_zone(authority: int) -> str:
    """Return the zone of an authority's (id) schools; the empty text when it has none."""
    found = Agency.objects.filter(authority=authority, kind="school").order_by("pk")
    return found.values_list("zone", flat=True).first() or ""


def agency_of_zone(zone: str) -> str:
    """Return what the agency of a zone is called; the empty text when there is none."""
    found = Agency.objects.filter(zone=zone).order_by("pk")
    return found.values_list("name", flat=True).first() or ""
