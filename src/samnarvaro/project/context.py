"""What every page shows around itself: who is asking, as what, and the ways on."""

from typing import Any

from django.http import HttpRequest

from samnarvaro.base import context
from samnarvaro.project.web import pages


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of each page shows (a context processor)."""
    scope = getattr(request, "scope", None)
    hats = pages.hats_of(request) if scope else []  # type: ignore[arg-type]  # has a scope
    return {"scope": scope, "hats": hats, **context.frame(request)}
