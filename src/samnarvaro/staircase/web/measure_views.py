"""What a school does to promote, prevent and remedy: choose, look, alter, tell how it went."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.staircase.domain.school_measures import CHOOSERS, Fault, Standing
from samnarvaro.staircase.queries import school_measures as queries
from samnarvaro.staircase.queries.school_measures import Measure, NoSuchMeasure
from samnarvaro.staircase.services import school_measures as services
from samnarvaro.staircase.services.school_measures import CannotDo, NotTheChoosers
from samnarvaro.staircase.web import measure_forms as forms
from samnarvaro.staircase.web import measure_shown as shown
from samnarvaro.staircase.web import measure_texts as texts
from samnarvaro.staircase.web import reading, support_texts


def _school(request: StaffRequest, public: UUID) -> reading.School:
    try:
        return reading.school(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None


@require_safe
def measures(request: StaffRequest, public: UUID) -> HttpResponse:
    """Everything a school has chosen to do: what goes on, and what is over, with how it went."""
    unit = _school(request, public)
    found = [
        shown.show(each) for each in queries.of_unit(unit.pk, by=request.scope, on=request.today)
    ]
    return show(
        request,
        "measures/list.html",
        {
            "school": unit,
            "open": [each for each in found if each.measure.is_open],
            "closed": [each for each in found if not each.measure.is_open],
            "waiting": sum(each.measure.standing is Standing.OVER for each in found),
            "aims": support_texts.AIM,
            "may_choose": request.scope.role in CHOOSERS,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: StaffRequest, public: UUID) -> HttpResponse:
    """Choose a proposal, or something of the school's own, as what the school or a class will do."""
    unit = _school(request, public)
    among = forms.choices(unit.pk, on=request.today)
    asked = forms.Asked(
        tier=request.GET.get("niva", ""),
        item=request.GET.get("forslag", ""),
        group=request.GET.get("klass", ""),
    )
    begun = forms.begun(asked, among, by=request.scope, on=request.today)
    form = forms.ChooseForm(among, request.POST or None, begun)
    if request.method == "POST":
        form.is_valid()
        try:
            return _chosen(request, public, form)
        except NotTheChoosers:
            raise Http404 from None
        except CannotDo as refused:
            form.refuse(refused.faults)
    return show(
        request,
        "measures/choose.html",
        {"school": unit, "form": form, "is_proposal": bool(form["item"].value())},
        status=422 if form.is_bound else 200,
    )


def _chosen(request: StaffRequest, public: UUID, form: forms.ChooseForm) -> HttpResponse:
    """Choose what the form says. Raises CannotDo with what the form itself could not read, too."""
    if {"group", "tier", "item"} & form.errors.keys():
        raise CannotDo([])
    measure = services.choose_measure(
        public, form.chosen(), by=request.scope, at=request.now, on=request.today
    )
    toasts.say(request, str(texts.CHOSEN))
    return redirect("measures:one", public, measure)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: StaffRequest, public: UUID, measure: UUID) -> HttpResponse:
    """One measure: its choosers alter it and take it back; they and its owner tell how it went."""
    try:
        found = queries.get(measure, unit=public, by=request.scope, on=request.today)
        if request.method != "POST":
            return _page(request, found)
        return _ACTS.get(request.POST.get("do", ""), _page)(request, found)
    except (NoSuchMeasure, NotTheChoosers):
        raise Http404 from None


def _alter(request: StaffRequest, found: Measure) -> HttpResponse:
    form = forms.MeasureForm(forms.choices(found.unit, on=request.today), request.POST)
    form.is_valid()
    try:
        services.alter_measure(
            found.public,
            form.wanted(found.tier),
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except CannotDo as refused:
        if Fault.CLOSED_ALREADY in refused.faults:
            return _refused(request, found, refused)
        form.refuse(refused.faults)
        return _page(request, found, alter=form)
    return _done(request, found, str(texts.ALTERED))


def _close(request: StaffRequest, found: Measure) -> HttpResponse:
    form = forms.CloseForm(request.POST)
    form.is_valid()
    try:
        services.close_measure(
            found.public,
            outcome=form.said,
            how=form.cleaned_data.get("how", ""),
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except CannotDo as refused:
        if Fault.CLOSED_ALREADY in refused.faults:
            return _refused(request, found, refused)
        form.refuse(refused.faults)
        return _page(request, found, close=form)
    return _done(request, found, str(texts.CLOSED))


def _reopen(request: StaffRequest, found: Measure) -> HttpResponse:
    try:
        services.reopen_measure(found.public, by=request.scope, at=request.now)
    except CannotDo as refused:
        return _refused(request, found, refused)
    return _done(request, found, str(texts.REOPENED))


def _take_back(request: StaffRequest, found: Measure) -> HttpResponse:
    try:
        services.take_back_measure(found.public, by=request.scope, at=request.now, on=request.today)
    except CannotDo as refused:
        return _refused(request, found, refused)
    toasts.say(request, str(texts.TAKEN_BACK))
    return redirect("staircase:school", found.unit_public)


_ACTS: dict[str, Callable[[StaffRequest, Measure], HttpResponse]] = {
    "alter": _alter,
    "close": _close,
    "reopen": _reopen,
    "take_back": _take_back,
}


def _done(request: StaffRequest, found: Measure, said: str) -> HttpResponse:
    toasts.say(request, said)
    return redirect("measures:one", found.unit_public, found.public)


def _refused(request: StaffRequest, found: Measure, refused: CannotDo) -> HttpResponse:
    for fault in refused.faults:
        toasts.say(request, str(texts.FAULT[fault]), tone="fault")
    return redirect("measures:one", found.unit_public, found.public)


def _page(
    request: StaffRequest,
    found: Measure,
    alter: forms.MeasureForm | None = None,
    close: forms.CloseForm | None = None,
) -> HttpResponse:
    may_alter = found.may_change and found.is_open
    return show(
        request,
        "measures/one.html",
        {
            "measure": found,
            "shown": shown.show(found),
            "place": texts.place(found),
            "tier": texts.tier(found.tier),
            "chosen": texts.chosen(found),
            "closed": texts.closed(found),
            "alter": (alter or _unwritten(request, found)) if may_alter else None,
            "alters": alter is not None,
            "close": (close or forms.CloseForm()) if found.may_close and found.is_open else None,
            "close_is_open": close is not None or found.standing is Standing.OVER,
            "may_reopen": found.may_close and not found.is_open,
            "may_take_back": may_alter
            and (request.today < found.first_day or request.today == found.chosen_on),
            "follows_school": found.unit in request.scope.units,
        },
        status=422 if alter or close else 200,
    )


def _unwritten(request: StaffRequest, found: Measure) -> forms.MeasureForm:
    """The form that alters a measure, as it stands."""
    among = forms.choices(found.unit, on=request.today)
    return forms.MeasureForm(among, initial=forms.as_it_is(found, among))
