"""Everything that changes the work list. (First form: the acts come with the pages.)"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.worklist.domain.rows import CLEARED
from samnarvaro.worklist.models import Item

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class NewItem:
    """A row to raise. `subject` is what made it, and makes it once."""

    subject: str
    kind: str
    pupil: int
    acts: Role
    level: int
    figures: dict[str, Any]
    raised_on: date
    due_on: date


def raise_items(items: Iterable[NewItem], *, by: Scope, at: datetime) -> int:  # noqa: ARG001
    """Raise the rows that are not there yet; return how many."""
    wanted = list(items)
    before = Item.objects.count()
    Item.objects.bulk_create(
        [
            Item(
                subject=item.subject,
                kind=item.kind,
                pupil_id=item.pupil,
                acts=item.acts,
                level=item.level,
                figures=item.figures,
                raised_on=item.raised_on,
                due_on=item.due_on,
            )
            for item in wanted
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return Item.objects.count() - before


def mark_recovered(subjects: Collection[str], *, on: date) -> None:
    """Mark rows whose ground is gone; they stay until a person clears them."""
    rows = sorted(subjects)
    for some in range(0, len(rows), _BATCH):
        Item.objects.exclude(state__in=CLEARED).filter(
            subject__in=rows[some : some + _BATCH], recovered_on=None
        ).update(recovered_on=on)


def unmark_recovered(subjects: Collection[str]) -> None:
    """Take the mark away from rows whose ground is there after all."""
    rows = sorted(subjects)
    for some in range(0, len(rows), _BATCH):
        Item.objects.exclude(state__in=CLEARED).filter(
            subject__in=rows[some : some + _BATCH]
        ).update(recovered_on=None)
