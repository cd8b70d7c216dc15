"""Absence announced for a pupil: the form, what holds, and taking it back."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from samnarvaro.attendance import services
from samnarvaro.attendance.queries import announced as queries
from samnarvaro.attendance.web import announced_texts as texts
from samnarvaro.attendance.web.announce_form import AnnounceForm
from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
TAKES_DOWN = frozenset({Role.MENTOR, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})


@dataclass(frozen=True, slots=True)
class Line:
    """One announcement in words."""

    public: UUID
    when: str
    told: str
    withdrawn: str
    holds: bool


def lines(pupil: int, *, today: date, by: Scope) -> list[Line]:
    since = today - timedelta(days=queries.SHOWN_BACK)
    return [
        Line(
            each.public,
            texts.when(each),
            texts.told(each),
            texts.withdrawn(each, each.withdrawn_at) if each.withdrawn_at else "",
            each.holds,
        )
        for each in queries.of_pupil(pupil, since=since, by=by)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show the form and what is announced already, or take an announcement down."""
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    form = AnnounceForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.announce(
                form.told(),
                pupil=public,
                told_by=form.told_by_whom(),
                by=request.scope,
                at=request.now,
                on=request.today,
            )
        except services.CannotAnnounce as refused:
            form.refuse(refused.wrongs)
        else:
            back = reverse("attendance:withdraw", args=[public])
            undo = f"{back}?{urlencode({'announcement': made})}"
            toasts.say(request, str(texts.ANNOUNCED), undo_url=undo)
            return redirect("pupil", public)
    return show(
        request,
        "attendance/announce.html",
        {
            "pupil": pupil,
            "form": form,
            "lines": lines(pupil.pk, today=request.today, by=request.scope),
            "may_withdraw": True,
        },
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], TELLS),
    )


@require_POST
def withdraw(request: StaffRequest, public: UUID) -> HttpResponse:
    """Take an announcement back."""
    try:
        services.withdraw(_announcement(request), pupil=public, by=request.scope, at=request.now)
    except services.NoSuchAnnouncement:
        raise Http404 from None
    toasts.say(request, str(texts.WITHDRAWN))
    return redirect("pupil", public)


def _announcement(request: StaffRequest) -> UUID:
    sent = request.POST.get("announcement") or request.GET.get("announcement", "")
    try:
        return UUID(sent)
    except ValueError:
        raise Http404 from None
