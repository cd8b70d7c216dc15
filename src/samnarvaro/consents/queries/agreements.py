"""Consents as they stand, for those in the zones they are between who read the child's consents."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samnarvaro.consents.domain.agreement import (
    Answer,
    Asked,
    Maturity,
    MustSayYes,
    Party,
    Said,
    State,
)
from samnarvaro.consents.models import Consent, ConsentAnswer
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries import parties
from samnarvaro.people.queries.readable import readable


class NoSuchConsent(Exception):
    """There is none, or it is not the viewer's to see."""


def visible(*, by: Scope) -> QuerySet[Consent]:
    """The consents from or to the viewer's zone, of children whose consents it reads."""
    if by.is_system:
        return Consent.objects.all()
    children = readable(by=by, classes=frozenset({DataClass.CONSENT}))
    return Consent.objects.filter(
        Q(from_zone=by.zone) | Q(to_zone=by.zone), Exists(children.filter(pk=OuterRef("pupil")))
    )


def asked_of(consent: Consent, *, on: date) -> tuple[Asked, dict[int, parties.Party]]:
    """Return whose yes is needed, and the guardians of that day by id."""
    guardians = parties.guardians_of(consent.pupil_id, on=on)
    asked = Asked(
        guardians=frozenset(guardians),
        must=MustSayYes(consent.must_say_yes),
        age=parties.age_of(consent.pupil_id, on=on),
    )
    return asked, guardians


def pk_of(consent: UUID, *, by: Scope) -> int:
    """Return the id of a consent that the viewer may read, for holding it. Raises NoSuchConsent."""
    found = visible(by=by).filter(public=consent).values_list("pk", flat=True).first()
    if found is None:
        raise NoSuchConsent
    return found


def answers_of(consent: Consent) -> list[Answer]:
    """Return what the parties have said, oldest first; the latest word of each holds."""
    rows = ConsentAnswer.objects.filter(consent=consent).order_by("at", "pk")
    return [
        Answer(row.guardian_id, Said(row.said), Maturity(row.maturity))
        for row in rows
        if row.guardian_id is not None or row.party == Party.CHILD
    ]


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent that runs out soon, in ids: for whom a new one may be asked for."""

    pk: int
    public: UUID
    pupil: int
    from_zone: str
    to_zone: str
    asked_by: int
    valid_to: date


def ending(days: int, *, on: date) -> list[Ending]:
    """Return the consents in which data flows and that run out within so many days, the next first.

    Without those in whose place a new one has been given, and those of protected pupils.
    """
    newer = Consent.objects.filter(replaces=OuterRef("pk"), state=State.GIVEN)
    rows = Consent.objects.filter(
        ~Exists(newer),
        state=State.GIVEN,
        valid_to__gte=on,
        valid_to__lte=on + timedelta(days=days),
        pupil__protection=0,
    ).order_by("valid_to", "pk")
    return [
        Ending(
            row.pk, row.public, row.pupil_id, row.from_zone, row.to_zone, row.asked_by_id,
            row.valid_to,
        )
        for row in rows
    ]  # fmt: skip
