"""The report of concern: the duty and the way, one click away; and that one was made."""

from typing import ClassVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.domain.concern import Fault
from samnarvaro.cases.queries import concerns as queries
from samnarvaro.cases.services import concerns as services
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web.forms import PartForm, day
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.CONCERN})
WORDS = {
    Fault.DAY: _("Välj en dag."),
    Fault.DAY_AHEAD: _("Dagen har inte varit ännu."),
    Fault.TOO_LONG_AGO: _("Välj en dag under de senaste trettio dagarna."),
}
WRITTEN = _("Det är uppskrivet att en orosanmälan är gjord.")


class ConcernForm(PartForm):
    FIELD: ClassVar = dict.fromkeys(Fault, "made_on")
    WORDS: ClassVar = WORDS
    made_on = day(_("Vilken dag gjordes anmälan?"))
    feedback = forms.BooleanField(
        label=_("Jag har bett om återkoppling"), required=False,
        help_text=_("Då påminns du när svaret bör ha kommit, efter tre veckor."),
    )  # fmt: skip


@require_safe
def duty(request: StaffRequest) -> HttpResponse:
    """The duty and the way, for everybody, whomever it is about."""
    return pages.show(request, "cases/duty.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: StaffRequest, public: UUID) -> HttpResponse:
    """The same on a pupil's page, with what the viewer may know was made; one more is written down."""
    sent = request.POST if request.method == "POST" else None
    form = ConcernForm(
        sent, today=request.today, name="concern",
        initial={"made_on": request.today},
    )  # fmt: skip
    try:
        pupil = people.get(public, by=request.scope)
        if request.method == "POST":
            form.is_valid()
            services.write_down(
                public, made_on=form.cleaned_data.get("made_on"),
                asked_for_feedback=bool(form.cleaned_data.get("feedback")), by=request.scope,
                at=request.now, on=request.today,
            )  # fmt: skip
            toasts.say(request, str(WRITTEN))
            return redirect("cases:concern", public)
    except Refused as refused:
        form.refuse(refused.faults)
    except people.NoSuchPupil:
        raise Http404 from None
    made = queries.of_pupil(pupil.pk, by=request.scope)
    return pages.show(
        request,
        "cases/concern.html",
        {"pupil": pupil, "form": form, "made": made},
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )
