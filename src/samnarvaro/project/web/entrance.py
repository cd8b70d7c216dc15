"""In and out: signing out, how long one sits, and what was sent when the time was out."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import dates, sessions, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.project.signin import drafts
from samnarvaro.project.signin.sitting import BACKGROUND


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the browser throws away what it has kept of the pages."""
    answer: HttpResponse = account.logout(request)
    if request.method == "POST":
        # Not cookies: those Django ends itself, and one of them is the language.
        answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: StaffRequest) -> HttpResponse:
    """Tell the page how long the sign-in lasts; pressing the button (POST) makes it last."""
    row: Any = request.session.row  # type: ignore[attr-defined]  # our own store
    if request.method == "POST":
        sessions.note_use(row, request.now, at_once=True)
        if BACKGROUND not in request.headers:
            return redirect("home")
    return JsonResponse(time_left(request))


def time_left(request: Any) -> dict[str, object]:
    """How many seconds the sign-in lasts, until when, and whether staying makes them more."""
    row = getattr(getattr(request, "session", None), "row", None)
    end = sessions.ends_at(row) if row else None
    if end is None or not request.user.is_authenticated:
        return {}
    at, why = end
    return {
        "left": max(0, int((at - request.now).total_seconds())),
        "until": dates.moment(at).rpartition(" ")[2],
        "can_stay": why is sessions.Over.IDLE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: StaffRequest) -> HttpResponse:
    """What was sent when the sign-in had ended: send it again, or throw it away."""
    kept = drafts.of(request)
    if kept is None:
        return redirect("home")
    if request.method != "POST":
        return show(request, "account/draft.html", {"draft": kept, "action": request.path})
    drafts.forget(request)
    if request.POST.get("draft") == "send":
        # 307: the browser sends the same form, with today's token, to where it was meant.
        return HttpResponse(status=307, headers={"Location": kept.path})
    toasts.say(request, _("Det du hade skickat är kastat."), tone="info")
    return redirect("home")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's call
    """A form whose token is old (CSRF_FAILURE_VIEW). From one of our own pages, what was written in
    it is shown, to be sent again; from anywhere else nothing of it is repeated.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context: dict[str, object] = {"demo": settings.DEMO}
    if ours and request.method == "POST":
        sent = drafts.sent_in(request)
        is_entrance = urlsplit(sent.path).path.startswith(
            ("/logga-in/", "/bekrafta/", "/losenord/")
        )
        if sent.fields and not is_entrance:
            context |= {"draft": sent, "action": sent.path}
    return render(request, "403_csrf.html", context, status=403)
