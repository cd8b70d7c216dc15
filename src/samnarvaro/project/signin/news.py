"""What is written down when somebody signs in, fails, leaves, or changes how they sign in.

Never what was typed: in the field for the name people write their password now and then.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa import signals as factor_signals
from django.contrib.auth import get_user_model, signals
from django.http import HttpRequest

from samnarvaro.audit import services as audit
from samnarvaro.base import clock, devices, sessions
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.project.signin import drafts

ENDED = "sign_in_ended"  # in the session: why the last sign-in in this browser is over


def listen() -> None:
    """Called once, when the house is set up."""
    signals.user_logged_in.connect(_signed_in)
    signals.user_logged_out.connect(_signed_out)
    signals.user_login_failed.connect(_failed)
    account_signals.password_changed.connect(_password_changed)
    factor_signals.authenticator_added.connect(_factor_added)
    factor_signals.authenticator_removed.connect(_factor_removed)
    factor_signals.authenticator_reset.connect(_codes_renewed)
    factor_signals.authentication_failed.connect(_code_failed)


def tell(request: HttpRequest, act: str, account: Any, **detail: str | int | None) -> None:
    """Write it down: by the person where it is known in which job, else by the entrance itself."""
    scope: Scope = getattr(request, "scope", None) or consents.system_scope(
        purpose="sign-in", on=clock.today()
    )
    target = f"account:{account.public if account else 'unknown'}"
    audit.record(act, by=scope, at=clock.now(), target=target, detail=detail)


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    at = clock.now()
    sessions.begin(
        request.session, device=devices.short(request.META.get("HTTP_USER_AGENT", "")), at=at
    )
    request.session.pop(ENDED, None)
    drafts.handed_to(request, user.pk)
    ways = [_way(record) for record in get_authentication_records(request, user)]
    tell(request, "sign_in.begun", user, way="+".join(ways) or "direct")


def _way(record: dict[str, Any]) -> str:
    return str(record.get("type") or record["method"])


def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        tell(request, "sign_in.ended", user, why="signed_out")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if request is None:
        return
    name = str(credentials.get("username", ""))[:150]
    account = get_user_model().objects.filter(username=name).first() if name else None
    tell(request, "sign_in.failed", account, way="password")


def _code_failed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    tell(request, "sign_in.failed", user, way=str(authenticator.type))


def _password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    ended = sessions.end_all({user.pk}, but=request.session.session_key)
    tell(request, "account.password_changed", user, sessions=ended)


def _factor_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    tell(request, "factor.added", user, kind=str(authenticator.type))
    # The new factor was just tried: that is as good as showing once more who one is.
    record_authentication(
        request, user, method="mfa", type=str(authenticator.type), reauthenticated=True
    )


def _factor_removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    tell(request, "factor.removed", user, kind=str(authenticator.type))


def _codes_renewed(request: HttpRequest, user: Any, **_: Any) -> None:
    tell(request, "factor.codes_renewed", user)
