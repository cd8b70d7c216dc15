"""What must be known of a child and its people when somebody asks to be let in, or asks a family.

For services that weigh who may see; what they find stays with them, and is not shown for its own.
So it is asked as the system: who is not let in yet is weighed too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from samnarvaro.base import wall
from samnarvaro.kernel.access import Role
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.models import Duty, Enrolment, Guardianship, Pupil


@dataclass(frozen=True, slots=True)
class Party:
    """A guardian as one who is asked."""

    public: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Post:
    """A duty of somebody at work: the role, in which zone."""

    role: Role
    zone: str


@wall.system("weighing")
def guardians_of(pupil: int, *, on: date) -> dict[int, Party]:
    """Return a pupil's (id) guardians of a day, by id; none of a protected pupil."""
    rows = Guardianship.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        first_day__lte=on,
        pupil=pupil,
        pupil__protection=Pupil.OPEN,
    ).select_related("guardian")
    return {
        row.guardian_id: Party(
            row.guardian.public, f"{row.guardian.given_name} {row.guardian.family_name}".strip()
        )
        for row in rows.order_by("pk")
    }


@wall.system("weighing")
def age_of(pupil: int, *, on: date) -> int | None:
    """Return a pupil's (id) age in whole years on a day, if its birth date is known."""
    born = Pupil.objects.values_list("birth_date", flat=True).get(pk=pupil)
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@wall.system("weighing")
def is_protected(pupil: int) -> bool:
    return Pupil.objects.filter(pk=pupil, protection__gt=Pupil.OPEN).exists()


@wall.system("weighing")
def public_of(pupil: int) -> str:
    """Return a pupil's public id, for the log."""
    return str(Pupil.objects.values_list("public", flat=True).get(pk=pupil))


@wall.system("weighing")
def publics_of(pupils: Collection[int]) -> list[str]:
    """Return the public ids of some pupils (ids), for the log."""
    found = Pupil.objects.filter(pk__in=pupils).values_list("public", flat=True)
    return [str(public) for public in found]


@wall.system("weighing")
def authority_of(pupil: int) -> int:
    return int(Pupil.objects.values_list("authority", flat=True).get(pk=pupil))


def posts_of(staff: int, *, on: date) -> list[Post]:
    """Return what a person (staff id) is, and in which zones, on a day; none for a closed account."""
    rows = Duty.objects.on(on).filter(staff=staff, staff__account__is_active=True)
    return [Post(Role(role), zone) for role, zone in rows.values_list("role", "unit__agency__zone")]


def colleagues_with(roles: frozenset[Role], *, zone: str, on: date) -> dict[int, str]:
    """Return who has one of some roles in a zone on a day: names by staff id, in name order."""
    rows = (
        Duty.objects.on(on)
        .filter(role__in=roles, unit__agency__zone=zone, staff__account__is_active=True)
        .select_related("staff")
        .order_by("staff__family_name", "staff__given_name", "pk")
    )
    return {row.staff_id: row.staff.name for row in rows}


@wall.system("weighing")
def unprotected_by_name(given: str, family: str, *, unit: int, on: date) -> int | None:
    """Return the id of the only pupil of a unit (id) with exactly these names, or None.

    For somebody who wants in at once and has no right of its own yet; nothing is told of it. Two of
    the same name are nobody, and so is a pupil with protected personal data.
    """
    found = Enrolment.objects.on(on).filter(
        unit=unit, pupil__protection=Pupil.OPEN, pupil__sort_key=sort_key(family, given)
    )
    ids = list(found.values_list("pupil", flat=True).distinct()[:2])
    return int(ids[0]) if len(ids) == 1 else None


@wall.system("weighing")
def unit_of(pupil: int, *, on: date) -> int:
    """Return the id of a unit where a pupil (id) goes on a day; of several the one begun last."""
    rows = Enrolment.objects.on(on).filter(pupil=pupil).order_by("-first_day", "pk")
    return int(rows.values_list("unit", flat=True)[0])


@wall.system("weighing")
def place_of(pupil: int, *, on: date) -> str:
    """Return the school and class where a pupil (id) goes on a day, in words."""
    rows = Enrolment.objects.on(on).filter(pupil=pupil).select_related("unit", "group")
    return ", ".join(
        f"{row.unit.name} {row.group.name}" if row.group else row.unit.name
        for row in rows.order_by("-first_day", "pk")
    )


@wall.system("weighing")
def first_to_ask(pupil: int, *, on: date) -> list[tuple[Role, str]]:
    """Return the mentors and principals of a pupil (id) on a day: those who know it, by name."""
    rows = list(Enrolment.objects.on(on).filter(pupil=pupil).values_list("unit", "group"))
    units, groups = [unit for unit, _ in rows], [group for _, group in rows if group]
    duties = Duty.objects.on(on).filter(
        Q(role=Role.MENTOR, group__in=groups) | Q(role=Role.PRINCIPAL, unit__in=units)
    )
    return [
        (Role(duty.role), duty.staff.name)
        for duty in duties.select_related("staff").order_by("role", "pk")
    ]
