"""The mappings about a pupil, and one of them: read it, or go on writing in it until it is locked."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.mapping.domain.mappings import Depth
from samnarvaro.mapping.queries import mappings as queries
from samnarvaro.mapping.services import mappings as services
from samnarvaro.mapping.web import causes, shown, texts
from samnarvaro.mapping.web.forms import DraftForm, FactorForm
from samnarvaro.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def of_pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """The mappings about a pupil, the newest first; posted to, a new one is begun."""
    try:
        pupil = queries.readable_pupil(public, by=request.scope)
        if request.method == "POST":
            return _begin(request, public)
    except (people.NoSuchPupil, services.NotYours):
        raise Http404 from None
    found = queries.of_pupil(pupil.pk, by=request.scope)
    final = [each for each in found if each.is_final]
    return show(
        request,
        "mapping/of_pupil.html",
        {
            "pupil": pupil,
            "newest": shown.show(final[0], pupil) if final else None,
            "drafts": [shown.show(each, pupil) for each in found if not each.is_final],
            "web": causes.web(final),
            "earlier": [shown.show(each, pupil) for each in final[1:]],
            "begins": [(d.value, texts.BEGIN[d]) for d in queries.may_make(by=request.scope)],
        },
        tells=Disclosure([pupil.pk], shown.TELLS),
    )


def _begin(request: StaffRequest, public: UUID) -> HttpResponse:
    try:
        depth = Depth(request.POST.get("depth", ""))
    except ValueError:
        raise services.NotYours from None
    made = services.begin(public, depth=depth, by=request.scope, at=request.now, on=request.today)
    return redirect("mapping:one", made)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """One mapping: an own draft as its form, a locked one to read."""
    try:
        if request.method == "POST":
            return _act(request, public)
        seen = queries.one(public, by=request.scope)
    except (queries.NoSuchMapping, services.NotYours):
        raise Http404 from None
    if seen.is_final:
        return _locked(request, seen)
    return _draft(request, seen, DraftForm(seen.told), FactorForm())


def _act(request: StaffRequest, public: UUID) -> HttpResponse:
    act = request.POST.get("act", "save")
    if act == "correct":
        return _correct(request, public)
    if act == "discard":
        pupil = _pupil(request, queries.one(public, by=request.scope))
        services.discard(public, by=request.scope, at=request.now)
        toasts.say(request, str(texts.DISCARDED))
        return redirect("mapping:of_pupil", pupil.public)
    return _write(request, public, act)


def _correct(request: StaffRequest, public: UUID) -> HttpResponse:
    try:
        made = services.correct(public, by=request.scope, at=request.now)
    except services.CorrectedAlready:
        toasts.say(request, str(texts.CORRECTED_ALREADY), tone="attention")
        return redirect("mapping:one", public)
    toasts.say(request, str(texts.CORRECTING), tone="info")
    return redirect("mapping:one", made)


def _write(request: StaffRequest, public: UUID, act: str) -> HttpResponse:
    """Save all that is written, whichever button was pressed; then do what the button says."""
    seen = queries.one(public, by=request.scope)
    if seen.is_final or not seen.is_mine:
        raise queries.NoSuchMapping
    draft, factor = DraftForm(seen.told, request.POST), FactorForm(request.POST)
    ways: dict[str, Any] = {"by": request.scope, "at": request.now}
    said = _saved(draft, factor, public, ways, request)
    if said and (gone := request.POST.get("remove")):
        services.remove_factor(public, _id(gone), **ways)
        said = str(texts.REMOVED)
    if said and act == "lock":
        try:
            services.lock(public, **ways)
            said = str(texts.LOCKED)
        except services.CannotLock as refused:
            draft.refuse(refused.faults)
            said = ""
    if said:
        toasts.say(request, said)
        return redirect("mapping:one", public)
    return _draft(request, queries.one(public, by=request.scope), draft, factor)


def _saved(
    draft: DraftForm, factor: FactorForm, public: UUID, ways: dict[str, Any], request: StaffRequest
) -> str:
    """Save the draft, and put in the factor if one is begun; say what was done, or nothing."""
    said = ""
    if draft.is_valid():
        try:
            services.save(public, draft.told(), on=request.today, **ways)
            said = str(texts.SAVED)
        except services.CannotSave as refused:
            draft.refuse(refused.faults)
    if not factor.is_begun:
        return said
    if not factor.is_valid():
        return ""
    try:
        services.add_factor(public, factor.told(), **ways)
    except services.CannotAdd as refused:
        factor.refuse(refused.faults)
        return ""
    factor.data = {}
    factor.is_bound = False
    return str(texts.ADDED) if said else ""


def _id(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise queries.NoSuchMapping from None


def _pupil(request: StaffRequest, seen: queries.Seen) -> Any:
    publics = people.publics([seen.pupil], by=request.scope)
    if not publics:
        raise queries.NoSuchMapping
    return queries.readable_pupil(UUID(publics[0]), by=request.scope)


def _locked(request: StaffRequest, seen: queries.Seen) -> HttpResponse:
    pupil = _pupil(request, seen)
    newer = queries.corrected_by(seen.public, by=request.scope)
    return show(
        request,
        "mapping/locked.html",
        {
            "pupil": pupil,
            "shown": shown.show(seen, pupil),
            "newer": newer,
            "may_correct": seen.depth in queries.may_make(by=request.scope) and newer is None,
        },
        tells=Disclosure([pupil.pk], shown.TELLS),
    )


def _draft(
    request: StaffRequest, seen: queries.Seen, draft: DraftForm, factor: FactorForm
) -> HttpResponse:
    pupil = _pupil(request, seen)
    return show(
        request,
        "mapping/draft.html",
        {
            "pupil": pupil,
            "shown": shown.show(seen, pupil),
            "said": shown.said_by_field(seen.said),
            "draft": draft,
            "factor": factor,
        },
        status=422 if draft.errors or factor.errors else 200,
        tells=Disclosure([pupil.pk], shown.TELLS),
    )
