"""In an emergency: open a pupil of one's own agency for three hours, in words that a chief reads."""

from datetime import datetime
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

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
)
from samnarvaro.consents.queries import glasses, own
from samnarvaro.consents.services import relations
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import parties
from samnarvaro.people.queries.readable import readable
from samnarvaro.project.glass import REASON
from samnarvaro.project.signin.adapters import JUST_NOW
from samnarvaro.project.web.by_name import NOBODY, ByNameForm

REFUSED = {
    NotBroken.OTHER_ZONE: _("Här öppnas bara elever i er egen verksamhet."),
    NotBroken.TOO_SHORT: _("Skriv vad som har hänt, med minst %(least)d tecken.")
    % {"least": SHORTEST_REASON},
    NotBroken.TOO_MANY_TODAY: _(
        "Du har öppnat tre elever i dag. Ring den som leder skolan i stället."
    ),
    NotBroken.NOT_SIGNED_IN_ANEW: _("Visa först på nytt att det är du: logga in en gång till."),
    NotBroken.STANDS_OPEN: _("Du har redan öppnat den här eleven, och den är öppen än."),
}
FIELD = {NotBroken.TOO_SHORT: "words"}


class GlassForm(ByNameForm):
    """Whom, why in a choice, and what has happened in words."""

    reason = forms.ChoiceField(
        label=_("Varför behöver du öppna nu?"),
        choices=[(each.value, REASON[each]) for each in Reason],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Vad har hänt?"),
        help_text=_("Den som leder skolan läser det här i dag."),
        required=False,
        max_length=1000,
        widget=PlainTextarea,
    )

    def refuse(self, reasons: list[NotBroken]) -> None:
        for reason in reasons:
            self.add_error(FIELD.get(reason), str(REFUSED[reason]))


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: StaffRequest) -> HttpResponse:
    """Ask who and why; open it, or say plainly what is wrong. A protected pupil is not there."""
    form = GlassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        opened = _break(request, form)
        if opened is not None:
            return HttpResponseRedirect(reverse("glass_open", args=[opened]))
    return show(
        request,
        "project/glass.html",
        {"form": form, "is_fresh": _is_fresh(request), "again_url": _again()},
        status=422 if form.errors else 200,
    )


def _break(request: StaffRequest, form: GlassForm) -> UUID | None:
    told = form.cleaned_data
    pupil = form.pupil(on=request.today)
    if pupil is None:
        form.add_error(None, str(NOBODY))
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
        form.add_error(None, str(NOBODY))
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


@require_safe
def glass_open(request: StaffRequest, public: UUID) -> HttpResponse:
    """Show who to talk to first, and the pupil's attendance; for a chief what was written, and why."""
    try:
        return _opened(request, glasses.standing(public, by=request.scope))
    except own.NoSuchTie:
        pass
    try:
        found = glasses.to_look_into(public, by=request.scope)
    except own.NoSuchTie:
        raise Http404 from None
    return show(
        request,
        "project/glass_review.html",
        {"glass": found, "reason": REASON[Reason(found.reason)]},
        tells=Disclosure([found.pupil], frozenset({DataClass.EXISTENCE})),
    )


def _opened(request: StaffRequest, found: glasses.Glass) -> HttpResponse:
    pupil = readable(by=request.scope, classes=frozenset({DataClass.NAME})).filter(pk=found.pupil)
    child = pupil.first()
    if child is None:
        raise Http404
    parts = [
        part
        for part in sections.collect(
            "glass",
            scope=request.scope,
            pupil=child,
            today=request.today,
            now=request.now,
            once=Once(),
        )
        if part.classes <= GLASS_SHOWS
    ]
    return show(
        request,
        "project/glass_open.html",
        {
            "glass": found,
            "pupil": child,
            "place": parties.place_of(child.pk, on=request.today),
            "first_to_ask": [
                (labels.ROLE[role], name)
                for role, name in parties.first_to_ask(child.pk, on=request.today)
            ],
            "sections": parts,
        },
        tells=Disclosure(
            [child.pk], frozenset({DataClass.NAME}).union(*(p.classes for p in parts))
        ),
    )
