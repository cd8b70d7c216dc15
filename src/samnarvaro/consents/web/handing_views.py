"""Handing items over to another agency: choose, see exactly what the receiver will see, hand over."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import labels, pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.consents.domain.handing_over import DECIDERS
from samnarvaro.consents.domain.relations import in_school
from samnarvaro.consents.queries import handed_over as queries
from samnarvaro.consents.queries import own
from samnarvaro.consents.services import handing_over as services
from samnarvaro.consents.web import handing_sheets
from samnarvaro.consents.web import handing_texts as texts
from samnarvaro.consents.web.handing_form import HandingForm
from samnarvaro.consents.web.handing_sheets import About
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties


@require_http_methods(["GET", "HEAD", "POST"])
def of_pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """Hand over what the school has of a pupil."""
    return _hand_over(request, public, lambda: _of_school(request, public))


@require_http_methods(["GET", "HEAD", "POST"])
def of_child(request: StaffRequest, tie: UUID) -> HttpResponse:
    """Hand over what the viewer's own zone has of a child it works with."""
    try:
        pupil = own.tie(tie, by=request.scope).pupil_public
    except own.NoSuchTie:
        raise Http404 from None
    return _hand_over(request, pupil, lambda: handing_sheets.of_tie(request, tie))


def _of_school(request: StaffRequest, public: UUID) -> About:
    return About(people.get(public, by=request.scope).name, frozenset({DataClass.NAME}))


def _hand_over(request: StaffRequest, public: UUID, about: Callable[[], About]) -> HttpResponse:
    try:
        child = queries.child(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    if request.method != "POST" and request.GET.get("form") == "pdf":
        return handing_sheets.given(request, child, about())
    if request.method != "POST":
        return _page(request, child, _form(request, child.pk, bound=False))
    form = _form(request, child.pk, bound=True)
    if not form.is_valid():
        return _page(request, child, form, status=422)
    if "pdf" in request.POST:
        return _preview_sheet(request, child, form)
    if "give" not in request.POST:
        return _page(request, child, form, previewed=True)
    return _give(request, child, form)


def _preview_sheet(request: StaffRequest, child: queries.Child, form: HandingForm) -> HttpResponse:
    chosen = set(form.cleaned_data["items"])
    return handing_sheets.preview(
        request,
        child,
        [each for each in queries.offered(child.pk, by=request.scope) if each.key in chosen],
        to_zone=form.cleaned_data["to_zone"],
        by_consent=form.chosen_ground is None,
    )


def _give(request: StaffRequest, child: queries.Child, form: HandingForm) -> HttpResponse:
    try:
        services.give(
            pupil=child.public,
            to_zone=form.cleaned_data["to_zone"],
            keys=form.cleaned_data["items"],
            ground=form.chosen_ground,
            by=request.scope,
            at=request.now,
        )
    except services.CannotHandOver as refused:
        form.refuse(refused.reasons)
        return _page(request, child, form, status=422)
    toasts.say(request, str(texts.HANDED))
    return HttpResponseRedirect(request.path)


def _form(request: StaffRequest, pupil: int, *, bound: bool) -> HandingForm:
    others = sorted(organisation.zones() - {request.scope.zone})
    deciders = parties.colleagues_with(DECIDERS, zone=request.scope.zone, on=request.today)
    return HandingForm(
        request.POST if bound else None,
        zones=[(zone, organisation.agency_of_zone(zone) or zone) for zone in others],
        offered=queries.offered(pupil, by=request.scope),
        deciders=[(str(pk), name) for pk, name in deciders.items()],
    )


def _page(
    request: StaffRequest,
    child: queries.Child,
    form: HandingForm,
    *,
    status: int = 200,
    previewed: bool = False,
) -> HttpResponse:
    offered = queries.offered(child.pk, by=request.scope)
    chosen = set(form.cleaned_data["items"]) if previewed else set()
    given = queries.given(child.pk, by=request.scope)
    return pages.show(
        request,
        "consents/hand_over.html",
        {
            "form": form,
            "of_school": in_school(request.scope.zone),
            "receivers": [
                (organisation.agency_of_zone(each.zone) or labels.of_zone(each.zone), each)
                for each in queries.receivers(child.pk, by=request.scope)
            ],
            "previewed": [item for item in offered if item.key in chosen],
            "to_name": organisation.agency_of_zone(form.cleaned_data["to_zone"])
            if previewed
            else "",
            "given": given,
        },
        status=status,
        tells=Disclosure(
            [child.pk],
            handing_sheets.LOG_ONLY
            | {item.data_class for item in offered if item.key in chosen}
            | {item.data_class for item in given},
        ),
    )
