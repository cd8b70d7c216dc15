"""What the frame of every page shows: who I am, in which role and zone, and the menu."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from samnarvaro.base import labels, navigation
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True)
class Me:
    name: str
    role_label: str
    zone_label: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame shows (a context processor)."""
    scope: Scope | None = getattr(request, "scope", None)
    account = getattr(request, "account", None)
    if account is None or scope is None:
        return {"me": None, "nav": []}
    role = str(labels.ROLE[scope.role]) if scope.role else ""
    zone = str(labels.ZONE.get(scope.zone, scope.zone))
    name = account.get_full_name() or account.get_username()
    return {
        "me": Me(name, role, zone),
        "nav": navigation.entries_for(scope.role, request.resolver_match),
    }
