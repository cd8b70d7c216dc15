"""What every page shows around itself: who is asking, as what, and the ways on."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    return {"scope": getattr(request, "scope", None), "nav": []}
