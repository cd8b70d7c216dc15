"""The relation map of a class: its rounds, the grid of the last closed one, and one adult's column."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.queries import relations as queries
from samnarvaro.mapping.queries.classes import FollowedClass, NoSuchClass
from samnarvaro.mapping.queries.relations import Map, NoSuchColumn, Round
from samnarvaro.mapping.services import relations as services
from samnarvaro.mapping.services.relations import CannotDo
from samnarvaro.mapping.web import relation_shown as shown
from samnarvaro.mapping.web import relation_texts as texts
from samnarvaro.mapping.web.class_patterns import ShownClass
from samnarvaro.mapping.web.relation_forms import BeginForm, ColumnForm, GiveForm, SaidForm
from samnarvaro.people import queries as people

NAMES = frozenset({DataClass.NAME})
TELLS = NAMES | {DataClass.ATTENDANCE}


def way(*, scope: Scope, group: ShownClass, **_facts: object) -> Section | None:
    """The way to the relation map from the page of the class."""
    return Section("mapping/_relations.html", {"group": group}) if queries.keeps(by=scope) else None


def my_day(*, scope: Scope | None, **_facts: object) -> Section | None:
    """The columns that wait for the viewer to fill them in."""
    found = queries.waiting(by=scope) if scope else []
    return Section("mapping/_relations_wait.html", {"waiting": found}) if found else None


@dataclass(slots=True)
class _Sent:
    """The forms that were sent and refused, to be shown again with their reasons; and what of a round
    was refused.
    """

    begin: BeginForm | None = None
    said: SaidForm | None = None
    give: dict[UUID, GiveForm] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: StaffRequest, public: UUID) -> HttpResponse:
    """The rounds of a class. Who keeps the map reads the last closed one, and acts on it; others find
    the own column.
    """
    try:
        of = queries.class_of(public, by=request.scope)
        sent = _Sent()
        if request.method == "POST" and _act(request, of, sent):
            return redirect("class_mapping:relations", public)
    except (NoSuchClass, NoSuchColumn, people.NoSuchPupil):
        raise Http404 from None
    return _overview(request, of, sent)


def _act(request: StaffRequest, of: FollowedClass, sent: _Sent) -> bool:
    """Do what was asked for; tell whether it is done. What is refused stands in `sent`."""
    acts = {"begin": _begin, "close": _close, "said": _said, "give": _give}
    act = acts.get(request.POST.get("act", ""))
    if act is None or not queries.keeps(by=request.scope):
        raise NoSuchClass
    return act(request, of, sent)


def _common(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.scope, "at": request.now, "on": request.today}


def _begin(request: StaffRequest, of: FollowedClass, sent: _Sent) -> bool:
    form = _begin_form(of, request.today, request.POST)
    sent.begin = form
    if not form.is_valid():
        return False
    staff, others = form.chosen
    try:
        services.begin(of.public, staff=staff, others=others, **_common(request))
    except CannotDo as refused:
        form.refuse(refused.faults)
        return False
    toasts.say(request, str(texts.BEGUN))
    return True


def _begin_form(of: FollowedClass, today: date, data: Any = None) -> BeginForm:
    """Those who can be in a round; those with duties in the class are ticked."""
    around = queries.around(of, on=today)
    usual = [each.public for each in around.adults if each.pk in around.with_class]
    return BeginForm(data, adults=around.adults, usual=usual)


def _close(request: StaffRequest, of: FollowedClass, sent: _Sent) -> bool:
    try:
        services.close(of.public, **_common(request))
    except CannotDo as refused:
        sent.refused = tuple(str(texts.FAULT[fault]) for fault in refused.faults)
        return False
    toasts.say(request, str(texts.CLOSED))
    return True


def _said(request: StaffRequest, of: FollowedClass, sent: _Sent) -> bool:
    form = SaidForm(request.POST, pupils=queries.pupils_of(of, by=request.scope))
    sent.said = form
    if not form.is_valid():
        return False
    pupil, has = UUID(form.cleaned_data["pupil"]), form.cleaned_data["has_adult"] == "yes"
    services.say(of.public, pupil, has_adult=has, **_common(request))
    toasts.say(request, str(texts.SAID))
    return True


def _give(request: StaffRequest, of: FollowedClass, sent: _Sent) -> bool:
    try:
        pupil = UUID(request.POST.get("pupil", ""))
    except ValueError:
        raise people.NoSuchPupil from None
    form = GiveForm(request.POST, pupil=pupil, today=request.today)
    sent.give[pupil] = form
    form.is_valid()
    holder, due_on = form.chosen
    try:
        services.give(of.public, pupil, holder=holder, due_on=due_on, **_common(request))
    except CannotDo as refused:
        form.refuse(refused.faults)
        return False
    toasts.say(request, str(texts.GIVEN))
    return True


def _overview(request: StaffRequest, of: FollowedClass, sent: _Sent) -> HttpResponse:
    rounds = queries.rounds(of, by=request.scope)
    keeps = queries.keeps(by=request.scope)
    closed = [each for each in rounds if each.closed_on]
    found = queries.maps(of, closed[:2], by=request.scope, on=request.today)
    open_now = next((each for each in rounds if each.closed_on is None), None)
    wrong = bool(sent.begin or sent.said or sent.give or sent.refused)
    return show(
        request,
        "mapping/relations.html",
        {
            "group": of,
            "keeps": keeps,
            "open": open_now,
            "columns": _columns(open_now, request.scope),
            "own": _own(open_now),
            "refused": sent.refused,
            "begin": (sent.begin or _begin_form(of, request.today))
            if keeps and not open_now
            else None,
            "begins": bool(sent.begin) or not found,
            "earlier": closed[1:] if keeps else (),
            **(_of_map(found, request, sent) if found else {}),
        },
        status=422 if wrong else 200,
        tells=Disclosure(list(found[0].pupils), TELLS, "list") if found else None,
    )


def _columns(open_now: Round | None, by: Scope) -> list[tuple[queries.Adult, bool]]:
    """The adults of the open round, each with whether the viewer fills in its column."""
    return [(each, queries.fills(each, by=by)) for each in open_now.adults] if open_now else []


def _own(open_now: Round | None) -> queries.Adult | None:
    return next((each for each in open_now.adults if each.is_own), None) if open_now else None


def _of_map(found: list[Map], request: StaffRequest, sent: _Sent) -> dict[str, object]:
    """What the page shows of the last closed round, beside the one before."""
    now, former = found[0], found[1] if len(found) > 1 else None
    gives = {
        pk: sent.give.get(pupil.public) or GiveForm(pupil=pupil.public, today=request.today)
        for pk, pupil in now.pupils.items()
    }
    return {
        "map": now,
        "fact": texts.fact(len(now.lacking), len(now.rows)),
        "lacking": shown.lacking(now, gives),
        "grid": shown.grid(now),
        "legend": shown.legend(),
        "change": shown.change(now, former),
        "said": sent.said or SaidForm(pupils=now.pupils.values()),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def column(request: StaffRequest, public: UUID, adult: UUID) -> HttpResponse:
    """One adult's column of the open round: what contact it has with which pupils."""
    try:
        of = queries.class_of(public, by=request.scope)
        _round, mine = queries.column(of, adult, by=request.scope)
        pupils = queries.pupils_of(of, by=request.scope)
        said = queries.said_in(mine, by=request.scope)
        sent = request.POST if request.method == "POST" else None
        form = ColumnForm(sent, pupils=pupils, said=said)
        if sent is not None and _fill(request, of, mine, form):
            return redirect("class_mapping:relations", public)
    except (NoSuchClass, NoSuchColumn):
        raise Http404 from None
    return show(
        request,
        "mapping/relation_column.html",
        {"group": of, "adult": mine, "form": form},
        status=422 if request.method == "POST" else 200,
        tells=Disclosure([pupil.pk for pupil in pupils], NAMES, "list"),
    )


def _fill(request: StaffRequest, of: FollowedClass, mine: queries.Adult, form: ColumnForm) -> bool:
    if not form.is_valid():
        return False
    try:
        services.fill(of.public, mine.public, form.told, **_common(request))
    except CannotDo as refused:
        form.refuse(refused.faults)
        return False
    toasts.say(request, str(texts.FILLED))
    return True
