"""A person's own settings: language and look, single keys, where mail goes, the weekly digest."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from samnarvaro.base import shortcuts, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.messages import queries as messages
from samnarvaro.messages import services as outbox
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services

A_YEAR = 365 * 24 * 60 * 60


class KeysForm(forms.Form):
    """Single keys, on or off in this browser."""

    on = forms.BooleanField(
        required=False,
        label=gettext_lazy("Snabbtangenter med en bokstav"),
        help_text=gettext_lazy(
            "Till exempel N för nästa elev och B för att släcka. Stäng av dem om du styr datorn med "
            "rösten eller trycker på tangenter av misstag. Gäller i den här webbläsaren."
        ),
    )


class DigestForm(forms.Form):
    """Where mail goes, and whether the weekly digest does."""

    email = forms.CharField(
        required=False,
        max_length=254,
        label=gettext_lazy("Din e-postadress i arbetet"),
        help_text=gettext_lazy("Används bara för veckobrevet."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    digest = forms.BooleanField(
        required=False,
        label=gettext_lazy("Veckobrev på måndagar"),
        help_text=gettext_lazy(
            "Ett brev som bara säger att du har saker att titta på, när du har det. "
            "Det innehåller inga namn och inga siffror."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def my_settings(request: StaffRequest) -> HttpResponse:
    """Show one's own settings, or keep one part of them."""
    keys = KeysForm(initial={"on": not shortcuts.are_off(request)})
    digest = None if request.scope is None else _digest_form(request)
    if request.method == "POST" and request.POST.get("part") == "keys":
        return _keep_keys(request, KeysForm(request.POST))
    if request.method == "POST" and digest is not None:
        digest = DigestForm(request.POST)
        if digest.is_valid() and _keep_digest(request, digest):
            toasts.say(request, _("Sparat."))
            return redirect("my_settings")
    return show(
        request,
        "project/my_settings.html",
        {"keys": keys, "digest": digest, "digest_is_sent": settings.DIGEST},
        status=422 if request.method == "POST" else 200,
    )


def _digest_form(request: StaffRequest) -> DigestForm:
    account = request.user.pk or 0
    return DigestForm(
        initial={
            "email": people.email_of(account),
            "digest": messages.wants_digest(account),
        }
    )


def _keep_digest(request: StaffRequest, form: DigestForm) -> bool:
    account, by, at = request.user.pk or 0, request.scope, request.now
    try:
        people_services.set_email(account, form.cleaned_data["email"], by=by, at=at)
    except people_services.NotAnAddress:
        form.add_error("email", _("Skriv en e-postadress, till exempel mira.ek@vik.se."))
        return False
    if form.cleaned_data["digest"] != messages.wants_digest(account):
        outbox.choose_digest(account, wanted=form.cleaned_data["digest"], by=by, at=at)
    return True


def _keep_keys(request: StaffRequest, form: KeysForm) -> HttpResponse:
    answer = redirect("my_settings")
    if form.is_valid() and form.cleaned_data["on"]:
        answer.delete_cookie(shortcuts.COOKIE, samesite="Lax")
    else:
        answer.set_cookie(
            shortcuts.COOKIE,
            shortcuts.OFF,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    toasts.say(request, _("Sparat."))
    return answer
