"""How long somebody sits signed in, and where one is led when that is over."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samnarvaro.base import pages, sessions, toasts
from samnarvaro.project.signin import drafts
from samnarvaro.project.signin.news import ENDED, tell

BACKGROUND = "X-Background"  # a page that asks for something by itself: nobody is using it
SAFE = {"GET", "HEAD"}


def hold_to_limits(request: Any) -> None:
    """Sign out whose time is over; otherwise write that the sign-in is used."""
    why = sessions.over(request.session.row, request.now)
    if why is not None:
        _end(request, why)
    elif BACKGROUND not in request.headers:
        sessions.note_use(request.session.row, request.now)


def _end(request: Any, why: sessions.Over) -> None:
    left = request.user
    tell(request, "sign_in.ended", left, why=str(why))
    request.session.flush()
    request.user = AnonymousUser()
    request.session[ENDED] = str(why)
    request.session[drafts.LEFT] = left.pk


def to_sign_in(request: Any) -> HttpResponse:
    """Lead to the sign-in, and from there back to where one was. What was sent is not lost in
    silence: it is carried along where it can be, and otherwise told.
    """
    where = _where(request)
    if request.method not in SAFE:
        if drafts.keep(request, at=request.now):
            where = reverse("draft")
        else:
            words = _("Du var inte längre inloggad, så det du skickade är inte sparat.")
            toasts.say(request, words, tone="attention")
    return lead(request, f"{reverse('account_login')}?{urlencode({'next': where}, safe='/')}")


def lead(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to another page; a part of a page cannot hold it, so the whole page goes there."""
    if pages.is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _where(request: HttpRequest) -> str:
    """The address of the page that one saw."""
    if request.method in SAFE and not pages.is_part(request):
        return request.get_full_path()
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(seen, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(seen)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
