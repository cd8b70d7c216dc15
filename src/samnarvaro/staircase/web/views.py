"""A school, the pupils on one step of its staircase, a class, and the rows nobody has acted on."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.staircase.web import lists, reading, texts
from samnarvaro.staircase.web.forms import ClassFilter
from samnarvaro.staircase.web.lists import Listed, in_order
from samnarvaro.staircase.web.overview import overview
from samnarvaro.worklist import queries as worklist

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
ROWS_A_PAGE = 50


def _tells(pupils: Iterable[int]) -> Disclosure:
    return Disclosure(frozenset(pupils), TELLS, "list")


def _school(request: StaffRequest, public: UUID) -> reading.School:
    try:
        return reading.school(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None


def _page(request: StaffRequest, rows: Sequence[Any]) -> Page[Any]:
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))


@require_safe
def school(request: StaffRequest, public: UUID) -> HttpResponse:
    """How it stands at a school: presence, the staircase, what nobody has done, the classes."""
    unit = _school(request, public)
    seen = overview(unit, by=request.scope, on=request.today)
    return show(
        request,
        "staircase/school.html",
        {"school": unit, "seen": seen},
        tells=_tells(seen.named),
    )


@require_safe
def level(request: StaffRequest, public: UUID, level: int) -> HttpResponse:
    """The pupils whose highest step is this one."""
    unit = _school(request, public)
    found = reading.lists(unit.pk, on=request.today, by=request.scope)
    rules = [rule for rule in found.book.rules if rule.level == level]
    if not rules:
        raise Http404
    here = [row for row in found.rows if row.level == level]
    form = ClassFilter(request.GET or None, found.classes.values())
    chosen = form.chosen
    rows = [row for row in here if chosen is None or row.school_class == chosen]
    page = _page(request, _sorted(request, rows, found, usual=f"-d{found.lengths[0]}"))
    return show(
        request,
        "staircase/level.html",
        {
            "school": unit,
            "step": texts.step(level),
            "rules": [texts.rule(rule) for rule in rules],
            "several_rules": len(rules) > 1,
            "acts": texts.who(rules[0].acts),
            "task": texts.TASK[rules[0].task],
            "count": len(here),
            "form": form,
            "chosen": chosen,
            "found": found,
            "page": page,
            "pupils": [row.public for row in page],
        },
        part="staircase/_level.html",
        tells=_tells(row.pk for row in page),
    )


def _sorted(
    request: StaffRequest, rows: Iterable[Listed], found: reading.Lists, usual: str
) -> list[Listed]:
    return in_order(rows, request.GET.get("sort", ""), found.lengths, usual)


@require_safe
def school_class(request: StaffRequest, public: UUID) -> HttpResponse:
    """The pupils of a class, with their figures and steps."""
    try:
        unit, group = reading.school_class(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None
    found = reading.lists(unit.pk, on=request.today, by=request.scope)
    rows = [row for row in found.rows if row.school_class == group]
    page = _page(request, _sorted(request, rows, found, usual="name"))
    return show(
        request,
        "staircase/class.html",
        {
            "school": unit,
            "follows_school": unit.pk in request.scope.units,
            "group": group,
            "mentors": people.mentor_names(group.pk, on=request.today),
            "on_steps": sum(row.level > 0 for row in rows),
            "found": found,
            "page": page,
            "pupils": [row.public for row in page],
        },
        tells=_tells(row.pk for row in page),
    )


@require_safe
def my_classes(request: StaffRequest) -> HttpResponse:
    """The class that one follows, or the list to choose from for who has several."""
    mine = people.my_groups(by=request.scope)
    if len(mine) == 1:
        return redirect("staircase:class", mine[0].public)
    return show(request, "staircase/my_classes.html", {"classes": mine})


@require_safe
def nobody_has_acted(request: StaffRequest, public: UUID) -> HttpResponse:
    """The rows of a school on which no act stands, the one that waited longest first."""
    unit = _school(request, public)
    waiting = worklist.nobody_has_acted(
        [unit.pk], by=request.scope, on=request.today, calendars=Calendars()
    )
    page = _page(request, lists.waiting(waiting))
    return show(
        request,
        "staircase/nobody_acted.html",
        {
            "school": unit,
            "page": page,
            "count": len(waiting),
            "pupils": [each.row.pupil_public for each in page],
        },
        tells=_tells(each.row.pupil for each in page),
    )
