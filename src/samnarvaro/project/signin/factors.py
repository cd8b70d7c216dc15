"""Second factors: what an account has, and whether its person must have one."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from samnarvaro.kernel.access import Role

CODES = Authenticator.Type.RECOVERY_CODES


@dataclass(slots=True)
class Held:
    """What somebody can show beside the password; `codes_left` is None without recovery codes."""

    app: Any = None
    passkeys: list[Any] = field(default_factory=list)
    codes_left: int | None = None

    @property
    def has_one(self) -> bool:
        return bool(self.app or self.passkeys)


def held_by(account: int) -> Held:
    """Return the factors of an account; a passkey stands there as the package wraps it."""
    held = Held()
    for row in Authenticator.objects.filter(user_id=account).order_by("pk"):
        if row.type == Authenticator.Type.WEBAUTHN:
            held.passkeys.append(row.wrap())
        elif row.type == CODES:
            held.codes_left = len(row.wrap().get_unused_codes())
        else:
            held.app = row
    return held


def has_one(account: int | None) -> bool:
    """Tell whether the account has a factor. Recovery codes are for when it is lost, and are none."""
    return bool(Authenticator.objects.filter(user_id=account).exclude(type=CODES).exists())


def must_have_one(roles: Collection[Role]) -> bool:
    """Tell whether who has these roles, in any job it has, must have a second factor.

    Where all roles must, so must who has none.
    """
    wanted = settings.SECOND_FACTOR_ROLES
    return wanted >= set(Role) or not wanted.isdisjoint(roles)
