"""A school answers the authority's round: how each open entry stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import register as domain
from samnarvaro.cases.domain.investigation import GOING_ON, LEADS
from samnarvaro.cases.domain.register import Status
from samnarvaro.cases.models import RegisterAnswer, RegisterEntry
from samnarvaro.cases.queries.register import NoSuchEntry
from samnarvaro.kernel.access import Scope


@transaction.atomic
def answer(entry: UUID, *, status: Status, by: Scope, at: datetime, on: date) -> None:
    """Answer the round that goes on, for who leads the school; a later answer takes its place.

    Raises NoSuchEntry, also for one that the round does not ask of.
    """
    rows = RegisterEntry.objects.visible_in(by).filter(state__in=sorted(GOING_ON))
    row = rows.select_related("pupil").select_for_update(of=("self",)).filter(public=entry).first()
    key = domain.round_on(on)
    if row is None or by.role not in LEADS or row.reported_on > domain.begins(key):
        raise NoSuchEntry
    RegisterAnswer.objects.update_or_create(
        entry=row, round=key,
        defaults={"answered_on": on, "answered_by_id": by.person, "status": status},
    )  # fmt: skip
    audit.record(
        "register.answered", by=by, at=at, pupil=str(row.pupil.public),
        target=f"register:{row.public}", detail={"round": key, "status": status},
    )  # fmt: skip
