"""The quiet page for when somebody walks in, for browsers without scripts."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from samnarvaro.base.pages import show


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """Show nothing, and the way back to where one was."""
    return show(request, "project/blank.html", {"back": _back(request)})


def _back(request: HttpRequest) -> str:
    """The page of ours that the viewer came from: the browser tells, nothing is kept."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
