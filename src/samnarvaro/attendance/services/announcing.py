"""Absence that somebody announces, and takes back; the marks of those lessons follow at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.attendance.domain import announced as domain
from samnarvaro.attendance.domain.announced import Announced, Part, ToldBy, Wrong
from samnarvaro.attendance.events import MarksChanged
from samnarvaro.attendance.imports import announced, writing
from samnarvaro.attendance.models import AnnouncedDay, Announcement
from samnarvaro.audit import services as audit
from samnarvaro.base import events
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.people import queries as people


class NoSuchAnnouncement(Exception):
    """There is none that holds, or its pupil is not the viewer's. The caller cannot tell which."""


class CannotAnnounce(Exception):
    """The announcement is refused, with every reason at once."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        super().__init__(", ".join(wrongs))
        self.wrongs = wrongs


@transaction.atomic
def announce(
    told: Announced, *, pupil: UUID, told_by: ToldBy, by: Scope, at: datetime, on: date
) -> UUID:
    """Take down that a pupil is, was or will be away; unexcused minutes of then become excused.

    Marks that come later for those lessons follow. In one transaction with the totals. Raises
    people's NoSuchPupil, also for a protected pupil when the system asks: only a named handler
    does this. Raises CannotAnnounce.
    """
    child = people.get(pupil, by=by)
    if by.is_system and child.protection:
        raise people.NoSuchPupil
    writing.hold_others_off()
    days = AnnouncedDay.objects.filter(
        pupil=child, day__gte=told.first_day, day__lte=max(told.first_day, told.last_day)
    )
    held = [Part(*part) for part in days.values_list("day", "begins", "ends")]
    if wrongs := domain.wrongs(told, on=on, held=held):
        raise CannotAnnounce(wrongs)

    row = take_down(told, child.pk, told_by, by=by, at=at)
    let_hold(row, "absence.announced", by=by, at=at)
    return row.public


def take_down(
    told: Announced, pupil: int, told_by: ToldBy, *, by: Scope, at: datetime
) -> Announcement:
    """Write down what is told of a pupil (id), in the caller's transaction. No mark has changed yet."""
    row = Announcement.objects.create(
        pupil_id=pupil,
        first_day=told.first_day,
        last_day=told.last_day,
        begins=told.begins,
        ends=told.ends,
        told_by=told_by.value,
        at=at,
        by=by.viewer,
        by_name=people.name_of_viewer(by=by),
        delivery=_delivery(by, at),
    )
    AnnouncedDay.objects.bulk_create(
        AnnouncedDay(
            announcement=row, pupil_id=pupil, day=part.day, begins=part.begins, ends=part.ends
        )
        for part in told.parts()
    )
    return row


def let_hold(row: Announcement, act: str, *, by: Scope, at: datetime) -> None:
    """Let what was taken down hold for the marks there are, and tell of it."""
    changed = announced.excuse(row.pk)
    _tell(act, row, changed=changed, delivery=row.delivery_id, by=by, at=at)


@transaction.atomic
def withdraw(announcement: UUID, *, pupil: UUID, by: Scope, at: datetime) -> None:
    """Take an announcement back: its lessons hold again what was delivered. What was stays to read.

    Raises NoSuchAnnouncement.
    """
    writing.hold_others_off()
    row = (
        Announcement.objects.visible_in(by)
        .without_leave()
        .filter(public=announcement, pupil__public=pupil, withdrawn_at=None)
        .select_related("pupil")
        .first()
    )
    if row is None or (by.is_system and row.pupil.protection):
        raise NoSuchAnnouncement
    take_back(row, "absence.withdrawn", by=by, at=at)


def take_back(row: Announcement, act: str, *, by: Scope, at: datetime) -> None:
    """Give the lessons back what was delivered, and tell of it, in the caller's transaction."""
    withdrawal = _delivery(by, at)
    changed = announced.restore(row.pk, withdrawal.pk)
    AnnouncedDay.objects.filter(announcement=row).delete()
    if changed:  # another announcement may hold for other minutes of the same lesson
        announced.excuse_delivered(withdrawal.pk, Window(row.first_day, row.last_day))
    row.withdrawn_at, row.withdrawn_by = at, by.viewer
    row.withdrawn_by_name, row.withdrawal = people.name_of_viewer(by=by), withdrawal
    row.save()
    _tell(act, row, changed=changed, delivery=withdrawal.pk, by=by, at=at)


def _delivery(by: Scope, at: datetime) -> Delivery:
    """What a person tells is a delivery of its own kind: who told what, and when."""
    return Delivery.objects.create(
        kind=announced.KIND,
        profile=announced.KIND,
        by=by.viewer,
        state="written",
        progress=100,
        received_at=at,
        written_at=at,
    )


def _tell(
    act: str, row: Announcement, *, changed: bool, delivery: int, by: Scope, at: datetime
) -> None:
    audit.record(
        act,
        by=by,
        at=at,
        pupil=str(row.pupil.public),
        target=f"announcement:{row.public}",
        detail={"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()},
    )
    if changed:
        events.publish(MarksChanged(delivery, Window(row.first_day, row.last_day)))
