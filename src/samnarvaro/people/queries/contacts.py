"""Whom to reach about a pupil, by which number and in which language. Never of a protected pupil.

Numbers are of the class of contact data. Who does not read that class reads them for a call that is
due and its own: the room that knows of the call says so.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.models import Duty, Guardianship, NamedHandler, Pupil
from samnarvaro.people.queries import visible


@dataclass(frozen=True, slots=True)
class Reachable:
    """A guardian, or the pupil itself (no `guardian`), with the number and language if known."""

    guardian: int | None
    public: UUID
    name: str
    telephone: str
    language: str = ""
    needs_interpreter: bool = False


def guardians(pupil: int, *, on: date, by: Scope, for_call: bool = False) -> list[Reachable]:
    """Return a pupil's (id) guardians of a day, in the order they were set."""
    if not (for_call or by.reads(DataClass.CONTACT)):
        return []
    rows = (
        Guardianship.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=on),
            first_day__lte=on,
            pupil__in=visible(by=by).filter(pk=pupil, protection=Pupil.OPEN),
        )
        .select_related("guardian")
        .order_by("pk")
    )
    return [
        Reachable(
            row.guardian.pk,
            row.guardian.public,
            f"{row.guardian.given_name} {row.guardian.family_name}".strip(),
            row.guardian.telephone,
            row.guardian.language,
            row.guardian.needs_interpreter,
        )
        for row in rows
    ]


def without_number(pupils: Collection[int], *, on: date, by: Scope) -> set[int]:
    """Return those of these pupils (ids) no guardian of whom has a number on a day.

    Never a protected pupil, and no number itself.
    """
    with_number = Guardianship.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on), first_day__lte=on, pupil__in=pupils
    ).exclude(guardian__telephone="")
    ours = visible(by=by).filter(pk__in=pupils, protection=Pupil.OPEN)
    return set(ours.exclude(pk__in=with_number.values("pupil")).values_list("pk", flat=True))


def itself(pupil: Pupil, *, by: Scope, for_call: bool = False) -> Reachable:
    """Return the pupil as one to call; without number for who may not read it."""
    may = for_call or by.reads(DataClass.CONTACT)
    return Reachable(None, pupil.public, pupil.name, pupil.telephone if may else "")


def handling_roles(pupils: Collection[int], *, on: date) -> dict[int, frozenset[Role]]:
    """Return, for those of these pupils (ids) who are protected, the roles of their named handlers."""
    protected = Pupil.objects.filter(pk__in=pupils, protection__gt=Pupil.OPEN)
    found: dict[int, set[Role]] = {pk: set() for pk in protected.values_list("pk", flat=True)}
    if not found:
        return {}
    of_staff: defaultdict[int, set[int]] = defaultdict(set)
    for named in NamedHandler.objects.on(on).filter(pupil__in=found):
        of_staff[named.staff_id].add(named.pupil_id)
    for duty in Duty.objects.on(on).filter(staff__in=of_staff):
        for pupil in of_staff[duty.staff_id]:
            found[pupil].add(Role(duty.role))
    return {pupil: frozenset(roles) for pupil, roles in found.items()}
