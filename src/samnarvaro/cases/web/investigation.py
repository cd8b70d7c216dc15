"""The page of an investigation, where it is written part by part, and the same as one document."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.domain.investigation import GOING_ON, LEADS, Judgement, Part
from samnarvaro.cases.queries import investigations as queries
from samnarvaro.cases.queries import readers
from samnarvaro.cases.services import appointing, drafting, judging
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web import shown, words
from samnarvaro.cases.web.forms import FORMS, JudgeForm, PartForm, Writes
from samnarvaro.people import queries as people

JUDGE = "judge"


@require_http_methods(["GET", "HEAD", "POST"])
def investigation(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show what is judged and investigated of a pupil's absence; each part is written here."""
    try:
        pupil = readers.investigated(public, by=request.scope)
        if request.method != "POST":
            return _page(request, pupil)
        part = request.POST.get("part", "")
        if part == JUDGE:
            return _judge(request, pupil)
        return _write(request, pupil, part)
    except (people.NoSuchPupil, queries.NoSuchInvestigation):
        raise Http404 from None


def _judge(request: StaffRequest, pupil: readers.Child) -> HttpResponse:
    form = JudgeForm(request.POST, today=request.today, name=JUDGE)
    form.is_valid()
    try:
        judging.judge(
            pupil.public, judgement=form.judged, why=form.said("why"), by=request.scope,
            at=request.now, on=request.today,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused.faults)
        return _page(request, pupil, bound=form)
    not_needed = form.judged is Judgement.NOT_NEEDED
    toasts.say(request, str(words.JUDGED_NOT_NEEDED if not_needed else words.JUDGED))
    return redirect("cases:investigation", pupil.public)


def _write(request: StaffRequest, pupil: readers.Child, sent: str) -> HttpResponse:
    going_on = queries.open_of(pupil.pk, by=request.scope)
    if sent not in set(Part) or going_on is None:
        raise queries.NoSuchInvestigation
    part = Part(sent)
    if "draft" in request.POST:
        return _keep(request, pupil, going_on.public, part)
    form = _bound(request, part, pupil)
    form.is_valid()
    try:
        form.write(going_on.public, by=request.scope, at=request.now)
    except Refused as refused:
        form.refuse(refused.faults)
        return _page(request, pupil, bound=form)
    toasts.say(request, str(words.SAVED[part]))
    return redirect("cases:investigation", pupil.public)


def _keep(
    request: StaffRequest, pupil: readers.Child, investigation: UUID, part: Part
) -> HttpResponse:
    """Keep what is written so far; asked for by the page itself, it says so in place."""
    sent = request.POST.get("text", "")
    in_place = pages.is_part(request)
    try:
        kept = drafting.keep(investigation, part, sent, by=request.scope, at=request.now)
        said = words.DRAFT_KEPT if kept else words.DRAFT_GONE
    except Refused as refused:
        if not in_place:
            form = _bound(request, part, pupil)
            form.is_valid()
            form.refuse(refused.faults)
            return _page(request, pupil, bound=form)
        said = words.DRAFT_TOO_LONG
    if in_place:
        return pages.show(request, "cases/_draft.html", {"said": said, "at": request.now})
    toasts.say(request, str(said))
    return redirect("cases:investigation", pupil.public)


def _bound(request: StaffRequest, part: Part, pupil: readers.Child) -> Writes:
    more: dict[str, Any] = {}
    if part is Part.APPOINT:
        more["people"] = appointing.could_investigate(pupil.unit, on=request.today)
    return FORMS[part](request.POST, today=request.today, name=part.value, **more)


def _page(
    request: StaffRequest, pupil: readers.Child, *, bound: PartForm | None = None
) -> HttpResponse:
    scope, today = request.scope, request.today
    every = queries.of_pupil(pupil.pk, by=scope)
    going_on = next((each for each in every if each.state in GOING_ON), None)
    context: dict[str, Any] = {"pupil": pupil, "earlier": _earlier(every, going_on)}
    if going_on is not None:
        whole = queries.whole(going_on.public, pupil=pupil.pk, by=scope)
        context |= shown.context(whole)
        context["wordings"] = shown.earlier(whole)
        context["forms"] = shown.forms(whole, pupil.unit, by=scope, today=today, bound=bound)
    elif scope.role in LEADS:
        context["judge"] = bound or JudgeForm(today=today, name=JUDGE)
    context["bound"] = bound
    return pages.show(
        request,
        "cases/investigation.html",
        context,
        status=422 if bound is not None else 200,
        tells=Disclosure([pupil.pk], queries.TELLS),
    )


def _earlier(every: list[queries.Seen], going_on: queries.Seen | None) -> list[shown.Brief]:
    return [shown.brief(each) for each in every if going_on is None or each.pk != going_on.pk]


@require_safe
def document(request: StaffRequest, public: UUID) -> HttpResponse:
    """The investigation as one document: the one that goes on, or the one asked for with `nr`."""
    try:
        pupil = readers.investigated(public, by=request.scope)
        whole = queries.whole(_asked(request, pupil), pupil=pupil.pk, by=request.scope)
    except (people.NoSuchPupil, queries.NoSuchInvestigation):
        raise Http404 from None
    context: Mapping[str, Any] = {"pupil": pupil, "forms": {}} | shown.context(whole)
    return pages.show(
        request,
        "cases/document.html",
        context,
        tells=Disclosure([pupil.pk], queries.TELLS, "print"),
    )


def _asked(request: StaffRequest, pupil: readers.Child) -> UUID:
    if "nr" in request.GET:
        try:
            return UUID(request.GET["nr"])
        except ValueError:
            raise queries.NoSuchInvestigation from None
    every = queries.of_pupil(pupil.pk, by=request.scope)
    if not every:
        raise queries.NoSuchInvestigation
    return every[0].public
