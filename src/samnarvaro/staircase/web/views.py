"""Lists of a school: who is on a step, on a tier, or was in a week; what nobody has done."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, one_by_one, show
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain.tiers import SHIPPED, Tier
from samnarvaro.staircase.queries.support import tiers
from samnarvaro.staircase.web import lists, reading, support_texts, texts
from samnarvaro.staircase.web.lists import Listed, in_order
from samnarvaro.staircase.web.picking import PickForm
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


def _read(request: StaffRequest, unit: reading.School) -> reading.Lists:
    book = request.GET.get("regelverk")
    return reading.lists(unit.pk, on=request.today, by=request.scope, book=book)


def _page(request: StaffRequest, rows: Sequence[Any]) -> Page[Any]:
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))


@require_safe
def level(request: StaffRequest, public: UUID, level: int) -> HttpResponse:
    """The pupils whose highest step is this one."""
    unit = _school(request, public)
    found = _read(request, unit)
    rules = [rule for rule in found.book.rules if rule.level == level]
    if not rules:
        raise Http404
    facts = {
        "title": texts.step(level),
        "rules": [texts.rule(rule) for rule in rules],
        "several_rules": len(rules) > 1,
        "acts": texts.who(rules[0].acts),
        "task": texts.TASK[rules[0].task],
    }
    here = [row for row in found.rows if row.level == level]
    return _list(request, unit, found, here, "staircase/level.html", facts)


@require_safe
def tier(request: StaffRequest, public: UUID, tier: int) -> HttpResponse:
    """The pupils whose highest tier of support is this one."""
    unit = _school(request, public)
    if tier not in set(Tier):
        raise Http404
    found = _read(request, unit)
    facts = {
        "title": support_texts.TIER[Tier(tier)],
        "who": support_texts.WHO[Tier(tier)],
        "items": [support_texts.ITEM[item] for item in SHIPPED[Tier(tier)]],
    }
    levels = {row.pk: row.level for row in found.rows}
    on_tier = tiers(levels, levels, by=request.scope)
    here = [row for row in found.rows if on_tier[row.pk] == tier]
    return _list(request, unit, found, here, "staircase/tier.html", facts)


@require_safe
def week(request: StaffRequest, public: UUID, year: int, week: int) -> HttpResponse:
    """The pupils who stood on the staircase at the end of a week, on the step they stood on then."""
    unit = _school(request, public)
    found = _read(request, unit)
    then = reading.week(unit.pk, found, (year, week), on=request.today, by=request.scope)
    if then is None:
        raise Http404
    day, standing = then
    here = [lists.as_of(row, standing[row.pk]) for row in found.rows if row.pk in standing]
    facts = {
        "title": _("Vecka %(week)s") % {"week": week},
        "day": day,
    }
    return _list(request, unit, found, here, "staircase/week.html", facts)


def _list(
    request: StaffRequest,
    unit: reading.School,
    found: reading.Lists,
    here: Sequence[Listed],
    template: str,
    facts: dict[str, object],
) -> HttpResponse:
    """Show some pupils of a school, narrowed to a class or a year, fifty a page."""
    form = PickForm(request.GET or None, found.classes.values(), found.books)
    rows = [row for row in here if form.picked.has(row.school_class)]
    usual = f"-d{found.lengths[0]}" if found.lengths else "name"
    page = _page(request, _sorted(request, rows, found, usual=usual))
    context = facts | {
        "school": unit,
        "count": len(here),
        "form": form,
        "picked": form.picked,
        "reset_url": request.path + form.picked.everything.query,
        "found": found,
        "page": page,
        "pupils": [row.public for row in page],
    }
    return show(
        request,
        template,
        context,
        part="staircase/_list.html",
        tells=_tells(row.pk for row in page),
    )


def _sorted(
    request: StaffRequest, rows: Iterable[Listed], found: reading.Lists, usual: str
) -> list[Listed]:
    return in_order(rows, request.GET.get("sort", ""), found.lengths, usual)


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
    pick = reading.pick(unit.pk, request.GET, by=request.scope)
    waiting = [each for each in waiting if each.row.pupil in pick.pupils]
    page = _page(request, lists.waiting(waiting))
    return show(
        request,
        "staircase/nobody_acted.html",
        {
            "school": unit,
            "page": page,
            "count": len(waiting),
            "picked": pick.form.picked,
            "pupils": [each.row.pupil_public for each in page],
        },
        tells=one_by_one(worklist.told_of_each(each.row for each in page), "list"),
    )
