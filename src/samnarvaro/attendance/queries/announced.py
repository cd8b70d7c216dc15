"""Announced absence as it is shown: what holds, and what has been taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.attendance.domain.announced import ToldBy
from samnarvaro.attendance.models import Announcement
from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Scope

SHOWN_BACK = 60  # calendar days


@dataclass(frozen=True, slots=True)
class Shown:
    """One announcement: which time, who told whom, and whether it was taken back."""

    public: UUID
    first_day: date
    last_day: date
    begins: int | None
    ends: int | None
    told_by: ToldBy
    at: datetime
    by_name: str
    withdrawn_at: datetime | None
    withdrawn_by_name: str

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None


def of_pupil(pupil: int, *, since: date, by: Scope) -> list[Shown]:
    """Return a pupil's (id) announcements that reach to a day or later, the latest day first.

    Granted leave is shown by itself.
    """
    return [
        Shown(
            row.public,
            row.first_day,
            row.last_day,
            row.begins,
            row.ends,
            ToldBy(row.told_by),
            row.at,
            row.by_name,
            row.withdrawn_at,
            row.withdrawn_by_name,
        )
        for row in _asking(pupil, by, since)
    ]


@of_one
def _asking(by: Scope, since: date) -> "QuerySet[Announcement]":
    told = Announcement.objects.visible_in(by).without_leave()
    return told.filter(pupil=NOBODY, last_day__gte=since).order_by("-first_day", "-pk")
