"""What comes before a chief of a glass that was broken: at once, and what the chief came to.

At school it is a row of work. At another agency its head reads no child: the glass stands on the
head's day by who broke it and when, and opens in the words that were written, by the child's code.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import toasts
from samnarvaro.base.forms import PlainTextarea
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.sections import Section
from samnarvaro.consents.domain.relations import Reason, in_school
from samnarvaro.consents.queries import glasses, own
from samnarvaro.consents.services import relations
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.project.glass import REASON

WRITTEN = _("Det du kom fram till är sparat.")


class FindingForm(forms.Form):
    finding = forms.CharField(
        label=_("Vad kom du fram till?"),
        help_text=_("Prata först med den som öppnade. Skriv inget om barnet."),
        max_length=1000,
        widget=PlainTextarea,
    )


def to_look_into(*, scope: Scope | None, **_facts: object) -> Section | None:
    """On a unit head's day: each glass that was broken in its agency and nobody has looked into."""
    found = glasses.waiting(by=scope) if scope is not None else []
    return Section("project/_glasses.html", {"glasses": found}) if found else None


def looked_into(request: StaffRequest, public: UUID) -> HttpResponse:
    """A glass for the chief. Raises Http404 for everybody else."""
    try:
        if in_school(request.scope.zone):
            return _at_school(request, glasses.to_look_into(public, by=request.scope))
        return _elsewhere(request, public)
    except own.NoSuchTie:
        raise Http404 from None


def _at_school(request: StaffRequest, found: glasses.Glass) -> HttpResponse:
    return show(
        request,
        "project/glass_review.html",
        {"glass": found, "reason": REASON[Reason(found.reason)], "of_school": True},
        tells=Disclosure([found.pupil], frozenset({DataClass.EXISTENCE})),
    )


def _elsewhere(request: StaffRequest, public: UUID) -> HttpResponse:
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        relations.look_into(glass=public, finding=told["finding"], by=request.scope, at=request.now)
        toasts.say(request, str(WRITTEN))
        return redirect(request.path)
    found = relations.show_glass(glass=public, by=request.scope, at=request.now)
    return render(
        request,
        "project/glass_review.html",
        {
            "glass": found,
            "reason": REASON[Reason(found.reason)],
            "of_school": False,
            "form": None if found.looked_at else form,
        },
        status=422 if form.errors else 200,
    )
