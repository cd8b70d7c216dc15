"""The curve of one pupil by itself, and as a file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import Disclosure
from samnarvaro.base.pictures import Picture
from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.web import pictures as alone
from samnarvaro.people import queries as people
from samnarvaro.staircase.web import curves, sections


def _curve(request: StaffRequest, public: UUID) -> tuple[ShownPupil, Picture, Disclosure]:
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    seen = curves.seen(pupil.pk, by=request.scope, on=request.today, once=Once())
    if seen is None:
        raise Http404
    return pupil, curves.picture(seen, public)[0], Disclosure([pupil.pk], sections.TELLS)


@require_safe
def curve(request: StaffRequest, public: UUID) -> HttpResponse:
    """The curve with its table, week for week."""
    pupil, shown, tells = _curve(request, public)
    back = reverse("pupil", args=[public])
    return alone.page(request, shown, over=pupil.name, back=back, tells=tells)


@require_safe
def curve_file(request: StaffRequest, public: UUID, form: str) -> HttpResponse:
    """The same as a file."""
    _pupil, shown, tells = _curve(request, public)
    return alone.file(request, shown, form, tells=tells)
