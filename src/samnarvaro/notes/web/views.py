"""Notes about a child: read and write them, and correct one's own."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.consents.queries import own
from samnarvaro.notes import queries, services
from samnarvaro.notes.domain import notes as domain
from samnarvaro.notes.web import texts
from samnarvaro.notes.web.forms import NoteForm


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: StaffRequest, tie: UUID) -> HttpResponse:
    """Show the notes about a child and take in a new one."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST":
            form.is_valid()
            services.write(
                tie=tie,
                text=form.cleaned_data.get("text", ""),
                by=request.scope,
                at=request.now,
            )
            toasts.say(request, str(texts.SAVED))
            return HttpResponseRedirect(reverse("notes:all", args=[tie]))
        return _page(request, tie, form)
    except services.CannotWrite as refused:
        form.refuse(refused.faults)
        return _page(request, tie, form, status=422)
    except own.NoSuchTie:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, tie: UUID, note: UUID) -> HttpResponse:
    """Show one's own note in a form and put the new text in its place."""
    try:
        about = own.tie(tie, by=request.scope)
        old = queries.one(note, by=request.scope)
        if not old.is_mine or old.pupil != about.pupil:
            raise queries.NoSuchNote
        form = NoteForm(request.POST if request.method == "POST" else None, initial=old.text)
        if request.method == "POST":
            return _correct(request, tie, old, form)
        return _page(request, tie, form, correcting=old)
    except (own.NoSuchTie, queries.NoSuchNote):
        raise Http404 from None


def _correct(
    request: StaffRequest, tie: UUID, old: queries.Written, form: NoteForm
) -> HttpResponse:
    form.is_valid()
    text = form.cleaned_data.get("text", "")
    try:
        services.correct(note=old.public, text=text, by=request.scope, at=request.now)
    except services.CannotWrite as refused:
        form.refuse(refused.faults)
        return _page(request, tie, form, status=422, correcting=old)
    toasts.say(request, str(texts.CORRECTED))
    return HttpResponseRedirect(reverse("notes:all", args=[tie]))


def _page(
    request: StaffRequest,
    tie: UUID,
    form: NoteForm,
    *,
    status: int = 200,
    correcting: queries.Written | None = None,
) -> HttpResponse:
    about = own.tie(tie, by=request.scope)
    of_class = domain.class_of(request.scope.zone)
    if of_class is None or not queries.may_write(about, by=request.scope):
        raise own.NoSuchTie
    return pages.show(
        request,
        "notes/notes.html",
        {
            "tie": about,
            "notes": queries.of_pupil(about.pupil, by=request.scope),
            "form": form,
            "correcting": correcting,
            "whose": texts.WHOSE[domain.branch_of(request.scope.zone)],
        },
        status=status,
        tells=Disclosure([about.pupil], frozenset({of_class})),
    )
