"""Who hands children out: a unit head by code, a principal on the pupil's page."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.base import labels, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.consents.domain.relations import SUITS, Kind, NotGranted, last_day_possible
from samnarvaro.consents.queries import arrivals as queries
from samnarvaro.consents.queries.agreements import NoSuchConsent
from samnarvaro.consents.services import arrivals, relations
from samnarvaro.consents.web import texts
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import at_work
from samnarvaro.people.queries.at_work import AtWork

TELLS = frozenset({DataClass.NAME, DataClass.EXISTENCE})
FIELD = {
    NotGranted.TO_ONESELF: "staff",
    NotGranted.NO_SUITABLE_DUTY: "staff",
    NotGranted.ALREADY: "staff",
    NotGranted.ENDS_BEFORE_IT_BEGINS: "last_day",
    NotGranted.LASTS_TOO_LONG: "last_day",
}
AT_SCHOOL = (Kind.STUDENT_HEALTH_CASE, Kind.COORDINATOR)


class HandOutForm(forms.Form):
    """To whom, and how long."""

    staff = forms.ChoiceField(label=_("Till vem?"))
    last_day = forms.DateField(
        label=_("Till och med"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Längst läsåret ut. Sedan bekräftas det på nytt."),
    )

    def __init__(self, data: Any, *, people: Sequence[AtWork], today: date, prefix: str = ""):
        super().__init__(data, prefix=prefix or None)
        self._by_public = {str(each.public): each.pk for each in people}
        self.fields["staff"].choices = [  # type: ignore[attr-defined]  # it is a choice
            ("", "–"),
            *((str(each.public), _called(each)) for each in people),
        ]
        self.fields["last_day"].initial = last_day_possible(today)

    @property
    def person(self) -> int:
        return self._by_public[self.cleaned_data["staff"]]

    def refuse(self, reasons: Sequence[NotGranted]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(texts.NOT_GRANTED[reason]))


class CaseForm(HandOutForm):
    kind = forms.ChoiceField(
        label=_("Vad för ärende?"), choices=[(kind.value, texts.KIND[kind]) for kind in AT_SCHOOL]
    )


def _called(who: AtWork) -> str:
    return f"{who.name}, {', '.join(sorted(str(labels.ROLE[role]).lower() for role in who.roles))}"


@require_http_methods(["GET", "HEAD", "POST"])
def arrived(request: StaffRequest) -> HttpResponse:
    """Consents that have come and wait for somebody, by code; and who has whom."""
    posted = request.POST.get("samtycke", "")
    form = _hand_out_form(request, request.POST or None, posted)
    if request.method == "POST" and _receive(request, form, posted):
        toasts.say(request, str(texts.HANDED_OUT))
        return redirect("consents:arrivals")
    desk = arrivals.look(by=request.scope, at=request.now)
    names = texts.agencies()
    waiting = [
        {
            "arrival": each,
            "from": texts.agency(each.from_zone, names),
            "covers": texts.classes(each.classes),
            "form": form
            if str(each.public) == posted
            else _hand_out_form(request, None, str(each.public)),
        }
        for each in desk.waiting
    ]
    handed_out = [{"relation": each, "kind": texts.KIND[each.kind]} for each in desk.handed_out]
    return show(
        request,
        "consents/arrivals.html",
        {"waiting": waiting, "handed_out": handed_out},
        status=422 if form.errors else 200,
    )


def _hand_out_form(request: StaffRequest, data: Any, prefix: str) -> HandOutForm:
    zone = at_work.in_zone(request.scope.zone, on=request.today)
    suited = [each for each in zone if arrivals.taken_as(each.roles) is not None]
    return HandOutForm(data, people=suited, today=request.today, prefix=prefix)


def _receive(request: StaffRequest, form: HandOutForm, consent: str) -> bool:
    try:
        public = UUID(consent)
    except ValueError:
        raise Http404 from None
    if not form.is_valid():
        return False
    try:
        arrivals.receive(
            consent=public,
            staff=form.person,
            last_day=form.cleaned_data["last_day"],
            by=request.scope,
            at=request.now,
        )
    except relations.CannotGrant as refused:
        form.refuse(refused.reasons)
        return False
    except NoSuchConsent:
        raise Http404 from None
    return True


@require_POST
def end(request: StaffRequest, public: UUID) -> HttpResponse:
    """End a relation at once: its chief, its principal, or the person itself."""
    try:
        relations.end(relation=public, by=request.scope, at=request.now)
    except relations.NoSuchRelation:
        raise Http404 from None
    toasts.say(request, str(texts.ENDED))
    return redirect(_back(request))


def _back(request: StaffRequest) -> str:
    """Where the button stood: on the desk, or on the page of the pupil's cases."""
    try:
        return reverse("consents:cases", args=[UUID(request.POST.get("elev", ""))])
    except ValueError:
        return reverse("consents:arrivals")


@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: StaffRequest, public: UUID) -> HttpResponse:
    """Who at school has a matter of its own with a pupil; the principal gives and ends them."""
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    form = CaseForm(request.POST or None, people=_suited(request, pupil.pk), today=request.today)
    if request.method == "POST" and _give(request, form, pupil.pk):
        toasts.say(request, str(texts.HANDED_OUT))
        return redirect("consents:cases", public)
    held = queries.cases(pupil.pk, by=request.scope)
    return show(
        request,
        "consents/cases.html",
        {
            "pupil": pupil,
            "form": form,
            "cases": [{"case": each, "kind": texts.KIND[each.kind]} for each in held],
        },
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )


def _suited(request: StaffRequest, pupil: int) -> list[AtWork]:
    places = people.placements([pupil], by=request.scope).get(pupil, [])
    roles = frozenset().union(*(SUITS[kind] for kind in AT_SCHOOL))
    here = at_work.at_units([place.unit for place in places], on=request.today)
    return [each for each in here if each.roles & roles]


def _give(request: StaffRequest, form: CaseForm, pupil: int) -> bool:
    if not form.is_valid():
        return False
    try:
        relations.grant(
            pupil=pupil,
            staff=form.person,
            kind=Kind(form.cleaned_data["kind"]),
            zone=request.scope.zone,
            last_day=form.cleaned_data["last_day"],
            by=request.scope,
            at=request.now,
        )
    except relations.CannotGrant as refused:
        form.refuse(refused.reasons)
        return False
    return True
