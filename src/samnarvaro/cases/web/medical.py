"""Where the school's medical branch hands its perspective to an investigation."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.services import medical as services
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web import words
from samnarvaro.cases.web.forms import MedicalForm
from samnarvaro.consents.queries import own
from samnarvaro.kernel.privacy import DataClass

TELLS = frozenset({DataClass.EXISTENCE, DataClass.MEDICAL})


@require_http_methods(["GET", "HEAD", "POST"])
def medical(request: StaffRequest, tie: UUID) -> HttpResponse:
    """Show that the school investigates, and what one has given; take in a perspective."""
    sent = request.POST if request.method == "POST" else None
    form = MedicalForm(sent, today=request.today, name="medical")
    try:
        if request.method == "POST":
            form.is_valid()
            services.hand_over(
                tie, text=form.said("text"), ground=form.said("ground"), by=request.scope,
                at=request.now,
            )  # fmt: skip
            toasts.say(request, str(words.HANDED_OVER))
            return redirect("cases:medical", tie)
        return _page(request, tie, form)
    except Refused as refused:
        form.refuse(refused.faults)
        return _page(request, tie, form, status=422)
    except own.NoSuchTie:
        raise Http404 from None


def _page(
    request: StaffRequest, tie: UUID, form: MedicalForm, *, status: int = 200
) -> HttpResponse:
    asked = services.asked(tie, by=request.scope)
    return pages.show(
        request,
        "cases/medical.html",
        {
            "asked": asked,
            "form": form,
            "given": [(each, words.GROUND[each.ground]) for each in asked.given],
        },
        status=status,
        tells=Disclosure([asked.tie.pupil], TELLS),
    )
