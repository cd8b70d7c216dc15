"""Who carries the investigation out, and that the pupil's home municipality is told."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.cases.domain.investigation import INVESTIGATORS, LEADS, Fault, Part
from samnarvaro.cases.models import Investigation, RegisterEntry
from samnarvaro.cases.services.investigating import Writing
from samnarvaro.consents.domain.relations import Kind, NotGranted, last_day_possible
from samnarvaro.consents.services import relations
from samnarvaro.kernel.access import Scope
from samnarvaro.people.queries import at_work
from samnarvaro.people.queries.at_work import AtWork


def could_investigate(unit: int, *, on: date) -> list[AtWork]:
    """Return who at a school (id) may be appointed, in name order."""
    return [each for each in at_work.at_units([unit], on=on) if each.roles & INVESTIGATORS]


@transaction.atomic
def appoint(investigation: UUID, *, person: UUID | None, by: Scope, at: datetime, on: date) -> None:
    """Let somebody at the school (public id) carry it out, who gets a case with the pupil by it.

    Raises NoSuchInvestigation, Refused.
    """
    writing = Writing(investigation, Part.APPOINT, by=by, at=at, version=None)
    there = could_investigate(writing.row.unit_id, on=on)
    chosen = next((each for each in there if each.public == person), None)
    writing.stop_if([] if chosen else [Fault.WHO])
    assert chosen is not None
    if chosen.pk != by.staff and not chosen.roles & LEADS:
        writing.stop_if(_tied(writing.row, chosen, by=by, at=at))
    writing.done(investigator_id=chosen.pk)


def _tied(row: Investigation, chosen: AtWork, *, by: Scope, at: datetime) -> list[Fault]:
    """Give a case in student health; one that is there already is enough."""
    try:
        with transaction.atomic():
            relations.grant(
                pupil=row.pupil_id,
                staff=chosen.pk,
                kind=Kind.STUDENT_HEALTH_CASE,
                zone=by.zone,
                last_day=last_day_possible(by.day),
                by=by,
                at=at,
            )
    except relations.CannotGrant as refused:
        return [] if refused.reasons == [NotGranted.ALREADY] else [Fault.WHO]
    return []


@transaction.atomic
def tell_home(
    investigation: UUID, *, told_on: date | None, by: Scope, at: datetime, on: date
) -> None:
    """Write down that the pupil's home municipality has been told. Raises as the others."""
    writing = Writing(investigation, Part.TELL_HOME, by=by, at=at, version=None)
    entry = RegisterEntry.objects.filter(investigation=writing.row, must_tell_home=True).first()
    missing = [] if told_on else [Fault.DAY]
    ahead = [Fault.DAY_AHEAD] if told_on and told_on > on else []
    writing.stop_if([*missing, *ahead, *([] if entry else [Fault.NOT_ANOTHERS])])
    writing.enter(home_told_on=told_on)
    writing.done()
