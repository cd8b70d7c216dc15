"""Side tracks of a case, and the consultation with the intake unit that names nobody."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import sides as domain
from samnarvaro.cases.domain.investigation import INVESTIGATORS
from samnarvaro.cases.domain.sides import ADVISERS, Ages, Kind
from samnarvaro.cases.domain.telling import OPENERS
from samnarvaro.cases.models import Case, CaseSide, Stub
from samnarvaro.cases.queries.cases import NoSuchCase
from samnarvaro.cases.queries.stubs import NoSuchStub
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.domain.signs import Sign, signs
from samnarvaro.people.queries import parties

SOCIAL = "social:"


class Fault(StrEnum):
    """What stops a side track or a consultation."""

    NOT_YOURS = "not_yours"
    KIND = "kind"
    WORDS = "words"
    AGES = "ages"
    ENDED_ALREADY = "ended_already"
    TELLS_NUMBER = "tells_number"
    TELLS_ADDRESS = "tells_address"
    TELLS_NAME = "tells_name"
    NOBODY_TO_ASK = "nobody_to_ask"


_TELLS = {
    Sign.NUMBER: Fault.TELLS_NUMBER,
    Sign.ADDRESS: Fault.TELLS_ADDRESS,
    Sign.NAME: Fault.TELLS_NAME,
}


@transaction.atomic
def begin(case: UUID, *, kind: Kind | None, words: str, by: Scope, at: datetime, on: date) -> UUID:
    """Begin a side track beside the steps, whatever the step. Raises NoSuchCase, Refused.

    A consultation without identity is asked on a page of its own.
    """
    row = _case(case, by)
    _stop_if(
        [
            *([] if kind and kind is not Kind.CONSULTATION else [Fault.KIND]),
            *([] if domain.are_words(words) else [Fault.WORDS]),
        ],
        by,
    )
    assert kind is not None
    made = CaseSide.objects.create(
        case=row, kind=kind, words=words.strip(), begun_on=on, begun_by_id=by.person
    )
    _log("side_begun", row, by, at, kind=kind)
    return made.public


@transaction.atomic
def end(side: UUID, *, case: UUID, outcome: str, by: Scope, at: datetime, on: date) -> None:
    """End a side track by telling what came of it. Raises NoSuchCase, Refused."""
    row = _case(case, by)
    found = CaseSide.objects.select_for_update().filter(public=side, case=row).first()
    if found is None:
        raise NoSuchCase
    _stop_if(
        [
            *([Fault.ENDED_ALREADY] if found.ended_on else []),
            *([] if domain.are_words(outcome) else [Fault.WORDS]),
        ],
        by,
    )
    found.ended_on, found.outcome = on, outcome.strip()
    found.save(update_fields=["ended_on", "outcome"])
    _log("side_ended", row, by, at, kind=found.kind)


@transaction.atomic
def ask(
    *, question: str, ages: Ages | None, pupil: UUID | None, by: Scope, at: datetime, on: date
) -> UUID:
    """Ask the social services' intake unit for advice, without telling who the pupil is.

    With `pupil` (public id) the text is also looked through for its names, its guardians', its
    school and class; nothing of that is kept. Raises people's NoSuchPupil, Refused.
    """
    if by.role not in OPENERS or not in_school(by.zone):
        raise Refused([Fault.NOT_YOURS])
    to_zone = next((zone for zone in sorted(organisation.zones()) if zone.startswith(SOCIAL)), "")
    names = _names(pupil, by, on) if pupil else ()
    faults = [
        *([] if to_zone else [Fault.NOBODY_TO_ASK]),
        *([] if ages else [Fault.AGES]),
        *([] if domain.are_words(question) else [Fault.WORDS]),
        *(_TELLS[sign] for sign in signs(question, names=names)),
    ]
    if faults or ages is None:
        raise Refused(faults)
    made = Stub.objects.create(
        from_zone=by.zone, to_zone=to_zone, ages=ages, question=question.strip(), asked_on=on,
        asked_by_id=by.person, asked_as=by.role,
    )  # fmt: skip
    audit.record("stub.asked", by=by, at=at, target=f"stub:{made.public}")
    return made.public


@transaction.atomic
def advise(stub: UUID, *, advice: str, by: Scope, at: datetime, on: date) -> None:
    """Answer a consultation that was asked of one's own zone. Raises NoSuchStub, Refused."""
    rows = Stub.objects.visible_in(by).filter(public=stub, to_zone=by.zone)
    row = rows.select_for_update().first()
    if row is None or by.role not in ADVISERS:
        raise NoSuchStub
    faults = [
        *([Fault.ENDED_ALREADY] if row.advised_on else []),
        *([] if domain.are_words(advice) else [Fault.WORDS]),
    ]
    if faults:
        raise Refused(faults)
    row.advice, row.advised_on, row.advised_by_id = advice.strip(), on, by.person
    row.save(update_fields=["advice", "advised_on", "advised_by"])
    audit.record("stub.advised", by=by, at=at, target=f"stub:{row.public}")


def _names(pupil: UUID, by: Scope, on: date) -> list[str]:
    found = people.get(pupil, by=by)
    guardians = parties.guardians_of(found.pk, on=on).values()
    place = people.placement(found.pk, by=by)
    where = [place.unit_name, place.group] if place else []
    return [found.name, *(each.name for each in guardians), *where]


def _case(case: UUID, by: Scope) -> Case:
    rows = Case.objects.visible_in(by).select_related("pupil")
    row = rows.select_for_update(of=("self",)).filter(public=case).first()
    if row is None or not in_school(by.zone):
        raise NoSuchCase
    return row


def _stop_if(faults: Sequence[Fault], by: Scope) -> None:
    mine = [] if by.role in INVESTIGATORS else [Fault.NOT_YOURS]
    if found := [*mine, *faults]:
        raise Refused(found)


def _log(act: str, row: Case, by: Scope, at: datetime, **detail: str) -> None:
    audit.record(
        f"case.{act}", by=by, at=at, pupil=str(row.pupil.public), target=f"case:{row.public}",
        detail=detail,
    )  # fmt: skip
