"""A person's tie to one child: given by a chief, ended by a chief, and the glass in an emergency."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from samnarvaro.audit import services as audit
from samnarvaro.base import clock, events
from samnarvaro.consents.domain import relations as domain
from samnarvaro.consents.domain.relations import Kind, NotBroken, NotGranted
from samnarvaro.consents.events import GlassBroken
from samnarvaro.consents.models import Relation
from samnarvaro.consents.queries import glasses
from samnarvaro.consents.queries.own import NoSuchTie
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties


class CannotGrant(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotGranted]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class CannotBreak(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotBroken]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class NoSuchRelation(Exception):
    """There is none, or it is not the viewer's to see."""


@transaction.atomic
def grant(
    *, pupil: int, staff: int, kind: Kind, zone: str, last_day: date, by: Scope, at: datetime
) -> Relation:
    """Tie a person (staff id) to a child (id) in a zone, from today on. Raises CannotGrant.

    The caller has found the child in the giver's own sight, or by a consent that has arrived.
    """
    if kind not in domain.GIVEN:
        raise ValueError("a glass is broken, not given")
    duties = parties.posts_of(staff, on=by.day)
    granting = domain.Granting(
        kind=kind,
        person=staff,
        giver=by.staff,
        giver_role=by.role,
        zone=zone,
        giver_zone=by.zone,
        roles=frozenset(duty.role for duty in duties if duty.zone == zone),
        protected=parties.is_protected(pupil),
        already=_live(pupil, by.day).filter(staff=staff, kind=kind, zone=zone).exists(),
        first_day=by.day,
        last_day=last_day,
    )
    if reasons := domain.against(granting):
        raise CannotGrant(reasons)
    made = Relation.objects.create(
        staff_id=staff,
        pupil_id=pupil,
        zone=zone,
        kind=kind,
        first_day=by.day,
        last_day=last_day,
        granted_by_id=by.staff,
        granted_at=at,
    )
    _tell("relation.granted", made, by=by, at=at)
    return made


@transaction.atomic
def end(*, relation: UUID, by: Scope, at: datetime) -> None:
    """End a tie at once. Its chief or the person itself does. Raises NoSuchRelation."""
    row = Relation.objects.select_for_update().filter(public=relation, zone=by.zone).first()
    if row is None or not (row.staff_id == by.staff or _hands_out(row, by)):
        raise NoSuchRelation
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _tell("relation.ended", row, by=by, at=at)


def _hands_out(row: Relation, by: Scope) -> bool:
    """A unit head hands out its whole zone, a principal the pupils of its own school."""
    if by.role not in domain.GIVERS:
        return False
    return by.role is Role.UNIT_HEAD or people.visible(by=by).filter(pk=row.pupil_id).exists()


@transaction.atomic
def call_child(*, relation: UUID, known_as: str, by: Scope, at: datetime) -> None:
    """Write what the viewer's own zone calls the child. Raises NoSuchRelation."""
    row = Relation.objects.of(by).select_for_update().filter(public=relation).first()
    if row is None:
        raise NoSuchRelation
    row.known_as = known_as.strip()
    row.save(update_fields=["known_as"])
    _tell("relation.child_called", row, by=by, at=at)


@transaction.atomic
def break_glass(
    *, pupil: int, reason: str, words: str, signed_in_anew: bool, by: Scope, at: datetime
) -> Relation:
    """Open a child of the own zone for three hours, in words that a chief reads. Raises CannotBreak.

    Never a pupil with protected personal data: for who asks, that pupil is not there
    (raises people's NoSuchPupil).
    """
    if parties.is_protected(pupil):
        raise people.NoSuchPupil
    standing = Relation.objects.open_glass(staff=by.staff, at=at)
    today = Relation.objects.filter(kind=Kind.GLASS, staff=by.staff, first_day=by.day)
    breaking = domain.Breaking(
        same_zone=_is_of_zone(pupil, by),
        words=words,
        broken_today=today.count(),
        signed_in_anew=signed_in_anew,
        stands_open=standing.filter(pupil=pupil).exists(),
    )
    if reasons := domain.against_breaking(breaking):
        raise CannotBreak(reasons)
    closes_at = domain.closes(at)
    made = Relation.objects.create(
        staff_id=by.person,
        pupil_id=pupil,
        zone=by.zone,
        kind=Kind.GLASS,
        reason=reason,
        words=words.strip(),
        first_day=by.day,
        last_day=clock.day_of(closes_at),  # one broken late stands open past midnight
        closes_at=closes_at,
        granted_at=at,
    )
    _tell("relation.glass_broken", made, by=by, at=at)
    events.publish(
        GlassBroken(made.public, pupil, people.name_of_viewer(by=by), reason, at, by.day, by.zone)
    )
    return made


def _is_of_zone(pupil: int, by: Scope) -> bool:
    """A school's are those who go there; another agency's those with whom somebody there has a matter."""
    if domain.in_school(by.zone):
        return organisation.school_zone(parties.authority_of(pupil)) == by.zone
    return Relation.objects.in_zone(by).filter(pupil=pupil, kind__in=domain.CASES).exists()


@transaction.atomic
def look_into(*, glass: UUID, finding: str, by: Scope, at: datetime) -> None:
    """Write what the chief of another agency came to about a glass broken there. Raises NoSuchTie.

    Once written it stands; the first finding is kept.
    """
    found = glasses.to_look_into(glass, by=by)
    if by.role is not Role.UNIT_HEAD or not finding.strip():
        raise NoSuchTie
    row = Relation.objects.select_for_update().get(public=found.public)
    if row.looked_at is None:
        row.looked_at, row.looked_by_id, row.finding = at, by.person, finding.strip()
        row.save(update_fields=["looked_at", "looked_by", "finding"])
        _tell("relation.glass_looked_into", row, by=by, at=at)


@transaction.atomic
def show_glass(*, glass: UUID, by: Scope, at: datetime) -> glasses.Glass:
    """Return a glass for who looks into it, and write down that it was read. Raises NoSuchTie.

    A unit head reads no child, so no page's guard would let this out: the reading is logged here.
    """
    found = glasses.to_look_into(glass, by=by)
    audit.record_reading(
        by=by, at=at, pupils=[str(found.pupil_public)], classes=[DataClass.EXISTENCE],
        action="view", what="glass_open", channel="web",
    )  # fmt: skip
    return found


def end_all(*, pupil: int, at: datetime) -> int:
    """End every tie to a pupil whose personal data is protected, and what each zone called it."""
    rows = Relation.objects.filter(pupil=pupil)
    rows.update(known_as="", words="", finding="")
    return rows.filter(ended_at__isnull=True).update(ended_at=at)


def _live(pupil: int, on: date) -> QuerySet[Relation]:
    return Relation.objects.filter(pupil=pupil, last_day__gte=on, ended_at__isnull=True)


def _tell(act: str, row: Relation, *, by: Scope, at: datetime) -> None:
    audit.record(
        act,
        by=by,
        at=at,
        pupil=parties.public_of(row.pupil_id),
        target=f"relation:{row.public}",
        detail={"kind": row.kind, "zone": row.zone},
    )
