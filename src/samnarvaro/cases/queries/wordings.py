"""The viewer's own drafts of an investigation, and what its parts said before they were written over."""

from dataclasses import dataclass
from datetime import date, datetime

from samnarvaro.base import clock
from samnarvaro.cases.domain.investigation import Part, Perspective, Support
from samnarvaro.cases.models import EarlierWording, PartDraft, PerspectiveText
from samnarvaro.cases.queries.investigations import Whole
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier wording: of which part or perspective, who wrote it when, and what it said."""

    of: Part | Perspective
    choice: Support | None
    text: str
    by_name: str
    on: date


def drafts(whole: Whole, *, by: Scope) -> dict[Part, Draft]:
    """Return the viewer's drafts of an investigation that it reads, by part."""
    rows = PartDraft.objects.filter(investigation=whole.seen.pk, author=by.staff)
    return {Part(row.part): Draft(row.text, row.saved_at) for row in rows}


def earlier(whole: Whole) -> list[Earlier]:
    """Return all earlier wordings of an investigation that the viewer reads, the latest first.

    Of the perspectives the latest of each kind holds; those before it are earlier wordings.
    """
    over = EarlierWording.objects.filter(investigation=whole.seen.pk).select_related("written_by")
    found = [
        Earlier(
            Part(row.part), Support(row.choice) if row.choice else None, row.text,
            row.written_by.name if row.written_by else "", row.written_on,
        )
        for row in over.order_by("-pk")
    ]  # fmt: skip
    holds: set[str] = set()
    for row in PerspectiveText.objects.filter(investigation=whole.seen.pk).order_by("-pk"):
        if row.kind in holds:
            on = clock.day_of(row.written_at)
            found.append(Earlier(Perspective(row.kind), None, row.text, row.whose, on))
        holds.add(row.kind)
    return found
