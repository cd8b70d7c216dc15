"""The same act on many rows: they were ticked, one text is written, and all of it is done or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Missing
from samnarvaro.worklist.queries import Row
from samnarvaro.worklist.web import shown, texts
from samnarvaro.worklist.web.forms import OF_FORM, ActForm
from samnarvaro.worklist.web.views import back_of, kind_of


@dataclass(frozen=True, slots=True)
class Ticked:
    """A row that was ticked, and why it refuses the act, where it does."""

    row: Row
    why_not: tuple[str, ...]


@require_POST
def many(request: StaffRequest) -> HttpResponse:
    """Ask for what the act needs, and do it on all the rows that are ticked."""
    kind = kind_of(request)
    publics = _publics(request)
    if not publics:
        toasts.say(request, str(texts.NONE_TICKED), tone="attention")
        return HttpResponseRedirect(back_of(request))
    if "text" not in request.POST:
        return _ask(request, publics, ActForm(kind, "many", request.today))

    form = ActForm(kind, "many", request.today, request.POST)
    form.is_valid()
    try:
        count = services.act_on_many(
            publics, form.intent, by=request.scope, at=request.now, on=request.today
        )
    except services.NoSuchItem:
        raise Http404 from None
    except services.CannotActOnAll as refused:
        return _ask(request, publics, form, refused.refused)
    toasts.say(request, texts.acted_on_many(kind, count))
    return HttpResponseRedirect(back_of(request))


def _publics(request: StaffRequest) -> list[UUID]:
    """Return which rows were ticked. What is no row at all is as one that is not there."""
    sent = list(dict.fromkeys(request.POST.getlist("row")))
    if len(sent) > services.MOST_AT_ONCE:
        raise Http404
    try:
        return [UUID(public) for public in sent]
    except ValueError:
        raise Http404 from None


def _ask(
    request: StaffRequest,
    publics: list[UUID],
    form: ActForm,
    refused: Mapping[UUID, list[Missing]] | None = None,
) -> HttpResponse:
    """Show the ticked rows and what the act asks for; what all refuse alike stands by its field."""
    rows = queries.some(publics, by=request.scope, on=request.today)
    if len(rows) != len(publics):
        raise Http404
    refused = refused or {}
    of_form = {why for missing in refused.values() for why in missing} & OF_FORM
    form.refuse([why for why in Missing if why in of_form])
    ticked = [
        Ticked(
            row,
            tuple(texts.missing(why) for why in refused.get(row.public, ()) if why not in OF_FORM),
        )
        for row in rows
    ]
    return pages.show(
        request,
        "worklist/many.html",
        {
            "ticked": ticked,
            "some_refuse": any(each.why_not for each in ticked),
            "form": form,
            "title": texts.act_on(form.kind, len(rows)),
            "back": back_of(request),
        },
        status=422 if refused else 200,
        tells=shown.told_by_list(rows),
    )
