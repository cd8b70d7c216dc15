"""The page of a school, and each of its pictures by itself and as a file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samnarvaro.base import sections
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.pictures import Picture
from samnarvaro.base.web import pictures as alone
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.staircase.web import reading
from samnarvaro.staircase.web.overview import Overview, overview

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE})
NOBODY = Disclosure(frozenset(), TELLS, "list")  # sums name nobody


def _seen(request: StaffRequest, public: UUID) -> tuple[reading.School, Overview]:
    try:
        unit = reading.school(public, by=request.scope)
    except reading.NotTheViewers:
        raise Http404 from None
    return unit, overview(unit, request.GET, by=request.scope, on=request.today)


def _picture(seen: Overview, key: str) -> Picture:
    for picture in seen.pictures:
        if picture.key == key:
            return picture
    raise Http404


@require_safe
def school(request: StaffRequest, public: UUID) -> HttpResponse:
    """How it stands at a school, or in what of it is picked."""
    unit, seen = _seen(request, public)
    return show(
        request,
        "staircase/school.html",
        {
            "school": unit,
            "seen": seen,
            "presence": seen.presence,
            "sections": sections.collect(
                "school", scope=request.scope, school=unit, today=request.today
            ),
        },
        part="staircase/_school.html",
        tells=Disclosure(seen.named, TELLS, "list"),
    )


@require_safe
def picture(request: StaffRequest, public: UUID, key: str) -> HttpResponse:
    """One picture of a school with its table."""
    unit, seen = _seen(request, public)
    over = f"{unit.name}, {seen.picked.name}" if seen.picked.name else unit.name
    back = reverse("staircase:school", args=[public]) + seen.picked.query
    return alone.page(request, _picture(seen, key), over=over, back=back, tells=NOBODY)


@require_safe
def picture_file(request: StaffRequest, public: UUID, key: str, form: str) -> HttpResponse:
    """The same as a file."""
    _unit, seen = _seen(request, public)
    return alone.file(request, _picture(seen, key), form, tells=NOBODY)
