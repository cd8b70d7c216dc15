"""The instruments about a pupil: which there are, one being filled in page by page, and one that is done."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, is_part, show
from samnarvaro.base.sections import ShownPupil
from samnarvaro.mapping.domain.instrument_answers import asked
from samnarvaro.mapping.queries import instruments, mappings
from samnarvaro.mapping.queries import responses as queries
from samnarvaro.mapping.services import responses as services
from samnarvaro.mapping.web import instrument_texts as texts
from samnarvaro.mapping.web import response_shown as shown
from samnarvaro.mapping.web.response_forms import ResponseForm
from samnarvaro.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def of_pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """What was answered about a pupil, and what can be asked; posted to, one is begun."""
    try:
        pupil = mappings.readable_pupil(public, by=request.scope)
        if request.method == "POST":
            return _begin(request, public)
    except (people.NoSuchPupil, services.NotYours, services.NoSuchInstrument):
        raise Http404 from None
    found = queries.of_pupil(pupil.pk, by=request.scope)
    return show(
        request,
        "mapping/instruments/of_pupil.html",
        {
            "pupil": pupil,
            "drafts": [shown.row(each) for each in found if not each.is_final],
            "final": [shown.row(each) for each in found if each.is_final],
            "offered": shown.offers(instruments.offered(by=request.scope)),
        },
        tells=Disclosure([pupil.pk], shown.TELLS),
    )


def _begin(request: StaffRequest, public: UUID) -> HttpResponse:
    try:
        instrument = UUID(request.POST.get("instrument", ""))
    except ValueError:
        raise services.NoSuchInstrument from None
    made = services.begin(public, instrument, by=request.scope, at=request.now, on=request.today)
    return redirect("mapping:response", made)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """One filled-in instrument: an own draft as its form, a locked one to read."""
    try:
        if request.method == "POST":
            return _act(request, public)
        seen = queries.one(public, by=request.scope)
    except (queries.NoSuchResponse, services.NotYours):
        raise Http404 from None
    if seen.is_final:
        return _locked(request, seen)
    step = shown.step_of(seen, request.GET.get("steg", ""))
    return _draft(request, seen, _form(request, seen, step), step)


def _act(request: StaffRequest, public: UUID) -> HttpResponse:
    act = request.POST.get("act", "save")
    if act == "correct":
        return _correct(request, public)
    seen = queries.one(public, by=request.scope)
    if seen.is_final or not seen.is_mine:
        raise queries.NoSuchResponse
    if act == "discard":
        pupil = _pupil(request, seen)
        services.discard(public, by=request.scope, at=request.now)
        toasts.say(request, str(texts.DISCARDED))
        return redirect("mapping:responses", pupil.public)
    return _write(request, seen, act)


def _correct(request: StaffRequest, public: UUID) -> HttpResponse:
    try:
        made = services.correct(public, by=request.scope, at=request.now)
    except services.CorrectedAlready:
        toasts.say(request, str(texts.CORRECTED_ALREADY), tone="attention")
        return redirect("mapping:response", public)
    toasts.say(request, str(texts.CORRECTING), tone="info")
    return redirect("mapping:response", made)


def _write(request: StaffRequest, seen: queries.Seen, act: str) -> HttpResponse:
    """Save all that can be saved, whichever button was pressed; then do what the button says."""
    step = shown.step_of(seen, request.POST.get("step", ""))
    form = _form(request, seen, step, request.POST)
    form.is_valid()
    try:
        services.save(
            seen.public, form.told(), about=form.about(), by=request.scope, at=request.now,
            on=request.today,
        )  # fmt: skip
    except services.CannotSave as refused:
        form.refuse(refused.faults, refused.wrong)
    fresh = queries.one(seen.public, by=request.scope)
    if act == "autosave" and is_part(request):
        return _told_saved(request, fresh, form, step)
    form.seen = fresh
    if form.errors:
        return _draft(request, fresh, form, step)
    return _go_on(request, fresh, form, step, act)


def _go_on(
    request: StaffRequest, seen: queries.Seen, form: ResponseForm, step: int, act: str
) -> HttpResponse:
    """Stay, go a page on or back, or lock. What new questions an answer brings is asked first."""
    own = reverse("mapping:response", args=[seen.public])
    if act in ("next", "lock") and shown.brought_more(seen, form):
        toasts.say(request, str(texts.MORE_ASKED), tone="info")
        return redirect(f"{own}?steg={step + 1}")
    if act == "lock":
        try:
            services.lock(seen.public, by=request.scope, at=request.now)
        except services.CannotLock as refused:
            form.refuse(refused.faults)
            return _draft(request, seen, form, step, form.ask_for(refused.unanswered))
        toasts.say(request, str(texts.LOCKED))
        return redirect(own)
    toasts.say(request, str(texts.SAVED))
    to = step + {"next": 1, "back": -1}.get(act, 0)
    return redirect(f"{own}?steg={max(0, min(to, len(seen.instrument.steps()) - 1)) + 1}")


def _told_saved(
    request: StaffRequest, seen: queries.Seen, form: ResponseForm, step: int
) -> HttpResponse:
    """Say that it is saved; and put in, or take away, the questions that the answers decide of."""
    was = asked(form.seen.instrument, form.seen.told.answers)
    new = _form(request, seen, step)
    changed = shown.changed(new.nodes, was)
    pupil = _pupil(request, seen) if changed else None
    return show(
        request,
        "mapping/instruments/_saved.html",
        {"form": new, "changed": changed, "has_faults": bool(form.errors), "at": request.now},
        tells=Disclosure([pupil.pk], shown.TELLS) if pupil else None,
    )


def _form(request: StaffRequest, seen: queries.Seen, step: int, data: Any = None) -> ResponseForm:
    before = queries.earlier(seen, by=request.scope)
    return ResponseForm(
        seen, step, on=request.today, before=before[0] if before else None, data=data
    )


def _draft(
    request: StaffRequest, seen: queries.Seen, form: ResponseForm, step: int, elsewhere: Any = ()
) -> HttpResponse:
    pupil = _pupil(request, seen)
    return show(
        request,
        "mapping/instruments/draft.html",
        {
            "pupil": pupil,
            "row": shown.row(seen),
            "seen": seen,
            "form": form,
            "place": shown.place(seen, step),
            "elsewhere": shown.elsewhere(seen, elsewhere),
        },
        status=422 if form.errors or elsewhere else 200,
        tells=Disclosure([pupil.pk], shown.TELLS),
    )


def _locked(request: StaffRequest, seen: queries.Seen) -> HttpResponse:
    pupil = _pupil(request, seen)
    newer = queries.corrected_by(seen.public, by=request.scope)
    earlier = queries.earlier(seen, by=request.scope)
    return show(
        request,
        "mapping/instruments/locked.html",
        {
            "pupil": pupil,
            "row": shown.row(seen),
            "seen": seen,
            "newer": newer,
            "result": shown.result(seen, earlier),
            "may_correct": newer is None and seen.depth in mappings.may_make(by=request.scope),
        },
        tells=Disclosure([pupil.pk], shown.TELLS),
    )


def _pupil(request: StaffRequest, seen: queries.Seen) -> ShownPupil:
    publics = people.publics([seen.pupil], by=request.scope)
    if not publics:
        raise queries.NoSuchResponse
    return mappings.readable_pupil(UUID(publics[0]), by=request.scope)
