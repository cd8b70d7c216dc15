"""A school answers the authority's round: how each open entry stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import register as domain
from samnarvaro.cases.domain import rules, watching
from samnarvaro.cases.domain.investigation import GOING_ON, LEADS
from samnarvaro.cases.domain.register import Status
from samnarvaro.cases.models import RegisterAnswer, RegisterEntry
from samnarvaro.cases.queries import register as queries
from samnarvaro.cases.queries import rules as rule_queries
from samnarvaro.cases.queries.register import NoSuchEntry
from samnarvaro.cases.services import holding
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people


@transaction.atomic
def answer(entry: UUID, *, status: Status, by: Scope, at: datetime, on: date) -> None:
    """Answer the round that goes on, for who leads the school; a later answer takes its place.

    Raises NoSuchEntry, also for one that the round does not ask of.
    """
    rows = RegisterEntry.objects.visible_in(by).filter(state__in=sorted(GOING_ON))
    row = rows.select_related("pupil").select_for_update(of=("self",)).filter(public=entry).first()
    key = rules.round_on(on, rule_queries.rules())
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
    _clear(key, by=by, at=at, on=on)


def _clear(key: str, *, by: Scope, at: datetime, on: date) -> None:
    """The rows of a school of which nothing is asked any more are done."""
    asked = {line.pupil for line in queries.lines(by=by, on=on) if line.is_asked}
    places = people.placements(asked, by=by)
    waits = {place.unit for found in places.values() for place in found[:1]}
    subjects = [watching.of_round(unit, key) for unit in by.units - waits]
    holding.clear(subjects, holding.ANSWERED, by=by, at=at, on=on)
