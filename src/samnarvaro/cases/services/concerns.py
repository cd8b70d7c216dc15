"""Writing down that a report of concern was made. No yes is asked for, and no step has to be reached."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import concern as domain
from samnarvaro.cases.models import Concern
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people


@transaction.atomic
def write_down(
    pupil: UUID, *, made_on: date | None, asked_for_feedback: bool, by: Scope, at: datetime,
    on: date,
) -> UUID:  # fmt: skip
    """Write down that a report about a pupil (public id) was made. Raises people's NoSuchPupil, Refused.

    The log names no pupil and no kind of act that tells what it was: an extract of it would tell the
    guardians what the law keeps from them.
    """
    found = people.get(pupil, by=by)
    if by.role not in domain.REPORTERS:
        raise people.NoSuchPupil
    faults = domain.faults(made_on, on=on)
    if faults or made_on is None:
        raise Refused(faults)
    row = Concern.objects.create(
        pupil=found, zone=by.zone, author_id=by.person, made_on=made_on, written_at=at,
        feedback_on=domain.feedback_on(made_on) if asked_for_feedback else None,
    )  # fmt: skip
    audit.record("concern.written_down", by=by, at=at, target=f"concern:{row.public}")
    return row.public
