"""The school's own pages of its well-being surveys: make, open, print slips, close, read results.

Nothing on them is about a pupil, so they tell of none.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import qr, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.web import pictures
from samnarvaro.mapping.domain.survey import MAKERS, Standing
from samnarvaro.mapping.queries import surveys as queries
from samnarvaro.mapping.queries.surveys import NoSuchSurvey, Whole
from samnarvaro.mapping.services import surveys as services
from samnarvaro.mapping.services.surveys import CannotDo, NotTheMakers
from samnarvaro.mapping.web import survey_forms as forms
from samnarvaro.mapping.web import survey_shown as shown
from samnarvaro.mapping.web import survey_texts as texts
from samnarvaro.organisation import queries as organisation

NOBODY = Disclosure((), frozenset(), "list")
LONGEST_NUMBER = 3  # digits


@require_http_methods(["GET", "HEAD", "POST"])
def surveys(request: StaffRequest) -> HttpResponse:
    """What surveys there are; posted to, a new one is begun at a school."""
    if request.method == "POST":
        return _begin(request)
    lines = queries.lines(by=request.scope, on=request.today)
    schools = organisation.units(request.scope.units) if request.scope.role in MAKERS else []
    return show(
        request,
        "surveys/list.html",
        {
            "lines": [
                {
                    "line": each,
                    "state": texts.STANDING[each.standing],
                    "tone": texts.TONE[each.standing],
                }
                for each in lines
            ],
            "schools": schools,
        },
    )


def _begin(request: StaffRequest) -> HttpResponse:
    try:
        unit = organisation.unit(UUID(request.POST.get("unit", "")))
        among = forms.classes(unit.pk, on=request.today)
        proposal = forms.proposal(among, on=request.today)
        made = services.draft_survey(
            unit.public, proposal, by=request.scope, at=request.now, on=request.today
        )
    except (ValueError, organisation.NoSuchUnit, NotTheMakers):
        raise Http404 from None
    except CannotDo as refused:
        _say(request, refused)
        return redirect("surveys:list")
    return redirect("surveys:one", unit.public, made)


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: StaffRequest, public: UUID, survey: UUID) -> HttpResponse:
    """One survey: its draft, how many have answered, or its results."""
    whole = _whole(request, public, survey)
    if request.method != "POST":
        return _page(request, whole)
    act = _ACTS.get(request.POST.get("do", ""))
    try:
        return act(request, whole) if act else _page(request, whole)
    except NoSuchSurvey:
        raise Http404 from None
    except CannotDo as refused:
        _say(request, refused)
        return _back(whole)


def _whole(request: StaffRequest, public: UUID, survey: UUID) -> Whole:
    try:
        return queries.get(survey, unit=public, by=request.scope, on=request.today)
    except NoSuchSurvey:
        raise Http404 from None


def _back(whole: Whole) -> HttpResponse:
    return redirect("surveys:one", whole.line.unit_public, whole.line.public)


def _say(request: StaffRequest, refused: CannotDo) -> None:
    for fault in refused.faults:
        toasts.say(request, texts.fault(fault), tone="fault")


def _alter(request: StaffRequest, whole: Whole) -> HttpResponse:
    """Save the draft; with the button that opens it, open it as well."""
    form = forms.SurveyForm(forms.classes(whole.line.unit, on=request.today), request.POST)
    form.is_valid()
    when: dict[str, Any] = {"by": request.scope, "at": request.now, "on": request.today}
    try:
        services.alter_draft(whole.line.public, form.wanted(), **when)
        if "open" in request.POST and not form.errors:
            services.open_survey(whole.line.public, **when)
    except CannotDo as refused:
        if whole.line.standing is not Standing.DRAFT:
            raise
        form.refuse(refused.faults)
    if form.errors:
        return _page(request, whole, form)
    toasts.say(request, str(texts.OPENED if "open" in request.POST else texts.MADE))
    return _back(whole)


def _close(request: StaffRequest, whole: Whole) -> HttpResponse:
    services.close_survey(whole.line.public, by=request.scope, at=request.now, on=request.today)
    toasts.say(request, str(texts.CLOSED))
    return _back(whole)


def _discard(request: StaffRequest, whole: Whole) -> HttpResponse:
    services.discard_draft(whole.line.public, by=request.scope, at=request.now)
    toasts.say(request, str(texts.DISCARDED))
    return redirect("surveys:list")


_ACTS: dict[str, Callable[[StaffRequest, Whole], HttpResponse]] = {
    "alter": _alter,
    "close": _close,
    "discard": _discard,
}


def _page(
    request: StaffRequest, whole: Whole, form: forms.SurveyForm | None = None
) -> HttpResponse:
    standing = whole.line.standing
    context: dict[str, Any] = {
        "survey": whole.line,
        "state": texts.STANDING[standing],
        "tone": texts.TONE[standing],
        "questions": [texts.question(each) for each in whole.questions],
    }
    if standing is Standing.DRAFT:
        among = forms.classes(whole.line.unit, on=request.today)
        context["form"] = form or forms.SurveyForm(among, initial=forms.as_it_is(whole))
        page = "surveys/draft.html"
    elif standing is Standing.CLOSED:
        context |= _results(request, whole)
        page = "surveys/results.html"
    else:
        context["responses"] = _responses(request, whole)
        page = "surveys/open.html"
    return show(request, page, context, status=422 if form else 200)


def _responses(request: StaffRequest, whole: Whole) -> list[dict[str, Any]]:
    publics = {each.group: each.public for each in whole.classes}
    return [
        {"response": each, "public": publics[each.group]}
        for each in queries.responses(whole.line, by=request.scope)
    ]


def _results(request: StaffRequest, whole: Whole) -> dict[str, Any]:
    results = queries.results(whole, by=request.scope, on=request.today)
    part = shown.chosen(results, request.GET.get("grupp", ""))
    if part is None:
        return {"responses": _responses(request, whole)}
    return {
        "parts": [
            {"key": each.key, "name": texts.part(each), "is_chosen": each is part}
            for each in results.parts
        ],
        "part": part,
        "part_name": texts.part(part),
        "overview": shown.overview(whole, results),
        "pictures": shown.of_part(whole, results, part),
        "before": results.before,
        "responses": _responses(request, whole),
    }


@require_POST
def slips(request: StaffRequest, public: UUID, survey: UUID) -> HttpResponse:
    """Draw new codes for a class, and show them once, to be printed and cut apart."""
    whole = _whole(request, public, survey)
    sent = request.POST.get("many", "")
    many = int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 0
    try:
        group = UUID(request.POST.get("group", ""))
        codes = services.print_slips(
            whole.line.public, group=group, wanted=many, by=request.scope, at=request.now,
            on=request.today,
        )  # fmt: skip
    except (ValueError, NoSuchSurvey):
        raise Http404 from None
    except CannotDo as refused:
        _say(request, refused)
        return _back(whole)
    address = f"{settings.ADDRESS}{reverse('surveys:answer')}"
    label = _("QR-kod som öppnar enkäten")
    return show(
        request,
        "surveys/slips.html",
        {
            "survey": whole.line,
            "group": next(each.name for each in whole.classes if each.public == group),
            "address": address.partition("://")[2],
            "slips": [(code, qr.draw(f"{address}#{code}", label)) for code in codes],
        },
    )


@require_safe
def file(request: StaffRequest, public: UUID, survey: UUID) -> HttpResponse:
    """What is shown of a closed survey, as a file."""
    whole = _whole(request, public, survey)
    results = queries.results(whole, by=request.scope, on=request.today)
    return pictures.table_file(
        request, shown.everything(whole, results), "trivselenkat", tells=NOBODY
    )
