"""Everything that reads pupils, guardians and staff. No scope, no rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.models import Duty, Pupil, PupilSet


class NoSuchPupil(Exception):
    """There is no such pupil, or it lies behind secrecy. The caller cannot tell which."""


def visible(*, by: Scope) -> PupilSet:
    """The pupils that exist for this viewer; other rooms narrow their rows by it."""
    return Pupil.objects.visible_in(by)


def get(public: UUID, *, by: Scope) -> Pupil:
    try:
        return visible(by=by).get(public=public)
    except Pupil.DoesNotExist:
        raise NoSuchPupil from None


def ids_by_pupil_id(authority: int) -> dict[str, int]:
    """All pupils of the authority, protected ones included: for matching a delivery's rows."""
    return dict(Pupil.objects.filter(authority=authority).values_list("pupil_id", "pk").iterator())


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """A duty in force, in ids: what a scope is made of."""

    account_public: UUID
    staff: int
    role: Role
    zone: str
    unit: int
    group: int | None


def duties(account: int, *, on: date) -> list[DutyHeld]:
    """Return the duties that the account's person has on that day; none for a closed account."""
    rows = (
        Duty.objects.on(on)
        .filter(staff__account=account, staff__account__is_active=True)
        .order_by("pk")
        .values_list(
            "staff__account__public", "staff", "role", "unit__agency__zone", "unit", "group"
        )
    )
    return [
        DutyHeld(public, staff, Role(role), zone, unit, group)
        for public, staff, role, zone, unit, group in rows
    ]


def publics(pupils: Iterable[int], *, by: Scope) -> list[str]:
    """Return the public ids of those of these pupils (ids) that the viewer sees now."""
    found = visible(by=by).filter(pk__in=set(pupils)).values_list("public", flat=True)
    return [str(public) for public in found]


def all_ids() -> list[int]:
    """The ids of all pupils, for machinery that reckons over everybody and shows nobody."""
    return list(Pupil.objects.order_by("pk").values_list("pk", flat=True))


def pupil_ids(*, by: Scope) -> dict[int, str]:
    """Return the text id of every pupil that the viewer sees, by internal id."""
    return dict(visible(by=by).values_list("pk", "pupil_id").iterator())
