"""Säkerhet: how I sign in, where I am signed in, and the way to change it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import devices, sessions, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.people import services as people
from samnarvaro.project.signin import factors
from samnarvaro.project.signin.adapters import PREVIOUS
from samnarvaro.project.signin.forms import Lost
from samnarvaro.project.signin.news import tell

HERE = reverse_lazy("mfa_index")


@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Second factor, sign-ins and password; for who must have a factor, the step to set one up."""
    me = request.user.pk or 0
    held = factors.held_by(me)
    roles = {hat.role for hat in consents.hats(me, on=request.today)}
    must = factors.must_have_one(roles)
    previous = request.session.get(PREVIOUS)
    context = {
        "held": held,
        "must": must,
        "is_setup": must and not held.has_one,
        "may_reset": request.scope is not None and request.scope.role is Role.SYSTEM_ADMINISTRATOR,
        "previous": datetime.fromisoformat(previous) if previous else None,
        "sign_ins": [
            _shown(row, request.session.session_key)
            for row in sessions.running(me, now=request.now)
        ],
    }
    page = "setup" if context["is_setup"] else "security"
    return show(request, f"account/{page}.html", context)


def _shown(row: Any, here: str | None) -> dict[str, object]:
    return {
        "public": row.public,
        "device": devices.in_words(row.device),
        "began_at": row.began_at,
        "used_at": sessions.last_used(row),
        "is_here": row.session_key == here,
    }


@require_POST
def end_one(request: StaffRequest, public: UUID) -> HttpResponse:
    """End one of my other sign-ins."""
    if not sessions.end(
        public, account=request.user.pk or 0, but=request.session.session_key or ""
    ):
        raise Http404
    tell(request, "sign_in.ended", request.user, why="by_owner")
    toasts.say(request, _("Inloggningen är avslutad."))
    return redirect(HERE)


@require_POST
def end_others(request: StaffRequest) -> HttpResponse:
    """End all my sign-ins but this one."""
    ended = sessions.end_all({request.user.pk or 0}, but=request.session.session_key)
    tell(request, "sign_in.ended", request.user, why="by_owner", sessions=ended)
    words = ngettext(
        "%(count)s inloggning är avslutad.", "%(count)s inloggningar är avslutade.", ended
    )
    toasts.say(request, words % {"count": ended})
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # theirs
def reset_factor(request: StaffRequest) -> HttpResponse:
    """The system administrator takes away somebody's lost second factor. Nobody does so for oneself."""
    form = Lost(request.POST or None)
    if form.is_valid():
        username = form.cleaned_data["whose"]
        if username == request.user.get_username():
            form.add_error("whose", _("Din egen ändrar du under Säkerhet."))
        else:
            try:
                people.reset_second_factor(username=username, by=request.scope, at=request.now)
            except people.NoSuchUsername:
                form.add_error("whose", _("Det finns inget konto med det användarnamnet."))
    if request.method != "POST" or form.errors:
        status = 422 if form.errors else 200
        return show(request, "account/reset_factor.html", {"form": form}, status=status)
    toasts.say(request, _("Den andra faktorn är nollställd, och personen är utloggad."))
    return redirect(HERE)


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]  # the package ships no types
    """The recovery codes, readable once; who has none is led to where they are made."""

    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().get(request, *args, **named)
        except Http404:
            return redirect(HERE)
        return answer


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]  # likewise
    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().dispatch(request, *args, **named)
        except Http404:
            return redirect(HERE)
        return answer


class AgainByPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]  # likewise
    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it on the same page; theirs goes to the sign-in."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer


codes = Codes.as_view()
new_codes = GenerateRecoveryCodesView.as_view()
remove_app = RemoveApp.as_view()
remove_passkey = RemoveWebAuthnView.as_view(success_url=HERE)
again_by_passkey = AgainByPasskey.as_view()
