"""Protected personal data: the pupil ceases to exist for all but a few named handlers."""

from datetime import date, datetime, timedelta

from django.db import transaction

from samnarvaro.audit import queries as audit_log
from samnarvaro.audit import services as audit
from samnarvaro.base import events, sessions
from samnarvaro.kernel.access import Scope
from samnarvaro.people.domain.protection import Level, Naming, NotAHandler, against
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.events import PupilProtected
from samnarvaro.people.models import Account, Duty, NamedHandler, Pupil, Staff
from samnarvaro.people.services import traces
from samnarvaro.people.services.guardians import forget_guardians
from samnarvaro.people.services.relations import end_by

# A session lives for ten hours: whoever was shown the pupil in this time may still have the page.
PAGE_MAY_BE_OPEN = timedelta(hours=12)
_DAY = timedelta(days=1)


class NotProtected(Exception):
    """The pupil's personal data is not protected, so there is nothing of the kind to change."""


class CannotNameHandler(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NotAHandler]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def protect(*, pupil: int, level: Level, by: Scope, at: datetime) -> None:
    """Protect a pupil's personal data, all at once or not at all.

    Name, identity number, home municipality, telephone and guardians are wiped, and quoted nowhere any more;
    the rooms above clear what they hold; the sessions end of all who were shown the pupil lately.
    The log tells how much had already been shown. Until handlers are named, the pupil exists for
    nobody but the system.
    """
    if level is Level.NONE:
        raise ValueError("no level to protect at: lift_protection ends a protection")
    child = Pupil.objects.select_for_update().get(pk=pupil)
    traces.wipe(child)
    was = child.protection
    child.protection = level
    child.given_name = child.family_name = child.identity_number = child.home_municipality = ""
    child.telephone = ""
    child.sort_key = sort_key(child.alias)
    child.save()
    guardians = forget_guardians(child)
    events.publish(PupilProtected(child.pk, child.public, at))
    public = str(child.public)
    viewers = audit_log.viewers_of(public, since=at - PAGE_MAY_BE_OPEN)
    audit.record(
        "pupil.protected",
        by=by,
        at=at,
        pupil=public,
        target=f"pupil:{public}",
        detail={
            "before": was,
            "after": level,
            "guardians": guardians,
            "sessions": sessions.end_all(_accounts(viewers)),
            "readings": audit_log.count_readings_of(public),
            "viewers": len(audit_log.viewers_of(public)),
        },
    )


def _accounts(viewers: set[str]) -> set[int]:
    persons = {viewer for viewer in viewers if not viewer.startswith("system:")}
    return set(Account.objects.filter(public__in=persons).values_list("pk", flat=True))


@transaction.atomic
def lift_protection(*, pupil: int, by: Scope, at: datetime) -> None:
    """End the protection. Nothing comes back by itself: the alias stays until a roster has a name.

    The named handlers are that no longer; those who follow the pupil's school or class do again.
    Raises NotProtected.
    """
    child = _protected(pupil)
    was = child.protection
    child.protection = Level.NONE
    child.save(update_fields=["protection"])
    for handler in NamedHandler.objects.filter(pupil=child):
        if handler.last_day is None or handler.last_day >= by.day:
            end_by(handler, by.day - _DAY)
    _tell("pupil.protection_lifted", child, by=by, at=at, before=was)


@transaction.atomic
def set_alias(*, pupil: int, alias: str, by: Scope, at: datetime) -> None:
    """Call a protected pupil what was agreed with the family. Raises NotProtected."""
    child = _protected(pupil)
    child.alias, child.sort_key = alias.strip(), sort_key(alias)
    child.save(update_fields=["alias", "sort_key"])
    _tell("pupil.alias_set", child, by=by, at=at)


@transaction.atomic
def name_handler(
    *, pupil: int, staff: int, decided_by: tuple[int, int], first_day: date, by: Scope, at: datetime
) -> NamedHandler:
    """Let a protected pupil exist for one more person, as two others have decided.

    Persons are staff ids. Raises CannotNameHandler.
    """
    # Whoever names handlers of the same pupil at the same time waits: there may be five.
    child = Pupil.objects.select_for_update().get(pk=pupil)
    handlers = NamedHandler.objects.filter(pupil=child).exclude(last_day__lt=first_day)
    persons = {staff, *decided_by}
    naming = Naming(
        level=Level(child.protection),
        person=staff,
        deciders=decided_by,
        handlers=frozenset(handlers.values_list("staff", flat=True)),
        on_duty=frozenset(
            Duty.objects.on(first_day).filter(staff__in=persons).values_list("staff", flat=True)
        ),
    )
    if reasons := against(naming):
        raise CannotNameHandler(reasons)
    named = NamedHandler.objects.create(
        pupil=child,
        staff_id=staff,
        decided_by_id=decided_by[0],
        decided_also_by_id=decided_by[1],
        first_day=first_day,
    )
    _tell_of_handler("handler.named", named, by=by, at=at)
    return named


@transaction.atomic
def end_handler(*, handler: int, last_day: date, by: Scope, at: datetime) -> None:
    """Let the pupil cease to exist for a handler after that day."""
    ending = NamedHandler.objects.select_for_update().get(pk=handler)
    _tell_of_handler("handler.ended", ending, by=by, at=at)
    end_by(ending, last_day)


def _protected(pupil: int) -> Pupil:
    child = Pupil.objects.select_for_update().get(pk=pupil)
    if child.protection == Level.NONE:
        raise NotProtected
    return child


def _tell(act: str, pupil: Pupil, *, by: Scope, at: datetime, before: int | None = None) -> None:
    public = str(pupil.public)
    audit.record(
        act,
        by=by,
        at=at,
        pupil=public,
        target=f"pupil:{public}",
        detail={} if before is None else {"before": before},
    )


def _tell_of_handler(act: str, handler: NamedHandler, *, by: Scope, at: datetime) -> None:
    persons = dict(
        Staff.objects.filter(
            pk__in=[handler.staff_id, handler.decided_by_id, handler.decided_also_by_id]
        ).values_list("pk", "public")
    )
    public = str(Pupil.objects.values_list("public", flat=True).get(pk=handler.pupil_id))
    audit.record(
        act,
        by=by,
        at=at,
        pupil=public,
        target=f"handler:{handler.pk}",
        detail={
            "staff": str(persons[handler.staff_id]),
            "decided_by": str(persons[handler.decided_by_id]),
            "decided_also_by": str(persons[handler.decided_also_by_id]),
        },
    )
