"""One consent at school: how it stands, the answers, taking it back, and the card for the family."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.pdf import answers
from samnarvaro.consents.domain.agreement import ENDED, State, Way
from samnarvaro.consents.queries import agreed, agreements, children
from samnarvaro.consents.queries.agreed import Agreed, AskedParty, Standing
from samnarvaro.consents.services import agreements as services
from samnarvaro.consents.web import cards, sheets, texts
from samnarvaro.consents.web.answer_form import AnswerForm
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import at_work

TELLS = frozenset({DataClass.NAME, DataClass.CONSENT})
THE_CHILD = "barnet"


@require_safe
def of_pupil(request: StaffRequest, public: UUID) -> HttpResponse:
    """Every consent of a pupil, the running ones first."""
    pupil = _pupil(request, public)
    found = cards.for_school(agreed.of_pupil(pupil.pk, by=request.scope), on=request.today)
    return show(
        request,
        "consents/list.html",
        {
            "pupil": pupil,
            "running": [card for card in found if card.is_running],
            "others": [card for card in found if not card.is_running],
        },
        tells=Disclosure([pupil.pk], TELLS),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, public: UUID) -> HttpResponse:
    """How a consent stands and who has said what; a posted answer is written down."""
    standing = _standing(request, public)
    pupil = _of_consent(request, standing.agreed)
    witnesses = _witnesses(request, pupil.pk)
    forms = {
        party.guardian: AnswerForm(
            None, party=_key(party), witnesses=witnesses, is_child=party.guardian is None
        )
        for party in (*standing.guardians, standing.child)
    }
    status = 200
    if request.method == "POST":
        party = _told_party(request, standing)
        form = AnswerForm(
            request.POST, party=_key(party), witnesses=witnesses, is_child=party.guardian is None
        )
        if _write_down(request, public, form, party):
            toasts.say(request, str(texts.ANSWERED))
            return redirect("consents:one", public)
        forms[party.guardian], status = form, 422
    context = _facts(request, standing, pupil) | {
        "parties": [_shown(party, forms[party.guardian]) for party in standing.guardians],
        "child": _shown(standing.child, forms[None]),
    }
    return show(
        request,
        "consents/one.html",
        context,
        status=status,
        tells=Disclosure([pupil.pk], TELLS),
    )


def _facts(request: StaffRequest, standing: Standing, pupil: Any) -> dict[str, object]:
    (card,) = cards.for_school([standing.agreed], on=request.today)
    return {
        "pupil": pupil,
        "card": card,
        "age": standing.age,
        "must": texts.MUST[standing.agreed.must],
        "may_answer": standing.agreed.state not in ENDED
        and standing.agreed.state is not State.UNDER_REVIEW,
        "today": request.today,
    }


def _shown(party: AskedParty, form: AnswerForm) -> dict[str, object]:
    return {"party": party, "form": form, "said": cards.said(party.word) if party.word else ""}


def _key(party: AskedParty) -> str:
    return str(party.guardian) if party.guardian else THE_CHILD


def _told_party(request: StaffRequest, standing: Standing) -> AskedParty:
    """Return whose answer was posted; a guardian of today, or the child."""
    wanted = request.POST.get("party", "")
    for party in (*standing.guardians, standing.child):
        if _key(party) == wanted:
            return party
    raise Http404


def _write_down(request: StaffRequest, public: UUID, form: AnswerForm, party: AskedParty) -> bool:
    """Write an answer down; tell whether it could be. What speaks against it stands on the form."""
    if not form.is_valid():
        return False
    try:
        services.answer(
            consent=public, told=form.told(party.guardian), by=request.scope, at=request.now
        )
    except services.CannotAnswer as refused:
        form.refuse(refused.reasons)
        return False
    except agreements.NoSuchConsent:
        raise Http404 from None
    return True


@require_POST
def withdraw(request: StaffRequest, public: UUID) -> HttpResponse:
    """Take a consent back at once, from the school's page or from the receiver's."""
    way = request.POST.get("way", Way.ORAL)
    if way not in set(Way):
        raise Http404
    try:
        row = services.withdraw(consent=public, way=Way(way), by=request.scope, at=request.now)
    except agreements.NoSuchConsent:
        raise Http404 from None
    toasts.say(request, str(texts.WITHDRAWN))
    if row.from_zone == request.scope.zone:
        return redirect("consents:one", public)
    mine = children.mine(by=request.scope)
    relation = next((each.relation for each in mine if each.pupil == row.pupil_id), None)
    return redirect("consents:child", relation) if relation else redirect("consents:children")


@require_safe
def card(request: StaffRequest, public: UUID) -> HttpResponse:
    """The card that repeats what was agreed, for the family to keep: on paper, in Swedish."""
    standing = _standing(request, public)
    pupil = _of_consent(request, standing.agreed)
    with translation.override("sv"):
        facts = _facts(request, standing, pupil)
        if request.GET.get("form") == "pdf":
            return _card_sheet(request, standing, pupil, facts["card"])
        return show(
            request,
            "consents/card.html",
            facts | {"guardians": standing.guardians},
            tells=Disclosure([pupil.pk], TELLS),
        )


def _card_sheet(request: StaffRequest, standing: Standing, pupil: Any, card: Any) -> HttpResponse:
    """The card as it is, unless somebody has said something else by the time it is printed."""
    public = standing.agreed.public

    def still() -> bool:
        try:
            return agreed.standing(public, by=request.scope) == standing
        except agreements.NoSuchConsent:
            return False

    return answers.hand_out(
        request,
        sheets.card(card, about=pupil.name, foot=answers.foot(request)),
        name="samtycke",
        tells=Disclosure([pupil.pk], TELLS, "pdf"),
        still=still,
        holding=[agreements.pk_of(public, by=request.scope)],
    )


def _standing(request: StaffRequest, public: UUID) -> Standing:
    try:
        return agreed.standing(public, by=request.scope)
    except agreements.NoSuchConsent:
        raise Http404 from None


def _of_consent(request: StaffRequest, of: Agreed) -> Any:
    found = people.visible(by=request.scope).filter(pk=of.pupil).first()
    if found is None:
        raise Http404
    return found


def _pupil(request: StaffRequest, public: UUID) -> Any:
    try:
        return people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None


def _witnesses(request: StaffRequest, pupil: int) -> list[at_work.AtWork]:
    """Return the colleagues at the child's school who can have heard an answer."""
    places = people.placements([pupil], by=request.scope).get(pupil, [])
    found = at_work.at_units([place.unit for place in places], on=request.today)
    return [each for each in found if each.pk != request.scope.staff]
