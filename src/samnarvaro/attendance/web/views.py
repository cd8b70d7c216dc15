"""A pupil's lessons further back, by themselves or as the part of the pupil's page."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from samnarvaro.attendance.queries import lessons as queries
from samnarvaro.attendance.web import sections
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.people import queries as people


@require_safe
def lessons(request: StaffRequest, public: UUID) -> HttpResponse:
    """Twenty school days of lessons, up to `?till=` or today."""
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    until = min(_day(request.GET.get("till", "")) or request.today, request.today)
    found = queries.lessons(pupil.pk, until=until, by=request.scope)
    return show(
        request,
        "attendance/lessons.html",
        {"pupil": pupil, **sections.lessons_context(found, public)},
        part="attendance/_lessons.html",
        tells=Disclosure([pupil.pk], sections.TELLS),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
