"""Asking a family for a consent: what, then in which words; and asking anew."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.consents.domain.agreement import NotAsked
from samnarvaro.consents.queries import agreed, agreements, wording
from samnarvaro.consents.services import agreements as services
from samnarvaro.consents.services.agreements import Terms
from samnarvaro.consents.web import texts
from samnarvaro.consents.web.agreements import TELLS
from samnarvaro.consents.web.ask_form import AskForm
from samnarvaro.people import queries as people

WHAT, WORDS, ASK = "what", "words", "ask"  # which step a button leads to


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, public: UUID) -> HttpResponse:
    """Choose what to ask for, look through the words, and ask. `?fornya=` asks for one anew."""
    pupil = _pupil(request, public)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        receivers=_receivers(request),
        today=request.today,
        initial=_from_before(request),
    )
    if request.method != "POST":
        return _page(request, "consents/ask.html", pupil, form)
    step = request.POST.get("step", WORDS)
    terms = _weighed(request, form, public, with_words=step == ASK)
    if step == WHAT or form.is_amiss:
        return _page(request, "consents/ask.html", pupil, form)
    if step == ASK and not form.errors:
        return _asked(request, public, terms, form.cleaned_data.get("fornya"))
    return _words(request, pupil, form, terms)


def _weighed(request: StaffRequest, form: AskForm, public: UUID, *, with_words: bool) -> Terms:
    """Put everything that speaks against asking so on the form."""
    form.is_valid()
    terms = form.terms()
    reasons = services.weigh(pupil=public, terms=terms, by=request.scope)
    form.refuse([one for one in reasons if with_words or one is not NotAsked.NO_WORDING])
    return terms


def _asked(
    request: StaffRequest, public: UUID, terms: Terms, replaces: UUID | None
) -> HttpResponse:
    try:
        asked = services.ask(
            pupil=public, terms=terms, by=request.scope, at=request.now, replaces=replaces
        )
    except agreements.NoSuchConsent:
        raise Http404 from None
    toasts.say(request, str(texts.ASKED))
    return redirect("consents:one", asked.public)


def _words(request: StaffRequest, pupil: Any, form: AskForm, terms: Terms) -> HttpResponse:
    """The words as they are proposed for these terms, to be looked through and changed."""
    proposal = wording.propose(
        from_zone=request.scope.zone,
        to_zone=terms.to_zone,
        classes=terms.classes,
        purpose=terms.purpose,
        first=terms.valid_from,
        last=terms.valid_to,
    )
    sent = request.POST.copy()
    if request.POST.get("step") != ASK:
        sent["wording"], sent["proposed"] = proposal.text, proposal.version
    shown = AskForm(sent, receivers=_receivers(request), today=request.today)
    shown.is_valid()
    if form.errors:
        shown.refuse([NotAsked.NO_WORDING])
    names = texts.agencies()
    context = {
        "to": texts.agency(terms.to_zone, names),
        "covers": texts.classes(terms.classes),
        "terms": replace(terms, wording=proposal.text),
        "must": texts.MUST[terms.must],
    }
    return _page(request, "consents/words.html", pupil, shown, context)


def _page(
    request: StaffRequest,
    template: str,
    pupil: Any,
    form: AskForm,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    return show(
        request,
        template,
        {"pupil": pupil, "form": form, **(more or {})},
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )


def _receivers(request: StaffRequest) -> list[tuple[str, str]]:
    """Every agency here but the viewer's own, by its plain name."""
    names = texts.agencies().items()
    found = [(zone, name) for zone, name in names if zone != request.scope.zone]
    return sorted(found, key=lambda pair: pair[1])


def _from_before(request: StaffRequest) -> dict[str, Any]:
    """What was agreed before, to be asked for anew; the days begin anew."""
    try:
        before = UUID(request.GET.get("fornya", ""))
    except ValueError:
        return {}
    try:
        found = agreed.standing(before, by=request.scope).agreed
    except agreements.NoSuchConsent:
        raise Http404 from None
    return {
        "to_zone": found.to_zone,
        "classes": sorted(found.classes),
        "purpose": found.purpose,
        "conditions": found.conditions,
        "must": found.must.value,
        "fornya": before,
    }


def _pupil(request: StaffRequest, public: UUID) -> Any:
    try:
        return people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
