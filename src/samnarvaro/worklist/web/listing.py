"""The work list to choose in, what a meeting takes up, and ways to look that one has saved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from samnarvaro.base import pages, toasts
from samnarvaro.base.http import StaffRequest
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.choosing import Choice, Order, chosen, from_data
from samnarvaro.worklist.domain.rows import Act, held_by
from samnarvaro.worklist.queries import Row, View
from samnarvaro.worklist.web import shown, texts
from samnarvaro.worklist.web.choosing import ALL, ChoiceForm, ViewForm, address, address_of
from samnarvaro.worklist.web.forms import MEETING, OWN_LIST

ROWS_A_PAGE = 25
ROWS_OF_A_MEETING = 60


def _page(request: StaffRequest, rows: Sequence[Row], most: int) -> Page[Row]:
    return Paginator(rows, most).get_page(request.GET.get("page"))


def _ready(
    request: StaffRequest, rows: Iterable[Row], kinds: Sequence[Act] = OWN_LIST
) -> list[shown.ShownRow]:
    """Make rows ready, with their ticks; without JavaScript all are ticked by an address."""
    tick = shown.Tick(request.GET.get("ticked") == ALL)
    back = request.get_full_path()
    return [shown.show(row, request.today, back=back, kinds=kinds, tick=tick) for row in rows]


def _round_of(rows: Iterable[Row]) -> list[UUID]:
    """Return whom these rows are about (public ids), for who may open their pages."""
    return [row.pupil_public for row in rows if row.pupil_public and row.opens_pupil]


def _all_ticked(request: StaffRequest) -> str:
    """Return the address of the same page with all its rows ticked."""
    query = request.GET.copy()
    query["ticked"] = ALL
    return f"?{query.urlencode()}"


@require_safe
def rows(request: StaffRequest) -> HttpResponse:
    """The viewer's own rows, to choose among; opens with the saved view that it chose for that."""
    views = queries.saved_views(by=request.scope)
    first = next((view for view in views if view.is_default), None)
    if first and not request.GET:
        return redirect(address_of(first))

    mine = queries.all_mine(by=request.scope, on=request.today)
    form = ChoiceForm(request.GET, mine)
    page = _page(request, chosen(mine, form.choice), ROWS_A_PAGE)
    today = queries.acted_today(by=request.scope, on=request.today)
    now = _current(request, views)
    return pages.show(
        request,
        "worklist/list.html",
        {
            "page": page,
            "pupils": _round_of(page.object_list),
            "rows": _ready(request, page.object_list),
            "all": len(mine),
            "form": form,
            "views": [(view, address_of(view), view == now) for view in views],
            "view": now,
            "all_url": address(Choice(), ALL),
            "view_form": ViewForm(view=now) if now else ViewForm(),
            "choices": texts.pairs(form.choice),
            "ticked_url": _all_ticked(request),
            "back": request.get_full_path(),
            "done_today": [
                shown.show(row, request.today, back=request.get_full_path()) for row in today
            ],
            "done_label": texts.done_today(len(today)),
            "meetings": _meetings(request),
        },
        tells=shown.told_by_list([*page.object_list, *today]),
    )


def _current(request: StaffRequest, views: Sequence[View]) -> View | None:
    asked = request.GET.get("view", "")
    return next((view for view in views if str(view.public) == asked), None)


def _meetings(request: StaffRequest) -> dict[str, bool]:
    """Tell which meetings the viewer's role takes part in."""
    held = held_by(request.scope.role)
    return {
        "conference": Holder.TEAM_CONFERENCE in held,
        "student_health": Holder.STUDENT_HEALTH_TEAM in held,
    }


@require_safe
def conference(request: StaffRequest) -> HttpResponse:
    """What the team's conference takes up: the pupils of its classes about whom there is a row."""
    return _meeting(request, queries.CONFERENCE, texts.CONFERENCE)


@require_safe
def student_health(request: StaffRequest) -> HttpResponse:
    """What the student health team takes up: what has come to the team, and its monthly control."""
    return _meeting(request, queries.STUDENT_HEALTH, texts.STUDENT_HEALTH)


def _meeting(
    request: StaffRequest, holders: Collection[Holder], words: texts.MeetingWords
) -> HttpResponse:
    found = queries.agenda(holders, by=request.scope, on=request.today)
    form = ChoiceForm(request.GET, found.rows)
    group = Choice(group=form.choice.group, order=Order.CLASS)
    page = _page(request, chosen(found.now, group), ROWS_OF_A_MEETING)
    later = chosen(found.another_time, group)
    return pages.show(
        request,
        "worklist/agenda.html",
        {
            "words": words,
            "page": page,
            "pupils": _round_of(page.object_list),
            "rows": [_with_whom(each) for each in _ready(request, page.object_list, MEETING)],
            "later": [_with_whom(_untickable(each)) for each in _ready(request, later, MEETING)],
            "later_label": texts.another_time(len(later)),
            "form": form,
            "ticked_url": _all_ticked(request),
            "back": request.get_full_path(),
        },
        tells=shown.told_by_list([*page.object_list, *later]),
    )


def _untickable(each: shown.ShownRow) -> shown.ShownRow:
    """What is put off to another time is not among those one ticks."""
    return replace(each, tick=None)


def _with_whom(each: shown.ShownRow) -> shown.ShownRow:
    return each if each.row.is_held else shown.with_whom(each)


@require_POST
def save_view(request: StaffRequest) -> HttpResponse:
    """Save the choices that the list stands in under a name."""
    choice, form = from_data(request.POST.dict()), ViewForm(request.POST)
    form.is_valid()
    try:
        public = services.save_view(
            form.cleaned_data.get("name", ""),
            choice,
            is_default=form.cleaned_data["is_default"],
            by=request.scope,
            at=request.now,
        )
    except services.CannotSaveView as refused:
        return _name_again(request, form, refused, choice=choice)
    toasts.say(request, str(texts.VIEW_SAVED))
    return HttpResponseRedirect(address(choice, public))


@require_POST
def change_view(request: StaffRequest, public: UUID) -> HttpResponse:
    """Rename a saved view, make it the first, or throw it away."""
    views = {view.public: view for view in queries.saved_views(by=request.scope)}
    if public not in views:
        raise Http404
    if "delete" in request.POST:
        services.delete_view(public, by=request.scope, at=request.now)
        toasts.say(request, str(texts.VIEW_DELETED))
        return HttpResponseRedirect(address(Choice(), ALL))
    form = ViewForm(request.POST, views[public])
    form.is_valid()
    facts: dict[str, Any] = {"by": request.scope, "at": request.now}
    facts |= {"is_default": form.cleaned_data["is_default"]}
    try:
        services.change_view(public, name=form.cleaned_data.get("name", ""), **facts)
    except services.CannotSaveView as refused:
        return _name_again(request, form, refused, view=views[public])
    toasts.say(request, str(texts.VIEW_SAVED))
    return HttpResponseRedirect(address_of(views[public]))


def _name_again(
    request: StaffRequest,
    form: ViewForm,
    refused: services.CannotSaveView,
    *,
    choice: Choice | None = None,
    view: View | None = None,
) -> HttpResponse:
    """Ask for the name once more, with why; what was chosen is kept."""
    form.refuse(refused.faults)
    kept = choice if choice is not None else from_data(view.choices if view else {})
    return pages.show(
        request,
        "worklist/view.html",
        {"form": form, "view": view, "choices": texts.pairs(kept), "back": address(kept)},
        status=422,
    )
