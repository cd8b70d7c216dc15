"""The early measures about a pupil: read them, start one in a line, close one by telling how it went."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.followup import queries, services
from samnarvaro.followup.web import shown, texts
from samnarvaro.followup.web.forms import CloseForm, StartForm
from samnarvaro.kernel.access import Role
from samnarvaro.people import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the measures about a pupil; a mentor starts and closes them here."""
    try:
        if request.method != "POST":
            return _read(request, public)
        if "measure" in request.POST:
            return _close(request, public)
        return _start(request, public)
    except (people.NoSuchPupil, queries.NoSuchMeasure, services.NotAMentors):
        raise Http404 from None


def _read(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the measures; with `?close=` the form that closes one of them, by itself for htmx."""
    if "close" not in request.GET:
        return _page(request, public)
    measure = _measure(request.GET["close"])
    pupil = people.get(public, by=request.scope)
    found = [m for m in queries.of_pupil(pupil.pk, by=request.scope) if m.public == measure]
    if not found or request.scope.role is not Role.MENTOR:
        raise queries.NoSuchMeasure
    if not pages.is_part(request):
        return _page(request, public, opened=measure)
    ready = shown.show(found[0], request.today, by=request.scope, is_open=True)
    return pages.show(
        request,
        "followup/_due.html",
        {"shown": ready, "back": _back(request, public)},
        tells=Disclosure([pupil.pk], shown.classes_of(found)),
    )


def _measure(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise queries.NoSuchMeasure from None


def _start(request: StaffRequest, public: UUID) -> HttpResponse:
    form = StartForm(request.today, request.POST)
    form.is_valid()
    days = (form.cleaned_data.get("first_day"), form.cleaned_data.get("look_on"))
    try:
        services.start_measure(
            public,
            what=form.cleaned_data.get("what", ""),
            days=days,
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except services.CannotStart as refused:
        form.refuse(refused.faults)
        return _page(request, public, start=form)
    toasts.say(request, str(texts.STARTED))
    return HttpResponseRedirect(_back(request, public))


def _close(request: StaffRequest, public: UUID) -> HttpResponse:
    measure = _measure(request.POST.get("measure", ""))
    form = CloseForm(measure, request.POST)
    form.is_valid()
    try:
        services.close_measure(
            measure,
            outcome=form.chosen,
            how=form.cleaned_data.get("how", ""),
            by=request.scope,
            at=request.now,
            on=request.today,
        )
    except services.CannotClose as refused:
        form.refuse(refused.faults)
        return _page(request, public, close=(measure, form))
    toasts.say(request, str(texts.CLOSED))
    return HttpResponseRedirect(_back(request, public))


def _back(request: StaffRequest, public: UUID, default: str = "followup:measures") -> str:
    back = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if ours else reverse(default, args=[public])


def _page(
    request: StaffRequest,
    public: UUID,
    *,
    start: StartForm | None = None,
    close: tuple[UUID, CloseForm] | None = None,
    opened: UUID | None = None,
) -> HttpResponse:
    pupil = people.get(public, by=request.scope)
    found = queries.of_pupil(pupil.pk, by=request.scope)
    asked, bound = close or (None, None)
    is_mentor = request.scope.role is Role.MENTOR
    return pages.show(
        request,
        "followup/measures.html",
        {
            "pupil": pupil,
            "pupil_public": pupil.public,
            "back": _back(request, public, "pupil"),
            "measures": [
                shown.show(
                    each,
                    request.today,
                    by=request.scope,
                    bound=bound if each.public == asked else None,
                    is_open=each.public == opened,
                )
                for each in found
            ],
            "start": (start or StartForm(request.today)) if is_mentor else None,
        },
        status=422 if start or close else 200,
        tells=Disclosure([pupil.pk], shown.classes_of(found)),
    )
