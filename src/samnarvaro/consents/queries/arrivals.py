"""What a unit head sees in order to hand children out: consents and relations of its zone, by code.

No name and no school of a child: who hands out does not read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samnarvaro.consents.domain.agreement import State
from samnarvaro.consents.domain.relations import Kind, code_of
from samnarvaro.consents.models import Consent, ConsentClass, Relation
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass

HEADS = frozenset({Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True)
class Arrival:
    """A consent given to the zone, for a child of whom nobody there has been put in charge."""

    public: UUID
    pupil: int
    from_zone: str
    purpose: str
    classes: frozenset[DataClass]
    given_at: datetime
    valid_from: date
    valid_to: date

    @property
    def code(self) -> str:
        return code_of(self.public)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A live relation in the zone, by the code that its person knows the child by."""

    public: UUID
    pupil: int
    staff: str
    kind: Kind
    first_day: date
    last_day: date

    @property
    def code(self) -> str:
        return code_of(self.public)


def arrived(*, by: Scope) -> QuerySet[Consent]:
    """The consents that flow to a unit head's zone now or soon, and wait for somebody there."""
    if by.role not in HEADS:
        return Consent.objects.none()
    held = Relation.objects.in_zone(by).filter(pupil=OuterRef("pupil"))
    return Consent.objects.filter(
        ~Exists(held),
        to_zone=by.zone,
        state=State.GIVEN,
        valid_to__gte=by.day,
        pupil__protection=0,
    )


def arrivals(*, by: Scope) -> list[Arrival]:
    """Return them, the longest waiting first."""
    rows = list(arrived(by=by).order_by("given_at", "pk"))
    classes: dict[int, set[DataClass]] = {row.pk: set() for row in rows}
    agreed = ConsentClass.objects.filter(consent__in=classes)
    for consent, one in agreed.values_list("consent", "data_class"):
        classes[consent].add(DataClass(one))
    return [
        Arrival(
            row.public,
            row.pupil_id,
            row.from_zone,
            row.purpose,
            frozenset(classes[row.pk]),
            row.given_at or row.asked_at,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    ]


def handed_out(*, by: Scope) -> list[HandedOut]:
    """Return the live relations of a unit head's zone, by person."""
    if by.role not in HEADS:
        return []
    rows = Relation.objects.in_zone(by).select_related("staff")
    return [
        HandedOut(
            row.public, row.pupil_id, row.staff.name, Kind(row.kind), row.first_day, row.last_day
        )
        for row in rows.order_by("staff__family_name", "staff__given_name", "first_day", "pk")
    ]


@dataclass(frozen=True, slots=True)
class Case:
    """A live relation of somebody at school to one child."""

    public: UUID
    staff: str
    kind: Kind
    first_day: date
    last_day: date


def cases(pupil: int, *, by: Scope) -> list[Case]:
    """Return who in the viewer's own zone has a matter with a pupil (id) whom the viewer sees."""
    rows = Relation.objects.in_zone(by).filter(pupil=pupil).select_related("staff")
    return [
        Case(row.public, row.staff.name, Kind(row.kind), row.first_day, row.last_day)
        for row in rows.order_by("first_day", "pk")
    ]
