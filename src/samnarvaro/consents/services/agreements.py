"""A family's consent: asked for, answered, taken back. There is no way past it in here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from samnarvaro.audit import services as audit
from samnarvaro.base import events, locks
from samnarvaro.consents.domain import agreement as domain
from samnarvaro.consents.domain.agreement import (
    ENDED,
    Event,
    Maturity,
    MustSayYes,
    NotAnswered,
    NotAsked,
    Party,
    Said,
    State,
    Way,
)  # fmt: skip
from samnarvaro.consents.events import ConsentEnded, ConsentGiven
from samnarvaro.consents.models import Consent, ConsentAnswer, ConsentClass
from samnarvaro.consents.queries.agreements import NoSuchConsent, answers_of, asked_of, visible
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.people.queries.readable import readable


class CannotAsk(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotAsked]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class CannotAnswer(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotAnswered]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a family is asked: between whom, about what, why, in which words, how long."""

    to_zone: str
    classes: Collection[DataClass]
    purpose: str
    wording: str
    language: str = "sv"
    text_version: str = ""
    conditions: str = ""
    must: MustSayYes = MustSayYes.ALL_GUARDIANS
    valid_from: date
    valid_to: date


@transaction.atomic
def ask(
    *, pupil: UUID, terms: Terms, by: Scope, at: datetime, replaces: UUID | None = None
) -> Consent:
    """Ask a family for a consent to let data out of the viewer's own zone. Nothing flows yet.

    Raises people's NoSuchPupil, CannotAsk with every reason, NoSuchConsent for what it replaces.
    """
    child = _child(pupil, by)
    if reasons := _against(child, terms, by):
        raise CannotAsk(reasons)
    asked = Consent.objects.create(
        pupil=child,
        from_zone=by.zone,
        to_zone=terms.to_zone,
        purpose=terms.purpose.strip(),
        wording=terms.wording.strip(),
        text_version=terms.text_version,
        language=terms.language,
        conditions=terms.conditions.strip(),
        must_say_yes=terms.must,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        state=State.NO_ANSWER,
        asked_by_id=by.person,
        asked_at=at,
        replaces=None if replaces is None else _held(replaces, by),
    )
    ConsentClass.objects.bulk_create(
        ConsentClass(consent=asked, data_class=one) for one in sorted(set(terms.classes))
    )
    _tell("consent.asked", asked, by=by, at=at)
    return asked


def weigh(*, pupil: UUID, terms: Terms, by: Scope) -> list[NotAsked]:
    """Return everything that speaks against asking so. Raises people's NoSuchPupil."""
    return _against(_child(pupil, by), terms, by)


def _child(pupil: UUID, by: Scope) -> Any:
    found = readable(by=by, classes=frozenset({DataClass.CONSENT})).filter(public=pupil).first()
    if found is None:
        raise people.NoSuchPupil
    return found


