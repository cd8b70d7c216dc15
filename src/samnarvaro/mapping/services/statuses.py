"""A professional sets a pupil's attendance status; the marks suggest, they do not decide."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import status as domain
from samnarvaro.mapping.models import AttendanceStatus
from samnarvaro.mapping.queries import statuses as queries
from samnarvaro.mapping.queries.mappings import may_make, readable_pupil
from samnarvaro.mapping.services.mappings import NotYours


class CannotSet(Exception):
    """The status is not set. Carries every reason at once."""

    def __init__(self, faults: list[domain.Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@transaction.atomic
def set_status(pupil: UUID, told: domain.Told, *, by: Scope, at: datetime, on: date) -> UUID:
    """Set the status of a pupil (public id) for a day. Raises people's NoSuchPupil, NotYours, CannotSet."""
    if not may_make(by=by):
        raise NotYours
    found = readable_pupil(pupil, by=by)
    faults = domain.faults(told, on=on)
    if faults or told.status is None or told.occasion is None or told.set_on is None:
        raise CannotSet(faults)
    suggested = queries.suggestion(found.pk, on=told.set_on, by=by)
    row = AttendanceStatus.objects.create(
        pupil_id=found.pk,
        status=told.status,
        occasion=told.occasion,
        set_on=told.set_on,
        set_at=at,
        author_id=by.person,
        words=told.words.strip(),
        suggested=suggested.status if suggested else None,
    )
    audit.record(
        "attendance_status.set", by=by, at=at, pupil=str(pupil), target=f"status:{row.public}"
    )
    return row.public
