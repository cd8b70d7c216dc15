"""Guardians, and whose guardians they are. Nothing of the kind is held of a protected pupil."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import events
from samnarvaro.kernel.access import Scope
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.events import GuardianshipEnded
from samnarvaro.people.models import Guardian, Guardianship, Pupil
from samnarvaro.people.services.relations import end_by


class CannotSetGuardianship(Exception):
    """The pupil's personal data is protected: guardians are not stored."""


@transaction.atomic
def ensure_guardian(contact: Contact, *, by: Scope, at: datetime) -> Guardian:
    """Return the guardian of whom exactly this is known; made if need be."""
    facts = asdict(contact)
    guardian = Guardian.objects.filter(**facts).order_by("pk").first()
    if guardian is None:
        guardian = Guardian.objects.create(**facts)
        audit.record("guardian.added", by=by, at=at, target=f"guardian:{guardian.public}")
    return guardian


@transaction.atomic
def change_guardian(contact: Contact, *, guardian: int, by: Scope, at: datetime) -> None:
    changed = Guardian.objects.select_for_update().get(pk=guardian)
    for name, value in asdict(contact).items():
        setattr(changed, name, value)
    changed.save()
    audit.record("guardian.changed", by=by, at=at, target=f"guardian:{changed.public}")


@transaction.atomic
def set_guardianship(
    *, pupil: int, guardian: int, first_day: date, by: Scope, at: datetime
) -> Guardianship:
    """Say whose guardian a person is, from a day on. Raises CannotSetGuardianship."""
    child = Pupil.objects.select_for_update().get(pk=pupil)
    if child.protection:
        raise CannotSetGuardianship
    row, made = Guardianship.objects.get_or_create(
        pupil=child, guardian_id=guardian, last_day=None, defaults={"first_day": first_day}
    )
    if made:
        _tell("guardianship.set", row, child, by=by, at=at)
    return row


@transaction.atomic
def end_guardianship(*, guardianship: int, last_day: date, by: Scope, at: datetime) -> None:
    row = Guardianship.objects.select_for_update().select_related("pupil").get(pk=guardianship)
    _tell("guardianship.ended", row, row.pupil, by=by, at=at)
    ended = GuardianshipEnded(row.pupil_id, row.guardian_id, last_day)
    end_by(row, last_day)
    events.publish(ended)


def _tell(act: str, row: Guardianship, pupil: Pupil, *, by: Scope, at: datetime) -> None:
    audit.record(act, by=by, at=at, pupil=str(pupil.public), target=f"guardianship:{row.pk}")


def forget_guardians(pupil: Pupil) -> int:
    """Take a pupil's guardians away, and who is nobody else's guardian altogether."""
    theirs = list(Guardianship.objects.filter(pupil=pupil).values_list("guardian", flat=True))
    Guardianship.objects.filter(pupil=pupil).delete()
    others = Guardianship.objects.filter(guardian__in=theirs).values("guardian")
    return Guardian.objects.filter(pk__in=theirs).exclude(pk__in=others).delete()[0]
