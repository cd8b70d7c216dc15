"""The contact log of a pupil: to read, search, print, add to, and correct the same day."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.contacts import Outcome
from samnarvaro.outreach.domain.needs import Need
from samnarvaro.outreach.queries import contacts
from samnarvaro.outreach.queries.due import IN_CONTACT
from samnarvaro.outreach.web import shown, texts
from samnarvaro.outreach.web.forms import ContactForm, CorrectForm
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts as reach


@require_safe
def log(request: StaffRequest, public: UUID) -> HttpResponse:
    """All contacts about a pupil; with `?q=` those that hold the words."""
    pupil = _pupil(request, public)
    words = request.GET.get("q", "").strip()[:80]
    found = contacts.of_pupil(pupil.pk, by=request.scope, on=request.today, words=words)
    return show(
        request,
        "outreach/contacts.html",
        {
            "pupil": pupil,
            "lines": [shown.line(each) for each in found.contacts],
            "all_there_are": found.all_there_are,
            "is_whole": found.is_whole,
            "words": words,
            "may_add": request.scope.role in IN_CONTACT,
        },
        part="outreach/_log.html",
        tells=Disclosure([pupil.pk], shown.classes_of(found.contacts)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, public: UUID) -> HttpResponse:
    """Add a contact by hand."""
    pupil = _pupil(request, public)
    reachable = reach.guardians(pupil.pk, on=request.today, by=request.scope)
    form = ContactForm(request.POST or None, reachable=reachable, today=request.today)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        try:
            services.record(told, pupil=public, by=request.scope, at=request.now, on=request.today)
        except services.CannotKeep as refused:
            form.refuse(refused.missing)
        else:
            toasts.say(request, str(texts.SAVED[told.outcome or Outcome.REACHED]))
            return redirect("outreach:contacts", public)
    return _form_page(request, "outreach/add.html", pupil, form)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, public: UUID) -> HttpResponse:
    """Tell one's own contact of today anew; `?kontakt=` says which."""
    pupil = _pupil(request, public)
    contact = _contact(request)
    if contact is None:
        return redirect("outreach:contacts", public)
    known = contacts.get(contact, pupil=pupil.pk, by=request.scope, on=request.today)
    if known is None:
        raise Http404
    if not known.is_mine_to_correct:
        return redirect("outreach:contacts", public)
    reachable = reach.guardians(
        pupil.pk, on=request.today, by=request.scope, for_call=known.is_mine_to_correct
    )
    form = CorrectForm(request.POST or None, shown=known, reachable=reachable, today=request.today)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        words = texts.done_words(told, known.about or Need.FIRST_DAY)
        try:
            services.correct(
                contact, told, pupil=public, words=words,
                by=request.scope, at=request.now, on=request.today,
            )  # fmt: skip
        except services.CannotKeep as refused:
            form.refuse(refused.missing)
        else:
            toasts.say(request, str(texts.CORRECTED))
            return redirect("outreach:contacts", public)
    return _form_page(request, "outreach/correct.html", pupil, form)


def _pupil(request: StaffRequest, public: UUID) -> Any:
    try:
        return people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None


def _contact(request: StaffRequest) -> UUID | None:
    sent = request.GET.get("kontakt", "")
    if not sent:
        return None
    try:
        return UUID(sent)
    except ValueError:
        raise Http404 from None


def _form_page(request: StaffRequest, page: str, pupil: Any, form: ContactForm) -> HttpResponse:
    return show(
        request,
        page,
        {"pupil": pupil, "form": form},
        status=422 if form.errors else 200,
        tells=Disclosure([pupil.pk], shown.ALL),
    )
