"""Choosing how the pages look: light, dark, high contrast, or as the computer says."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samnarvaro.base import looks

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def set_look(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and go back to where it was made. An unknown look changes nothing."""
    answer = redirect(_back(request))
    chosen = request.POST.get("look", looks.SYSTEM)
    if chosen not in looks.LOOKS:
        return answer
    if chosen == looks.SYSTEM:
        answer.delete_cookie(looks.COOKIE, samesite="Lax")
        return answer
    answer.set_cookie(
        looks.COOKIE,
        chosen,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def _back(request: HttpRequest) -> str:
    """Return the page the choice was made on, if it is one of ours; else the first page."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if ours else "/"
