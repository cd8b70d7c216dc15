"""The team's board, consultations without identity, and a case as another agency sees it by consent."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import labels, pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.cases.domain.telling import OPENERS
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries import readers, stubs
from samnarvaro.cases.services import sides
from samnarvaro.cases.services.refusing import Refused
from samnarvaro.cases.web import case_shown
from samnarvaro.cases.web import case_words as words
from samnarvaro.cases.web.case_forms import AdviceForm, CaseForm, StubForm
from samnarvaro.consents.queries import own
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people


@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """The open cases by step, the longest there first."""
    found = queries.board(by=request.scope)
    lines = [line for lines in found.values() for line in lines]
    columns = [
        (number, words.STEP[step], words.DOES[step], lines)
        for number, (step, lines) in enumerate(found.items(), start=1)
    ]
    return pages.show(
        request,
        "cases/board.html",
        {
            "columns": columns,
            "count": len(lines),
            "to_go_through": [line.public for line in lines],
        },
        tells=Disclosure(
            [line.seen.pupil for line in lines],
            frozenset({DataClass.NAME, DataClass.EXISTENCE}),
            "list",
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consultations(request: StaffRequest) -> HttpResponse:
    """Ask the intake unit without telling of whom; there the same page gives the advice."""
    form: CaseForm | None = None
    if request.method == "POST":
        form = _sent(request)
        form.is_valid()
        try:
            said = _ask_or_advise(request, form)
            toasts.say(request, str(said))
            return redirect("cases:consultations")
        except Refused as refused:
            form.refuse(refused.faults)
        except (people.NoSuchPupil, stubs.NoSuchStub):
            raise Http404 from None
    return _consultations(request, form)


def _sent(request: StaffRequest) -> CaseForm:
    kind = AdviceForm if "stub" in request.POST else StubForm
    return kind(request.POST, today=request.today, name="stub")


def _ask_or_advise(request: StaffRequest, form: CaseForm) -> Any:
    common: dict[str, Any] = {"by": request.scope, "at": request.now, "on": request.today}
    if isinstance(form, StubForm):
        sides.ask(question=form.said("question"), ages=form.band, pupil=_about(request), **common)
        return words.ASKED
    sides.advise(_uuid(request.POST.get("stub", "")), advice=form.said("advice"), **common)
    return words.ADVISED


def _about(request: StaffRequest) -> UUID | None:
    """Whose names must not stand in the text, if it was asked from a pupil's page."""
    sent = request.POST.get("elev") or request.GET.get("elev", "")
    return _uuid(sent) if sent else None


def _uuid(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise Http404 from None


def _consultations(request: StaffRequest, form: CaseForm | None) -> HttpResponse:
    asks = request.scope.role in OPENERS
    about = _about(request) if asks else None
    pupil = _known(request, about) if about else None
    lines = [
        (each, words.AGES[each.ages], labels.ROLE[each.asked_as])
        for each in stubs.mine(by=request.scope)
    ]
    return pages.show(
        request,
        "cases/consultations.html",
        {
            "asks": (form if isinstance(form, StubForm) else _blank(request)) if asks else None,
            "advice": form if isinstance(form, AdviceForm) else None,
            "advised": request.POST.get("stub", ""),
            "blank": AdviceForm(today=request.today, name="advice"),
            "lines": lines,
            "pupil": pupil,
        },
        status=422 if form is not None else 200,
        tells=Disclosure([pupil.pk], frozenset({DataClass.NAME})) if pupil else None,
    )


def _blank(request: StaffRequest) -> StubForm:
    return StubForm(today=request.today, name="stub")


def _known(request: StaffRequest, about: UUID) -> Any:
    try:
        return people.get(about, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None


@require_safe
def shared(request: StaffRequest, tie: UUID) -> HttpResponse:
    """A case as another agency reads it while a consent lets it: all of it, and nothing to write."""
    try:
        about = own.tie(tie, by=request.scope)
        every = queries.of_pupil(about.pupil, by=request.scope)
        if not every:
            raise queries.NoSuchCase
        whole = queries.whole(every[0].public, by=request.scope)
    except (own.NoSuchTie, queries.NoSuchCase):
        raise Http404 from None
    return pages.show(
        request,
        "cases/shared.html",
        case_shown.context(whole, (), today=request.today) | {"tie": about, "name": readers.name_of(about.pupil, by=request.scope)},
        tells=Disclosure([about.pupil], queries.TELLS),
    )  # fmt: skip
