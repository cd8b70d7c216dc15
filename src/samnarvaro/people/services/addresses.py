"""Where mail goes to a person at work."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Account

LONGEST_EMAIL = 254


class NotAnAddress(Exception):
    """No mail can go to what was written."""


@transaction.atomic
def set_email(account: int, email: str, *, by: Scope, at: datetime) -> None:
    """Set, change or, with an empty text, remove an account's address. Raises NotAnAddress.

    Two accounts may have the same: that somebody else has it is told nobody.
    """
    email = email.strip()
    if email and (len(email) > LONGEST_EMAIL or not _is_address(email)):
        raise NotAnAddress
    changed = Account.objects.select_for_update().get(pk=account)
    if changed.email == email:
        return
    changed.email = email
    changed.save(update_fields=["email"])
    audit.record(
        "account.email_set",
        by=by,
        at=at,
        target=f"account:{changed.public}",
        detail={"has_address": int(bool(email))},
    )


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
