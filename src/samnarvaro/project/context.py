"""What every page shows around itself: who is asking, as what, and the ways on."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from samnarvaro.base import context
from samnarvaro.kernel.access import Scope
from samnarvaro.project import addresses
from samnarvaro.project.web import entrance, pages


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of each page shows (a context processor)."""
    scope = getattr(request, "scope", None)
    # Asked for by a whole page only: a part of one has no frame around it.
    hats = SimpleLazyObject(lambda: pages.hats_of(request) if scope else [])  # type: ignore[arg-type]  # has a scope
    return {
        "scope": scope,
        "hats": hats,
        "sitting": entrance.time_left(request),
        **_finder(scope),
        **context.frame(request),
    }


def _finder(scope: Scope | None) -> dict[str, Any]:
    """What the finder over the page needs; nothing for who has nowhere to go."""
    if scope is None:
        return {}
    finds_pupils = addresses.RULES["pupil"].opens_to(scope.role)
    return {"search_url": reverse("search"), "finds_pupils": finds_pupils}
