"""The instruments there are: looked at, loaded, copied, published and withdrawn; and a blank one on paper."""

import json
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.mapping.domain.instrument import SHIPPED_PREFIX
from samnarvaro.mapping.domain.instrument_faults import NotAnInstrument
from samnarvaro.mapping.domain.instrument_writing import data_of
from samnarvaro.mapping.queries import instruments as queries
from samnarvaro.mapping.services import instruments as services
from samnarvaro.mapping.web import instrument_shown as shown
from samnarvaro.mapping.web.instrument_forms import LoadForm


def version(public: UUID) -> queries.Version:
    try:
        return queries.one(public)
    except queries.NoSuchInstrument:
        raise Http404 from None


@require_safe
def shelf(request: StaffRequest) -> HttpResponse:
    """Every version there is, and where it stands."""
    rows = [shown.row(each) for each in queries.shelf()]
    return show(
        request,
        "mapping/instruments/shelf.html",
        {
            "rows": [each for each in rows if not each.is_withdrawn],
            "withdrawn": [each for each in rows if each.is_withdrawn],
        },
    )


@require_safe
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """One version: what it asks, what it reckons, who made it, and what can be done with it."""
    found = version(public)
    return show(
        request,
        "mapping/instruments/one.html",
        {"row": shown.row(found), "version": found, "preview": shown.preview(found.instrument)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: StaffRequest) -> HttpResponse:
    """Load an instrument from a file or from text. What has a fault is not kept at all."""
    if request.method != "POST":
        return _form(request, LoadForm())
    form = LoadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = services.load(form.cleaned_data["text"], by=request.scope, at=request.now)
        except NotAnInstrument as refused:
            form.refuse(refused)
        else:
            toasts.say(
                request, _("Formuläret finns nu som utkast. Det används när du publicerar det.")
            )
            return redirect("instruments:one", made)
    return _form(request, form)


@require_safe
def copy(request: StaffRequest, public: UUID) -> HttpResponse:
    """The form to load, with another instrument as its text to be changed."""
    found = version(public)
    told = data_of(found.instrument)
    if found.instrument.is_shipped:
        name = f"egen-{found.name.removeprefix(SHIPPED_PREFIX)}"
        told |= {"name": name, "url": f"urn:samnarvaro:instrument:{name}", "version": "1"}
        told.pop("copyright", None)
    else:
        told["version"] = str(found.instrument.version + 1)
    return _form(request, LoadForm(initial={"text": _written(told)}), found)


def _form(request: StaffRequest, form: LoadForm, of: queries.Version | None = None) -> HttpResponse:
    return show(
        request,
        "mapping/instruments/load.html",
        {"form": form, "of": of},
        status=422 if form.errors else 200,
    )


@require_safe
def export(_request: StaffRequest, public: UUID) -> HttpResponse:
    """The instrument as a file, in the form that is loaded."""
    found = version(public)
    told = data_of(found.instrument, status=found.state)
    response = HttpResponse(_written(told), content_type="application/json; charset=utf-8")
    name = f"{found.name}-{found.instrument.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@require_safe
def paper(request: StaffRequest, public: UUID) -> HttpResponse:
    """A blank form to print; one that is no longer used, or not yet, says so."""
    found = version(public)
    return show(
        request,
        "mapping/instruments/paper.html",
        {
            "version": found,
            "preview": shown.preview(found.instrument),
            "is_used": found.is_published,
        },
    )


@require_POST
def publish(request: StaffRequest, public: UUID) -> HttpResponse:
    """Let a version be asked from now on."""
    version(public)
    services.publish(public, by=request.scope, at=request.now)
    toasts.say(request, _("Formuläret används nu."))
    return redirect("instruments:one", public)


@require_POST
def withdraw(request: StaffRequest, public: UUID) -> HttpResponse:
    """Let a version be asked no more."""
    version(public)
    services.withdraw(public, by=request.scope, at=request.now)
    toasts.say(request, _("Formuläret är indraget. Det som är besvarat ligger kvar."))
    return redirect("instruments:one", public)
