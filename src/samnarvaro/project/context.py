"""What every page shows around itself: who is asking, as what, and the ways on."""

from typing import Any

from django.http import HttpRequest

from samnarvaro.base import context


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"scope": getattr(request, "scope", None), **context.frame(request)}
