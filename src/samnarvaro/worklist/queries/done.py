"""What the viewer has done with rows since a moment: for the end of a meeting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from samnarvaro.kernel.access import Scope
from samnarvaro.worklist.models import Act, Item
from samnarvaro.worklist.queries.rows import LastAct, act_of, is_held_by


@dataclass(frozen=True, slots=True)
class DoneAbout:
    """An act that stands, about whom (id), and when."""

    pupil: int
    at: datetime
    act: LastAct


def done_by_viewer(pupils: Collection[int], *, by: Scope, since: datetime) -> list[DoneAbout]:
    """Return the viewer's own acts since a moment that stand on rows of these pupils (ids)."""
    rows = (
        Act.objects.filter(by=by.viewer, at__gte=since, number=F("item__act_number"))
        .filter(item__in=Item.objects.visible_in(by).filter(pupil__in=pupils))
        .select_related("item__pupil")
        .order_by("at", "pk")
    )
    return [
        DoneAbout(row.item.pupil_id, row.at, act_of(row.done, by, holds=is_held_by(row.item, by)))
        for row in rows
        if row.item.pupil_id is not None
    ]
