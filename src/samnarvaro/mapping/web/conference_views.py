"""The notes of a class, and one of them: read it, or go on writing in it until it is locked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samnarvaro.base import toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import show
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.conferences import Kind
from samnarvaro.mapping.queries import conferences as queries
from samnarvaro.mapping.queries.places import NotTheViewers, SchoolClass
from samnarvaro.mapping.services import conferences as services
from samnarvaro.mapping.web.conference_form import BEGIN, KIND, NoteForm


@require_http_methods(["GET", "HEAD", "POST"])
def of_class(request: StaffRequest, public: UUID) -> HttpResponse:
    """What is open, and the notes; posted to, a new one is begun or something is done."""
    try:
        of = queries.conferring(public, by=request.scope)
        if request.method == "POST":
            return _act(request, public)
    except (NotTheViewers, queries.NoSuchNote, ValueError):
        raise Http404 from None
    found = queries.of_class(of.pk, by=request.scope)
    return show(
        request,
        "mapping/conferences.html",
        _place(request, of)
        | {
            "open": queries.open_decisions(of.pk, by=request.scope),
            "drafts": [(each, KIND[each.kind]) for each in found if not each.is_final],
            "notes": [(each, KIND[each.kind]) for each in found if each.is_final],
            "begins": [(kind.value, BEGIN[kind]) for kind in Kind],
        },
    )


def _act(request: StaffRequest, public: UUID) -> HttpResponse:
    """Raises ValueError for what is no id and no kind."""
    if done := request.POST.get("done"):
        services.tick(UUID(done), group=public, by=request.scope, at=request.now, on=request.today)
        toasts.say(request, _("Det är gjort."))
        return redirect("classes:notes", public)
    kind = Kind(request.POST.get("kind", ""))
    made = services.begin(public, kind=kind, by=request.scope, at=request.now, on=request.today)
    return redirect("classes:note", public, made)


def _place(request: StaffRequest, of: SchoolClass) -> dict[str, object]:
    """The class, and whether the viewer has the page of it: a teacher has not."""
    return {"of": of, "has_page": request.scope.reads(DataClass.ATTENDANCE)}


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, public: UUID, note: UUID) -> HttpResponse:
    """An own draft as its form, beside what was decided before; a locked one to read."""
    try:
        of = queries.conferring(public, by=request.scope)
        seen = queries.one(note, of.pk, by=request.scope)
        sent = request.POST if request.method == "POST" else None
        form = NoteForm(seen.told, sent)
        if sent is not None and (answer := _written(request, public, note, form)):
            return answer
    except (NotTheViewers, queries.NoSuchNote):
        raise Http404 from None
    context = _place(request, of) | {"note": seen, "title": KIND[seen.kind]}
    if seen.is_final:
        return show(request, "mapping/conference.html", context)
    context |= {"form": form, "open": queries.open_decisions(of.pk, by=request.scope)}
    return show(
        request, "mapping/conference_draft.html", context, status=422 if form.errors else 200
    )


def _written(
    request: StaffRequest, public: UUID, note: UUID, form: NoteForm
) -> HttpResponse | None:
    """Save all that is written, whichever button was pressed; None where it is refused."""
    act = request.POST.get("act", "save")
    if act == "discard":
        services.discard(note, group=public, by=request.scope, at=request.now)
        toasts.say(request, _("Utkastet är borta."))
        return redirect("classes:notes", public)
    if not form.is_valid():
        return None
    try:
        services.save(
            note, form.told(), group=public, locks=act == "lock", by=request.scope,
            at=request.now, on=request.today,
        )  # fmt: skip
    except services.CannotNote as refused:
        form.refuse(refused.faults)
        return None
    if act == "lock":
        toasts.say(request, _("Anteckningen är klar och låst."))
        return redirect("classes:notes", public)
    toasts.say(request, _("Utkastet är sparat."))
    return redirect("classes:note", public, note)
