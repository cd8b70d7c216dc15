"""Granted leave on the page of a pupil: what is decided, deciding, and withdrawing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.attendance import services
from samnarvaro.attendance.domain.leave import DECIDE, Wrong, may_decide
from samnarvaro.attendance.queries import leave as queries
from samnarvaro.attendance.web import leave_texts as texts
from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
# Beside which field a reason is told.
FIELD = {
    Wrong.LAST_BEFORE_FIRST: "last_day",
    Wrong.TOO_LONG: "last_day",
    Wrong.TOO_FAR_BACK: "first_day",
    Wrong.TOO_FAR_AHEAD: "last_day",
    Wrong.NOT_YOURS: "last_day",
    Wrong.OVERLAPS: "first_day",
}


class LeaveForm(forms.Form):
    """From which day to which. Nothing of why."""

    first_day = forms.DateField(
        label=_("Från och med"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Till och med"),
        help_text=_("Lämna tomt för en enda dag."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def days(self) -> tuple[date, date]:
        first: date = self.cleaned_data["first_day"]
        return first, self.cleaned_data["last_day"] or first

    def refuse(self, wrongs: list[Wrong]) -> None:
        """Put every reason beside its field."""
        for wrong in wrongs:
            self.add_error(FIELD[wrong], texts.wrong(wrong))


@dataclass(frozen=True, slots=True)
class Line:
    """One leave in words, and whether the viewer may withdraw it."""

    public: UUID
    when: str
    decided: str
    withdrawn: str
    holds: bool
    may_withdraw: bool


def lines(pupil: int, *, today: date, by: Scope) -> list[Line]:
    since = today - timedelta(days=queries.SHOWN_BACK)
    return [_line(each, by) for each in queries.of_pupil(pupil, since=since, by=by)]


def _line(of: queries.Shown, by: Scope) -> Line:
    return Line(
        of.public,
        texts.when(of),
        texts.decided(of),
        texts.withdrawn(of, of.withdrawn_at) if of.withdrawn_at else "",
        of.holds,
        of.holds and may_decide(by.role, Window(of.first_day, of.last_day)),
    )


def section(*, scope: Scope, pupil: ShownPupil, today: date, **_facts: object) -> Section | None:
    """What is granted; for who decides of leave also when nothing is."""
    if not scope.reads(DataClass.ATTENDANCE):
        return None
    may_grant, known = scope.role in DECIDE, lines(pupil.pk, today=today, by=scope)
    if not (may_grant or known):
        return None
    context = {"lines": known, "pupil": pupil, "may_grant": may_grant}
    return Section("attendance/_leave.html", context, pupils=frozenset({pupil.pk}), classes=TELLS)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the form and what is granted already, or record a decision."""
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _grant(request, public, form)
        except services.CannotGrant as refused:
            form.refuse(refused.wrongs)
        else:
            back = reverse("attendance:withdraw_leave", args=[public])
            undo = f"{back}?{urlencode({'leave': made})}"
            toasts.say(request, str(texts.GRANTED), undo_url=undo)
            return redirect("pupil", public)
    context: dict[str, Any] = {
        "pupil": pupil,
        "form": form,
        "lines": lines(pupil.pk, today=request.today, by=request.scope),
        "limit": texts.limit(request.scope.role),
    }
    return show(
        request,
        "attendance/grant_leave.html",
        context,
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )


def _grant(request: StaffRequest, public: UUID, form: LeaveForm) -> UUID:
    return services.grant(
        form.days(), pupil=public, by=request.scope, at=request.now, on=request.today
    )


@require_POST
def withdraw(request: StaffRequest, public: UUID) -> HttpResponse:
    """Withdraw a leave."""
    sent = request.POST.get("leave") or request.GET.get("leave", "")
    try:
        services.withdraw_leave(UUID(sent), pupil=public, by=request.scope, at=request.now)
    except (ValueError, services.NoSuchLeave):
        raise Http404 from None
    toasts.say(request, str(texts.WITHDRAWN))
    return redirect("pupil", public)
