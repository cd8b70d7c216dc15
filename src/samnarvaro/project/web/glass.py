"""In an emergency: open a pupil of one's own agency for three hours, in words that a chief reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import labels, sections, sessions
from samnarvaro.base.forms import PlainTextarea
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.consents.domain.relations import (
    GLASS_SHOWS,
    SHORTEST_REASON,
    NotBroken,
    Reason,
    in_school,
)
from samnarvaro.consents.queries import glasses, letting_in, own
from samnarvaro.consents.services import relations
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.people.queries.readable import readable
from samnarvaro.project.glass import REASON
from samnarvaro.project.signin.adapters import JUST_NOW
from samnarvaro.project.web import glass_desk
from samnarvaro.project.web.by_name import NOBODY, ByNameForm

REFUSED = {
    NotBroken.OTHER_ZONE: _("Här öppnas bara barn i er egen verksamhet."),
    NotBroken.TOO_SHORT: _("Skriv vad som har hänt, med minst %(least)d tecken.")
    % {"least": SHORTEST_REASON},
    NotBroken.TOO_MANY_TODAY: _("Du har öppnat tre barn i dag. Ring din chef i stället."),
    NotBroken.NOT_SIGNED_IN_ANEW: _("Visa först på nytt att det är du: logga in en gång till."),
    NotBroken.STANDS_OPEN: _("Du har redan öppnat det här barnet, och det är öppet än."),
}
NOBODY_HERE = _(
    "Ingen hos er har ett barn som kallas precis så. Kontrollera koden, eller ring en kollega."
)
FIELD = {NotBroken.TOO_SHORT: "words"}


class WhyForm(forms.Form):
    """Why in a choice, and what has happened in words."""

    reason = forms.ChoiceField(
        label=_("Varför behöver du öppna nu?"),
        choices=[(each.value, REASON[each]) for each in Reason],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Vad har hänt?"),
        help_text=_("Den som leder er verksamhet läser det här i dag."),
        max_length=1000,
        widget=PlainTextarea,
    )

    def refuse(self, reasons: list[NotBroken]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(REFUSED[reason]))


class GlassForm(ByNameForm, WhyForm):
    """At school: a pupil by its names and its school."""

    field_order = ("given_name", "family_name", "school", "reason", "words")

    def found(self, request: StaffRequest) -> int | None:
        return self.pupil(on=request.today)


class ElsewhereForm(WhyForm):
    """At another agency: a child that it has as its matter, by what it is called there."""

    field_order = ("called", "reason", "words")
    called = forms.CharField(
        label=_("Vilket barn?"),
        help_text=_("Barnets kod, det ni själva kallar barnet, eller namnet om ni får läsa det."),
        max_length=160,
    )

    def found(self, request: StaffRequest) -> int | None:
        return glasses.known_here(self.cleaned_data["called"], by=request.scope)


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: StaffRequest) -> HttpResponse:
    """Ask who and why; open it, or say plainly what is wrong. A protected pupil is not there."""
    of_school = in_school(request.scope.zone)
    make = GlassForm if of_school else ElsewhereForm
    form = make(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = _break(request, form)
        if opened is not None:
            return HttpResponseRedirect(reverse("glass_open", args=[opened]))
    return show(
        request,
        "project/glass.html",
        {
            "form": form,
            "is_fresh": _is_fresh(request),
            "again_url": _again(),
            "of_school": of_school,
        },
        status=422 if form.errors else 200,
    )


def _break(request: StaffRequest, form: GlassForm | ElsewhereForm) -> UUID | None:
    told = form.cleaned_data
    nobody = str(NOBODY if in_school(request.scope.zone) else NOBODY_HERE)
    pupil = form.found(request)
    if pupil is None:
        form.add_error(None, nobody)
        return None
    try:
        return relations.break_glass(
            pupil=pupil,
            reason=told["reason"],
            words=told["words"],
            signed_in_anew=_is_fresh(request),
            by=request.scope,
            at=request.now,
        ).public
    except relations.CannotBreak as refused:
        form.refuse(refused.reasons)
    except people.NoSuchPupil:
        form.add_error(None, nobody)
    return None


def _is_fresh(request: StaffRequest) -> bool:
    """Whether somebody has shown who it is within the last minutes."""
    began = request.session.get(sessions.BEGAN)
    if began and request.now - datetime.fromisoformat(began) <= JUST_NOW:
        return True
    return bool(did_recently_reauthenticate(request))


def _again() -> str:
    if settings.DEMO:
        return reverse("demo")
    return f"{reverse('account_reauthenticate')}?next={reverse('glass')}"


@require_http_methods(["GET", "HEAD", "POST"])
def glass_open(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show who to talk to first, and what may be read; for a chief what was written, and why."""
    try:
        mine = glasses.standing(public, by=request.scope)
    except own.NoSuchTie:
        return glass_desk.looked_into(request, public)
    return _opened(request, mine)


def _opened(request: StaffRequest, found: glasses.Glass) -> HttpResponse:
    of_school = in_school(request.scope.zone)
    reads = letting_in.reads(found.pupil, by=request.scope)
    named = DataClass.NAME in reads
    if of_school and not named:
        raise Http404
    pupil = _Shown(found.pupil, found.pupil_public, _called(request, found, named=named))
    parts = _parts(request, pupil) if {DataClass.NAME, DataClass.ATTENDANCE} <= reads else []
    known = {DataClass.NAME} if named else {DataClass.EXISTENCE}
    return show(
        request,
        "project/glass_open.html",
        {
            "glass": found,
            "pupil": pupil,
            "place": parties.place_of(pupil.pk, on=request.today) if named else "",
            "of_school": of_school,
            "first_to_ask": _first_to_ask(request, found),
            "sections": parts,
        },
        tells=Disclosure([pupil.pk], frozenset(known).union(*(p.classes for p in parts))),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """The child as the rooms' sections know it."""

    pk: int
    public: UUID
    name: str


def _called(request: StaffRequest, found: glasses.Glass, *, named: bool) -> str:
    seen = readable(by=request.scope, classes=frozenset({DataClass.NAME})) if named else None
    child = seen.filter(pk=found.pupil).first() if seen is not None else None
    if child is not None:
        return str(child.name)
    return found.known_as or gettext("Barn %(code)s") % {"code": found.code}


def _parts(request: StaffRequest, pupil: _Shown) -> list[sections.Section]:
    collected = sections.collect(
        "glass",
        scope=request.scope,
        pupil=pupil,
        today=request.today,
        now=request.now,
        once=Once(),
    )
    return [part for part in collected if part.classes <= GLASS_SHOWS]


def _first_to_ask(request: StaffRequest, found: glasses.Glass) -> list[tuple[Any, str]]:
    """Those who know the child: at school by their roles, elsewhere those of one's own agency."""
    if in_school(request.scope.zone):
        asked = parties.first_to_ask(found.pupil, on=request.today)
        return [(labels.ROLE[role], name) for role, name in asked]
    mine = glasses.colleagues(found, by=request.scope)
    return [(labels.TIE[kind], name) for name, kind in mine]
