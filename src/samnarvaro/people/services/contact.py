"""How to reach a pupil. No number is held of one whose personal data is protected."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import NoSuchPupil


class CannotSetTelephone(Exception):
    """The pupil's personal data is protected: numbers are not stored."""


@transaction.atomic
def set_telephone(telephone: str, *, pupil: UUID, by: Scope, at: datetime) -> bool:
    """Keep the pupil's own number; tell whether it is another than before.

    Raises NoSuchPupil, and CannotSetTelephone.
    """
    child = (
        Pupil.objects.visible_in(by).select_for_update(of=("self",)).filter(public=pupil).first()
    )
    if child is None:
        raise NoSuchPupil
    number = telephone.strip()
    if child.protection and number:
        raise CannotSetTelephone
    if child.telephone == number:
        return False
    child.telephone = number
    child.save(update_fields=["telephone"])
    audit.record("pupil.telephone_set", by=by, at=at, pupil=str(pupil), target=f"pupil:{pupil}")
    return True
