"""The course of a pupil's investigations in days: what was done in them and when, not what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samnarvaro.cases.domain.investigation import Consulted, Judgement, Outcome
from samnarvaro.cases.models import Consultation, FollowUp, Investigation
from samnarvaro.kernel.access import Scope


class Did(StrEnum):
    JUDGED = "judged"
    CONSULTED = "consulted"
    DECIDED = "decided"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing done in an investigation. `how` is what it was judged, who was heard, how it went."""

    did: Did
    day: date
    by_name: str
    at: datetime | None = None
    how: Judgement | Consulted | Outcome | None = None


def of_pupil(pupil: int, *, by: Scope) -> list[Done]:
    """Return what was done in the investigations of a pupil (id) that the viewer reads."""
    rows = Investigation.objects.visible_in(by).filter(pupil=pupil)
    whole = list(rows.select_related("judged_by", "decided_by"))
    if not whole:
        return []
    ids = [row.pk for row in whole]
    talks = Consultation.objects.filter(investigation__in=ids).select_related("written_by")
    rounds = FollowUp.objects.filter(investigation__in=ids).select_related("written_by")
    return [
        *(done for row in whole for done in _of_one(row)),
        *(
            Done(
                did=Did.CONSULTED, day=each.held_on, at=each.written_at,
                by_name=each.written_by.name, how=Consulted(each.consulted),
            )
            for each in talks.order_by("pk")
        ),
        *(
            Done(
                did=Did.FOLLOWED_UP, day=each.held_on, at=each.written_at,
                by_name=each.written_by.name, how=Outcome(each.outcome),
            )
            for each in rounds.order_by("pk")
        ),
    ]  # fmt: skip


def _of_one(row: Investigation) -> Iterator[Done]:
    yield Done(
        did=Did.JUDGED, day=row.judged_on, by_name=row.judged_by.name, how=Judgement(row.judgement)
    )
    if row.decided_on and row.decided_by:
        yield Done(did=Did.DECIDED, day=row.decided_on, by_name=row.decided_by.name)
    if row.closed_on:
        yield Done(did=Did.CLOSED, day=row.closed_on, by_name="")
