"""Granted leave: as it is shown, and as the figures need it to leave it out."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.attendance.domain.leave import Leave, LeaveDay
from samnarvaro.attendance.models import Leave as Granted
from samnarvaro.base import bulk
from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Role, Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass

SHOWN_BACK = 366  # calendar days


@dataclass(frozen=True, slots=True)
class Shown:
    """One decision: which days, who decided in which role, and whether it was withdrawn."""

    public: UUID
    first_day: date
    last_day: date
    decided_as: Role
    at: datetime
    by_name: str
    withdrawn_at: datetime | None
    withdrawn_by_name: str

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None


def of_pupil(pupil: int, *, since: date, by: Scope) -> list[Shown]:
    """Return a pupil's (id) leaves that reach to a day or later, the latest day first."""
    return [
        Shown(
            row.announcement.public,
            row.announcement.first_day,
            row.announcement.last_day,
            Role(row.decided_as),
            row.announcement.at,
            row.announcement.by_name,
            row.announcement.withdrawn_at,
            row.announcement.withdrawn_by_name,
        )
        for row in _asking(pupil, by, since)
    ]


@of_one
def _asking(by: Scope, since: date) -> "QuerySet[Granted]":
    return (
        Granted.objects.visible_in(by)
        .filter(announcement__pupil=NOBODY, announcement__last_day__gte=since)
        .select_related("announcement")
        .order_by("-announcement__first_day", "-pk")
    )


# Days first, and CROSS JOIN to keep them there: few of the days that are announced are leave.
_OF_DAYS = """
    SELECT d.pupil_id, d.day, SUM(m.excused), SUM(m.scheduled)
    FROM attendance_announcedday d
    CROSS JOIN attendance_leave l
    CROSS JOIN attendance_mark m
    WHERE d.day BETWEEN %s AND %s AND l.announcement_id = d.announcement_id
        AND m.day = d.day AND m.pupil_id = d.pupil_id
        AND m.reported AND NOT m.cancelled AND m.on_school_day
    GROUP BY d.pupil_id, d.day HAVING SUM(m.excused) > 0
    ORDER BY d.day"""


def of_days(window: Window, *, by: Scope, among: Collection[int]) -> dict[int, Leave]:
    """Return the leave within some days of those of these pupils (ids) who have any.

    The caller has found the pupils in the viewer's scope.
    """
    if not among or not by.reads(DataClass.ATTENDANCE):
        return {}
    found: defaultdict[int, list[LeaveDay]] = defaultdict(list)
    for pupil, day, excused, scheduled in bulk.fetch(_OF_DAYS, [window.first, window.last]):
        if pupil in among:
            found[pupil].append(LeaveDay(bulk.as_day(day), int(excused), excused == scheduled))
    return {pupil: Leave(tuple(days)) for pupil, days in found.items()}
