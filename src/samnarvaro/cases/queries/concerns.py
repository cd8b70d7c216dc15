"""Reports of concern that the viewer may know of: its own, and for who leads the school its pupils'."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.cases.models import Concern
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True)
class Made:
    """That one was made, when and by whom."""

    public: UUID
    made_on: date
    by_name: str
    feedback_on: date | None


def of_pupil(pupil: int, *, by: Scope) -> list[Made]:
    """Return the reports about a pupil (id), the latest first."""
    rows = Concern.objects.visible_in(by).filter(pupil=pupil).select_related("author")
    return [
        Made(row.public, row.made_on, row.author.name, row.feedback_on)
        for row in rows.order_by("-made_on", "-pk")
    ]


def to_hear_of(*, by: Scope, on: date) -> list[tuple[int, UUID, str, date]]:
    """Return the viewer's own reports whose feedback is to be expected by a day: pupil (id, public id,
    name), and the day. For a month after it.
    """
    rows = Concern.objects.visible_in(by).filter(author=by.staff, feedback_on__lte=on)
    found = rows.select_related("pupil").order_by("feedback_on", "pk")
    return [
        (row.pupil_id, row.pupil.public, row.pupil.name, row.feedback_on)
        for row in found
        if row.feedback_on is not None and (on - row.feedback_on).days <= 30
    ]
