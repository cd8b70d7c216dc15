"""Children who have come by a consent: a unit head looks at them by code and hands them out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.consents.domain.relations import SUITS, Kind, NotGranted
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries import arrivals as queries
from samnarvaro.consents.queries.agreements import NoSuchConsent
from samnarvaro.consents.queries.arrivals import Arrival, HandedOut
from samnarvaro.consents.services.relations import CannotGrant, grant
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries import parties

# What a child who came by a consent is to the person who takes it, by what that person is.
_TAKEN_AS = (Kind.HANDLER, Kind.MEDICAL_CASE, Kind.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a unit head: who waits for somebody, and who has whom."""

    waiting: list[Arrival]
    handed_out: list[HandedOut]


@transaction.atomic
def look(*, by: Scope, at: datetime) -> Desk:
    """Return what lies before a unit head, and write down that it was looked at.

    Its role reads no child, so no page's guard would let this out: the reading is logged here.
    """
    desk = Desk(queries.arrivals(by=by), queries.handed_out(by=by))
    pupils = {each.pupil for each in desk.waiting} | {each.pupil for each in desk.handed_out}
    if pupils:
        audit.record_reading(
            by=by,
            at=at,
            pupils=parties.publics_of(pupils),
            classes=frozenset({DataClass.EXISTENCE, DataClass.CONSENT}),
            action="list",
            what="consents:arrivals",
            channel="web",
        )
    return desk


@transaction.atomic
def receive(*, consent: UUID, staff: int, last_day: date, by: Scope, at: datetime) -> Relation:
    """Put a person (staff id) of the own zone in charge of a child who came by a consent.

    The child is found by the consent and stays unknown to who hands it out. Raises NoSuchConsent,
    CannotGrant with every reason.
    """
    row = queries.arrived(by=by).filter(public=consent).first()
    if row is None:
        raise NoSuchConsent
    posts = parties.posts_of(staff, on=by.day)
    kind = taken_as(frozenset(post.role for post in posts if post.zone == by.zone))
    if kind is None:
        raise CannotGrant([NotGranted.NO_SUITABLE_DUTY])
    return grant(
        pupil=row.pupil_id, staff=staff, kind=kind, zone=by.zone, last_day=last_day, by=by, at=at
    )


def taken_as(roles: frozenset[Role]) -> Kind | None:
    """Return what a child becomes to a person with some roles; None when it suits nobody like that."""
    return next((kind for kind in _TAKEN_AS if roles & SUITS[kind]), None)
