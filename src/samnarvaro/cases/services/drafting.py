"""Long texts are kept while they are written, for their author alone; what is written over is kept for all."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import Fault, Part, State
from samnarvaro.cases.models import EarlierWording, Investigation, PartDraft
from samnarvaro.cases.queries.investigations import NoSuchInvestigation
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.kernel.access import Scope


@transaction.atomic
def keep(investigation: UUID, part: Part, text: str, *, by: Scope, at: datetime) -> bool:
    """Keep what the viewer has written so far of a part; without words there is no draft any more.

    Tell whether there is one. That one was begun is logged, not each time that it is saved. Raises
    NoSuchInvestigation, also where the viewer may not write the part now, and Refused.
    """
    rows = Investigation.objects.visible_in(by).select_related("pupil")
    row = rows.filter(public=investigation).first()
    may = row is not None and domain.may_write(part, State(row.state), by.role)
    if row is None or not may or part not in domain.DRAFTED:
        raise NoSuchInvestigation
    if len(text) > domain.LONGEST_TEXT:
        raise Refused([Fault.TOO_LONG])
    if not text.strip():
        forget(row, part, by=by)
        return False
    _draft, begun = PartDraft.objects.update_or_create(
        investigation=row, part=part, author_id=by.person,
        defaults={"text": text, "saved_at": at},
    )  # fmt: skip
    if begun:
        audit.record(
            "investigation.draft_begun", by=by, at=at, pupil=str(row.pupil.public),
            target=f"investigation:{row.public}", detail={"part": part},
        )  # fmt: skip
    return True


def forget(row: Investigation, part: Part, *, by: Scope) -> None:
    """Throw away the viewer's draft of a part: it is written now, or has no words any more."""
    PartDraft.objects.filter(investigation=row, part=part, author=by.staff).delete()


def keep_earlier(
    row: Investigation, part: Part, text: str, *, choice: str = "", written_by: int | None = None,
    written_on: date | None, at: datetime,
) -> None:  # fmt: skip
    """Keep what a part says before it is written over; what says nothing is not kept."""
    if text and written_on is not None:
        EarlierWording.objects.create(
            investigation=row, part=part, choice=choice, text=text, written_by_id=written_by,
            written_on=written_on, replaced_at=at,
        )  # fmt: skip
