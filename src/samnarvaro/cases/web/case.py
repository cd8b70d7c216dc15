"""The page of a case: its seven steps, what is next and whose, and each thing that is written there."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, timelines, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.domain.investigation import INVESTIGATORS
from samnarvaro.cases.domain.sides import Kind
from samnarvaro.cases.domain.steps import CLOSING, SHAPES, Fact, Step
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries import readers
from samnarvaro.cases.queries.cases import NoSuchCase, Seen, Whole
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.services import sides
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web import case_shown, words
from samnarvaro.cases.web import case_words as told_as
from samnarvaro.cases.web.case_forms import (
    CaseForm,
    EndSideForm,
    FactForm,
    OpenForm,
    PauseForm,
    SideForm,
)
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

KNOWN = frozenset({DataClass.NAME, DataClass.EXISTENCE})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest, public: UUID) -> HttpResponse:
    """Open a case by a need; first of all it is said if there is one already."""
    sent = request.POST if request.method == "POST" else None
    form = OpenForm(sent, today=request.today, name="open")
    try:
        pupil = readers.known(public, by=request.scope)
        if request.method == "POST":
            form.is_valid()
            services.open_case(
                public, need=form.said("need"), referrer=form.by_whom, by=request.scope,
                at=request.now, on=request.today,
            )  # fmt: skip
            toasts.say(request, str(told_as.OPENED))
            works = request.scope.role in INVESTIGATORS
            return redirect("cases:case" if works else "pupil", public)
    except Refused as refused:
        form.refuse(refused.faults)
    except people.NoSuchPupil:
        raise Http404 from None
    there = queries.known_of(pupil.pk, by=request.scope)
    return pages.show(
        request,
        "cases/begin.html",
        {
            "pupil": pupil,
            "form": form,
            "there": there,
            "step": told_as.STEP[there.step] if there else "",
            "works": request.scope.role in INVESTIGATORS,
        },
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], KNOWN),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the latest case of a pupil; facts, moves, pauses and side tracks are written here."""
    try:
        pupil = readers.investigated(public, by=request.scope)
        every = queries.of_pupil(pupil.pk, by=request.scope)
        now = chosen(request, every)
        if request.method == "POST":
            return _act(request, pupil, now, every)
        return _page(request, pupil, now, every)
    except (people.NoSuchPupil, NoSuchCase):
        raise Http404 from None


def chosen(request: StaffRequest, every: list[Seen]) -> Seen:
    """The case that is asked for with `nr`, else the latest. Raises NoSuchCase."""
    wanted = request.GET.get("nr")
    found = next((each for each in every if wanted in (None, str(each.public))), None)
    if found is None:
        raise NoSuchCase
    return found


def _act(request: StaffRequest, pupil: readers.Child, now: Seen, every: list[Seen]) -> HttpResponse:
    act = request.POST.get("act", "")
    form: CaseForm | None = None
    refused_with: list[str] = []
    try:
        if act == "move":
            said = _move(request, now)
        elif act == "resume":
            services.resume(now.public, by=request.scope, at=request.now, on=request.today)
            said = told_as.GOES_ON
        else:
            form = _form(request, act)
            form.is_valid()
            said = _write(request, now, form)
    except services.CannotMove as refused:
        refused_with = [str(told_as.FAULT[fault]) for fault in refused.wrong]
        refused_with += [str(told_as.FACT[fact]) for fact in refused.missing]
        return _page(request, pupil, now, every, refused=refused_with)
    except Refused as refused:
        if form is None:
            return _page(
                request, pupil, now, every,
                refused=[str(told_as.FAULT[fault]) for fault in refused.faults],  # type: ignore[index]  # a case's own
            )  # fmt: skip
        form.refuse(refused.faults)
        return _page(request, pupil, now, every, bound=form)
    toasts.say(request, str(said))
    return redirect("cases:case", pupil.public)


def _move(request: StaffRequest, now: Seen) -> Any:
    sent, version = request.POST.get("to", ""), request.POST.get("version", "")
    if sent not in set(Step) or not version.isdecimal():
        raise NoSuchCase
    services.move(
        now.public, Step(sent), version=int(version), words=request.POST.get("words", ""),
        by=request.scope, at=request.now, on=request.today,
    )  # fmt: skip
    return told_as.MOVED


def _form(request: StaffRequest, act: str) -> CaseForm:
    today, sent = request.today, request.POST
    if act in {fact.value for fact in SHAPES}:
        return FactForm(sent, fact=Fact(act), today=today)
    kinds = {"pause": PauseForm, "side": SideForm, "end_side": EndSideForm}
    if act not in kinds:
        raise NoSuchCase
    return kinds[act](sent, today=today, name=act)


def _write(request: StaffRequest, now: Seen, form: CaseForm) -> Any:
    common: dict[str, Any] = {"by": request.scope, "at": request.now, "on": request.today}
    if isinstance(form, FactForm):
        services.tell(now.public, form.told, **common)
    elif isinstance(form, PauseForm):
        until = form.cleaned_data.get("until")
        services.pause(now.public, words=form.said("words"), until=until, **common)
        return told_as.RESTS
    elif isinstance(form, SideForm):
        kind = form.chosen("kind", Kind)
        sides.begin(now.public, kind=kind, words=form.said("words"), **common)
    else:
        sides.end(_side(request), case=now.public, outcome=form.said("outcome"), **common)
    return told_as.SAVED


def _side(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("side", ""))
    except ValueError:
        raise NoSuchCase from None


def _page(  # what was refused is shown beside what is there
    request: StaffRequest, pupil: readers.Child, now: Seen, every: list[Seen], *,
    bound: CaseForm | None = None, refused: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    whole = queries.whole(now.public, by=request.scope)
    others = timelines.of_pupil(pupil, by=request.scope)
    context = case_shown.context(whole, others, today=request.today) | {
        "pupil": pupil,
        "ways": case_shown.ways(whole, request.scope.role),
        "refused": refused,
        "earlier": [each for each in every if each.pk != now.pk],
        "forms": _forms(whole, request, bound),
        "closing": [form.value for form in CLOSING],
        "words": words,
    }
    return pages.show(
        request,
        "cases/case.html",
        context,
        status=422 if bound is not None or refused else 200,
        tells=Disclosure([pupil.pk], case_shown.tells(others)),
    )


def _forms(whole: Whole, request: StaffRequest, bound: CaseForm | None) -> dict[str, Any]:
    """The forms that may be filled in now: facts in their order, then the others."""
    today = request.today
    told: list[CaseForm] = []
    for fact in case_shown.to_write(whole):
        is_it = isinstance(bound, FactForm) and bound.fact is fact
        told.append(bound if is_it and bound else FactForm(fact=fact, today=today))
    if whole.seen.step is Step.CLOSURE:
        return {}
    return {
        "facts": told,
        "pause": _or(bound, PauseForm, "pause", today) if whole.seen.paused_until is None else None,
        "side": _or(bound, SideForm, "side", today),
        "end_side": _or(bound, EndSideForm, "end_side", today),
    }


def _or(bound: CaseForm | None, kind: type[CaseForm], name: str, today: Any) -> CaseForm:
    return bound if isinstance(bound, kind) else kind(today=today, name=name)