def _against(child: Any, terms: Terms, by: Scope) -> list[NotAsked]:
    return domain.against(
        domain.Proposal(
            from_zone=by.zone,
            to_zone=terms.to_zone,
            zones=organisation.zones(),
            classes=terms.classes,
            purpose=terms.purpose,
            wording=terms.wording,
            valid_from=terms.valid_from,
            valid_to=terms.valid_to,
            today=by.day,
            protected=bool(child.protection),
            child=f"{child.given_name} {child.family_name}".split(),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One party's word and how it came. `guardian` is a public id, None for the child."""

    guardian: UUID | None
    said: Said
    way: Way
    witness: int | None = None
    maturity: Maturity = Maturity.NOT_JUDGED
    maturity_words: str = ""


@transaction.atomic
def answer(*, consent: UUID, told: Told, by: Scope, at: datetime) -> Consent:
    """Write down what a guardian or the child said. A no to what was given takes it back at once.

    Only who works where the data comes from writes answers down. Raises NoSuchConsent, CannotAnswer.
    """
    row = _held(consent, by)
    if row.from_zone != by.zone:
        raise NoSuchConsent
    asked, names = asked_of(row, on=by.day)
    guardian = next((pk for pk, who in names.items() if who.public == told.guardian), None)
    reasons = domain.against_answer(
        is_party=told.guardian is None or guardian is not None,
        way=told.way,
        witness=told.witness,
        recorder=by.staff,
        state=State(row.state),
    )
    if reasons:
        raise CannotAnswer(reasons)
    ConsentAnswer.objects.create(
        consent=row,
        party=Party.CHILD if guardian is None else Party.GUARDIAN,
        guardian_id=guardian,
        guardian_name="" if guardian is None else names[guardian].name,
        said=told.said,
        way=told.way,
        maturity=told.maturity,
        maturity_words=told.maturity_words.strip(),
        witness_id=told.witness,
        recorded_by_id=by.person,
        at=at,
    )
    _tell("consent.answered", row, by=by, at=at)
    _happen(row, domain.comes_to(answers_of(row), asked), by=by, at=at, how=told.way)
    if row.replaces_id is not None:
        _let_go_of_replaced(Consent.objects.filter(pk=row.replaces_id), by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, consent: UUID, way: Way, by: Scope, at: datetime) -> Consent:
    """Take a consent back, for the family, at once. Anybody who may see it does; nobody approves.

    Once more does nothing more. Raises NoSuchConsent.
    """
    row = _held(consent, by)
    if State(row.state) not in ENDED:
        _happen(row, Event.WITHDRAWAL, by=by, at=at, how=way)
    return row


@transaction.atomic
def expire(*, by: Scope, at: datetime) -> int:
    """End what has run out, for the list of states; it has not let anything flow since its last day."""
    overdue = Consent.objects.filter(valid_to__lt=by.day).exclude(state__in=ENDED)
    ended = _run_out(overdue, by=by, at=at)
    return ended + _let_go_of_replaced(Consent.objects.all(), by=by, at=at)


def _let_go_of_replaced(rows: QuerySet[Consent], *, by: Scope, at: datetime) -> int:
    """End what was in force until a new consent came in its place: the new one alone holds."""
    newer = Consent.objects.filter(
        replaces=OuterRef("pk"), state=State.GIVEN, valid_from__lte=by.day
    )
    return _run_out(rows.filter(Exists(newer), state=State.GIVEN), by=by, at=at)


def _run_out(rows: QuerySet[Consent], *, by: Scope, at: datetime) -> int:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    locks.hold(locks.CONSENTS, ids)
    for row in Consent.objects.select_for_update().filter(pk__in=ids).exclude(state__in=ENDED):
        _happen(row, Event.LAST_DAY_PASSED, by=by, at=at)
    return len(ids)


def shake(*, pupil: int, guardian: int | None = None) -> int:
    """Stop what rests on a guardian's (id) yes, or all of a pupil's (id), until it is looked into."""
    rows = Consent.objects.select_for_update().filter(
        pupil=pupil, state__in=[State.GIVEN, State.INCOMPLETE]
    )
    if guardian is not None:
        rows = rows.filter(pk__in=ConsentAnswer.objects.filter(guardian=guardian).values("consent"))
    found = list(rows.order_by("pk"))
    locks.hold(locks.CONSENTS, [row.pk for row in found])
    for row in found:
        flowed = row.state == State.GIVEN
        row.state = domain.after(State(row.state), Event.GROUND_SHAKEN)
        row.save(update_fields=["state"])
        if flowed:
            _tell_ended(row)
    return len(found)


def forget_names(*, pupil: int) -> None:
    """Wipe who the guardians of a pupil with protected personal data were."""
    ConsentAnswer.objects.filter(consent__pupil=pupil).update(
        guardian=None, guardian_name="", maturity_words=""
    )


def _held(consent: UUID, by: Scope) -> Consent:
    """Return a consent that the viewer may see, alone with it until the transaction ends."""
    pk = visible(by=by).filter(public=consent).values_list("pk", flat=True).first()
    if pk is None:
        raise NoSuchConsent
    locks.hold(locks.CONSENTS, [pk])
    return Consent.objects.select_for_update().get(pk=pk)


def _happen(row: Consent, event: Event, *, by: Scope, at: datetime, how: str = "") -> None:
    was = State(row.state)
    then = domain.after(was, event)
    row.state = then
    if then in ENDED:
        row.ended_at, row.ended_by, row.ended_how = at, by.viewer, how
    if then is State.GIVEN and was is not State.GIVEN:
        row.given_at = at
    row.save(update_fields=["state", "given_at", "ended_at", "ended_by", "ended_how"])
    if then is not was:
        _tell(f"consent.{then}", row, by=by, at=at)
    if then is State.GIVEN and was is not State.GIVEN:
        events.publish(ConsentGiven(row.pk, row.pupil_id, row.from_zone, row.to_zone))
    if was is State.GIVEN and then is not State.GIVEN:
        _tell_ended(row)


def _tell_ended(row: Consent) -> None:
    events.publish(ConsentEnded(row.pk, row.pupil_id, row.from_zone, row.to_zone))


def _tell(act: str, row: Consent, *, by: Scope, at: datetime) -> None:
    audit.record(
        act,
        by=by,
        at=at,
        pupil=parties.public_of(row.pupil_id),
        target=f"consent:{row.public}",
        detail={"from": row.from_zone, "to": row.to_zone, "state": row.state},
    )
