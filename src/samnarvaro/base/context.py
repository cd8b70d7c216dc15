"""What the frame of every page shows: who I am, in which role and zone, and the menu."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samnarvaro.base import labels, looks, navigation, shortcuts
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True)
class Me:
    name: str
    role_label: str
    zone_label: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame shows (a context processor)."""
    every = {
        "demo": getattr(settings, "DEMO", False),
        "look": looks.of(request),
        "shortcuts_off": shortcuts.are_off(request),
        "looks": looks.LOOKS,
    }
    account = getattr(request, "account", None) or getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return every | {"me": None, "menu": None}
    scope: Scope | None = getattr(request, "scope", None)
    role = scope.role if scope else None
    me = Me(
        name=_name(request, account),
        role_label=str(labels.ROLE[role]) if role else "",
        zone_label=labels.of_zone(scope.zone) if scope else "",
    )
    return every | {"me": me, "menu": navigation.menu_for(role, request.resolver_match)}


def _name(request: HttpRequest, account: Any) -> str:
    """The person's name where it is known who it is, otherwise the account's."""
    known: str = getattr(request, "viewer_name", "")
    return known or account.get_full_name() or account.get_username()
