"""Leave that is granted, and withdrawn; its lessons are excused from then on, and were if it is past."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.attendance.domain import leave as domain
from samnarvaro.attendance.domain.announced import Announced, ToldBy
from samnarvaro.attendance.domain.leave import Wrong
from samnarvaro.attendance.imports import writing
from samnarvaro.attendance.models import Leave
from samnarvaro.attendance.services import announcing
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.people import queries as people


class NoSuchLeave(Exception):
    """There is none that holds, or its pupil is not the viewer's. The caller cannot tell which."""


class CannotGrant(Exception):
    """The decision is refused, with every reason at once."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        super().__init__(", ".join(wrongs))
        self.wrongs = wrongs


@transaction.atomic
def grant(days: tuple[date, date], *, pupil: UUID, by: Scope, at: datetime, on: date) -> UUID:
    """Record the viewer's own decision that a pupil has leave from one day to another.

    Unexcused minutes of those days become excused, as of absence that is announced: it is one path.
    Raises people's NoSuchPupil and CannotGrant.
    """
    child = people.get(pupil, by=by)
    if by.is_system and child.protection:
        raise people.NoSuchPupil
    first_day, last_day = days
    if last_day < first_day:
        raise CannotGrant([Wrong.LAST_BEFORE_FIRST])
    writing.hold_others_off()
    wanted = Window(first_day, last_day)
    rows = Leave.objects.filter(announcement__pupil=child, announcement__withdrawn_at=None)
    held = rows.values_list("announcement__first_day", "announcement__last_day")
    wrongs = domain.wrongs(wanted, role=by.role, on=on, held=[Window(*each) for each in held])
    if wrongs or by.role is None:  # the system decides of none, and is told so among the reasons
        raise CannotGrant(wrongs)
    told = Announced(first_day=first_day, last_day=last_day)
    row = announcing.take_down(told, child.pk, ToldBy.SCHOOL, by=by, at=at)
    Leave.objects.create(announcement=row, decided_as=by.role)
    announcing.let_hold(row, "leave.granted", by=by, at=at)
    return row.public


@transaction.atomic
def withdraw_leave(leave: UUID, *, pupil: UUID, by: Scope, at: datetime) -> None:
    """Withdraw a leave: its lessons hold again what was delivered. What was decided stays to read.

    Who may not grant so many days may not withdraw them. Raises NoSuchLeave.
    """
    writing.hold_others_off()
    row = (
        Leave.objects.visible_in(by)
        .filter(
            announcement__public=leave,
            announcement__pupil__public=pupil,
            announcement__withdrawn_at=None,
        )
        .select_related("announcement__pupil")
        .first()
    )
    if row is None:
        raise NoSuchLeave
    told = row.announcement
    if not domain.may_decide(by.role, Window(told.first_day, told.last_day)):
        raise NoSuchLeave
    announcing.take_back(told, "leave.withdrawn", by=by, at=at)
