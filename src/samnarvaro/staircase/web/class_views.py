"""The page of a class, and each of its pictures by itself and as a file."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samnarvaro.base import sections
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, one_by_one, show
from samnarvaro.base.pictures import Picture
from samnarvaro.base.web import pictures as alone
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.staircase.domain.tiers import Tier
from samnarvaro.staircase.queries import school_measures as measures
from samnarvaro.staircase.web import class_pictures, measure_shown, reading
from samnarvaro.staircase.web.lists import in_order
from samnarvaro.staircase.web.picking import SchoolClass
from samnarvaro.staircase.web.reading import Lists, School
from samnarvaro.worklist import queries as worklist

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


def _class(request: StaffRequest, public: UUID) -> tuple[School, SchoolClass, Lists]:
    try:
        unit, group = reading.school_class(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None
    return (
        unit,
        group,
        reading.lists(unit.pk, on=request.today, by=request.scope, group=group.pk),
    )


def _tells(found: Lists) -> Disclosure:
    pupils = {row.pk for row in found.rows} | worklist.pupils_of(found.work)
    return Disclosure(frozenset(pupils), TELLS, "list")


@require_safe
def school_class(request: StaffRequest, public: UUID) -> HttpResponse:
    """The pupils of a class with their figures and steps, its patterns, and its rows of work."""
    unit, group, found = _class(request, public)
    rows = in_order(found.rows, request.GET.get("sort", ""), found.lengths, "name")
    parts = sections.collect(
        "class",
        scope=request.scope,
        school=unit,
        group=group,
        pupils=found.rows,
        lengths=found.lengths,
        today=request.today,
    )
    return show(
        request,
        "staircase/class.html",
        {
            "school": unit,
            "follows_school": unit.pk in request.scope.units,
            "group": group,
            "mentors": found.mentors.get(group.pk, ()),
            "on_steps": sum(row.level > 0 for row in rows),
            "found": found,
            "measures": [
                measure_shown.show(each)
                for each in measures.of_class(group.pk, by=request.scope, on=request.today)
            ],
            "choose_url": _choose_url(request, unit, group),
            "page": rows,
            "pupils": [row.public for row in rows],
            "pictures": class_pictures.pictures(
                unit, group, found, by=request.scope, on=request.today
            ),
            "sections": parts,
        },
        tells=_with_sections(_tells(found), parts),
    )


def _with_sections(tells: Disclosure, parts: Sequence[sections.Section]) -> list[Disclosure]:
    """Of whom the page tells what, with what other rooms' sections tell beside its own."""
    told = dict.fromkeys(tells.pupils, tells.classes)
    for part in parts:
        for pupil in part.pupils:
            more = part.of_each.get(pupil, part.classes)
            told[pupil] = told.get(pupil, frozenset()) | more
    return one_by_one(told, tells.action)


def _choose_url(request: StaffRequest, unit: School, group: SchoolClass) -> str:
    """Where something is chosen for a class, by who does so; nothing for others."""
    if not measures.may_change(unit.pk, by=request.scope):
        return ""
    return measure_shown.choose_url(unit.public, Tier.UNIVERSAL, group=group)


def _picture(request: StaffRequest, public: UUID, key: str) -> tuple[str, Picture, Disclosure]:
    unit, group, found = _class(request, public)
    every = class_pictures.pictures(unit, group, found, by=request.scope, on=request.today)
    shown = next((picture for picture in every if picture.key == key), None)
    if shown is None:
        raise Http404
    named = _tells(found) if key == class_pictures.PUPILS else Disclosure((), TELLS, "list")
    return f"{group.name}, {unit.name}", shown, named


@require_safe
def picture(request: StaffRequest, public: UUID, key: str) -> HttpResponse:
    """One picture of a class with its table."""
    over, shown, tells = _picture(request, public, key)
    back = reverse("staircase:class", args=[public])
    return alone.page(request, shown, over=over, back=back, tells=tells)


@require_safe
def picture_file(request: StaffRequest, public: UUID, key: str, form: str) -> HttpResponse:
    """The same as a file."""
    _over, shown, tells = _picture(request, public, key)
    return alone.file(request, shown, form, tells=tells)
