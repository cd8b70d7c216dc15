"""Ways to sign in: made by an administrator, closed when the person leaves. Nobody signs up."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import sessions
from samnarvaro.kernel.access import Scope
from samnarvaro.people.domain.duties import NoSuchAccount
from samnarvaro.people.models import Account

_OF_DJANGO = {
    "password_too_short": NoSuchAccount.PASSWORD_TOO_SHORT,
    "password_too_common": NoSuchAccount.PASSWORD_TOO_COMMON,
    "password_too_similar": NoSuchAccount.PASSWORD_TOO_SIMILAR,
}


class CannotCreateAccount(Exception):
    """Carries every reason at once."""

    def __init__(self, reasons: list[NoSuchAccount]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class CannotSetPassword(CannotCreateAccount):
    """Likewise, of a password alone."""


@transaction.atomic
def create_account(*, username: str, password: str | None, by: Scope, at: datetime) -> Account:
    """Make an account; without password it cannot be signed in to but by other means.

    Raises CannotCreateAccount.
    """
    account = Account(username=Account.normalize_username(username), date_joined=at)
    if reasons := [*_against_username(account), *_against_password(account, password)]:
        raise CannotCreateAccount(reasons)
    account.set_password(password)
    account.save()
    audit.record("account.created", by=by, at=at, target=f"account:{account.public}")
    return account


def _against_username(account: Account) -> list[NoSuchAccount]:
    try:
        account.clean_fields(exclude=["password"])
    except ValidationError:
        return [NoSuchAccount.USERNAME_FORM]
    # Two accounts that differ by case alone would be taken for one another.
    if Account.objects.filter(username__iexact=account.username).exists():
        return [NoSuchAccount.USERNAME_TAKEN]
    return []


def _against_password(account: Account, password: str | None) -> list[NoSuchAccount]:
    if password is None:
        return []
    try:
        validate_password(password, account)
    except ValidationError as error:
        weak = NoSuchAccount.PASSWORD_TOO_COMMON
        return [_OF_DJANGO.get(each.code or "", weak) for each in error.error_list]
    return []


@transaction.atomic
def close_account(*, account: int, by: Scope, at: datetime) -> None:
    """Close an account: its person is out with the next request, and cannot sign in again."""
    closed = Account.objects.select_for_update().get(pk=account)
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    ended = sessions.end_all({account})
    audit.record(
        "account.closed",
        by=by,
        at=at,
        target=f"account:{closed.public}",
        detail={"sessions": ended},
    )


class NoSuchUsername(Exception):
    """There is no account of that name."""


def _locked(username: str) -> Account:
    try:
        return Account.objects.select_for_update().get(username=username)
    except Account.DoesNotExist:
        raise NoSuchUsername(username) from None


@transaction.atomic
def set_password(*, username: str, password: str, by: Scope, at: datetime) -> None:
    """Give an account another password when its own is lost, and end its sign-ins.

    Raises NoSuchUsername, and CannotSetPassword with what speaks against the password.
    """
    account = _locked(username)
    if reasons := _against_password(account, password):
        raise CannotSetPassword(reasons)
    account.set_password(password)
    account.save(update_fields=["password"])
    ended = sessions.end_all({account.pk})
    audit.record(
        "account.password_set",
        by=by,
        at=at,
        target=f"account:{account.public}",
        detail={"sessions": ended},
    )


@transaction.atomic
def reset_second_factor(*, username: str, by: Scope, at: datetime) -> int:
    """Take away an account's second factors when they are lost, and end its sign-ins.

    Returns how many factors there were. Raises NoSuchUsername.
    """
    account = _locked(username)
    factors = Authenticator.objects.filter(user=account)
    lost: int = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    audit.record(
        "factor.reset",
        by=by,
        at=at,
        target=f"account:{account.public}",
        detail={"factors": lost, "sessions": sessions.end_all({account.pk})},
    )
    return lost
