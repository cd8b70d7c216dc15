"""Who works where on a day: to choose a person among. Nothing of it is about a child."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Role
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.models import Duty, DutySet


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody at work, with the roles held there that day."""

    pk: int
    public: UUID
    name: str
    roles: frozenset[Role]


def in_zone(zone: str, *, on: date) -> list[AtWork]:
    """Return everybody who works in a secrecy zone on a day and can sign in, in name order."""
    return _people(Duty.objects.on(on).filter(unit__agency__zone=zone))


def at_units(units: Collection[int], *, on: date) -> list[AtWork]:
    """Return everybody who works at some units (ids) on a day and can sign in, in name order."""
    return _people(Duty.objects.on(on).filter(unit__in=units))


def of_group(group: int, *, on: date) -> list[AtWork]:
    """Return everybody who works with a class (group id) on a day and can sign in, in name order."""
    return _people(Duty.objects.on(on).filter(group=group))


def _people(duties: DutySet) -> list[AtWork]:
    found: dict[int, tuple[str, AtWork]] = {}
    rows = duties.filter(staff__account__is_active=True).select_related("staff").order_by("pk")
    for duty in rows:
        staff, role = duty.staff, frozenset({Role(duty.role)})
        before = found[staff.pk][1].roles if staff.pk in found else frozenset[Role]()
        order = sort_key(staff.family_name, staff.given_name)
        found[staff.pk] = order, AtWork(staff.pk, staff.public, staff.name, before | role)
    return [each for _order, each in sorted(found.values(), key=lambda pair: (pair[0], pair[1].pk))]
