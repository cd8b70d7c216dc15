"""A pupil's lessons one by one, and the pictures of its attendance by themselves and as files."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.attendance.queries import lessons as queries
from samnarvaro.attendance.web import pictures, sections
from samnarvaro.attendance.web.forms import LessonFilter
from samnarvaro.attendance.web.lessons import LessonTable, as_table
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.once import Once
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.base.pictures import Picture
from samnarvaro.base.sections import ShownPupil
from samnarvaro.base.web import pictures as alone
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people

DAYS_A_PAGE = 10


def _pupil(request: StaffRequest, public: UUID) -> ShownPupil:
    try:
        return people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None


@require_safe
def lessons(request: StaffRequest, public: UUID) -> HttpResponse:
    """All lessons, ten days a page, narrowed by subject, by what was held of them, and by day."""
    pupil = _pupil(request, public)
    subjects = queries.subjects(pupil.pk, until=request.today, by=request.scope)
    form = LessonFilter(request.GET or None, subjects)
    wanted = form.wanted(request.today)
    found = queries.Lessons(pupil.pk, wanted, by=request.scope)
    page = Paginator(found.days, DAYS_A_PAGE).get_page(request.GET.get("page"))
    narrowed = request.GET.copy()
    narrowed.pop("page", None)
    context = {
        "pupil": pupil,
        "form": form,
        "page": page,
        "count": len(found.days),
        "file_url": _file_url(pupil, narrowed.urlencode(), by=request.scope),
        "table": LessonTable(found.read(list(page)), is_whole=wanted.is_everything),
    }
    return show(
        request,
        "attendance/lessons.html",
        context,
        part="attendance/_lessons.html",
        tells=Disclosure([pupil.pk], sections.TELLS),
    )


def _file_url(pupil: ShownPupil, narrowed: str, *, by: Scope) -> str:
    """Where the same lessons are as a file; nowhere for who has protected personal data."""
    if not people.open_among([pupil.public], by=by):
        return ""
    address = reverse("attendance:lessons_file", args=[pupil.public])
    return f"{address}?{narrowed}" if narrowed else address


@require_safe
def lessons_file(request: StaffRequest, public: UUID) -> HttpResponse:
    """The lessons of the page, of all its days, as a file: for none whose personal data is protected."""
    pupil = _pupil(request, public)
    if not people.open_among([public], by=request.scope):
        raise Http404
    subjects = queries.subjects(pupil.pk, until=request.today, by=request.scope)
    wanted = LessonFilter(request.GET or None, subjects).wanted(request.today)
    found = queries.Lessons(pupil.pk, wanted, by=request.scope)
    table = as_table(found.read(found.days))
    tells = Disclosure([pupil.pk], sections.TELLS)
    return alone.table_file(request, table, _("lektioner"), tells=tells)


def _picture(request: StaffRequest, pupil: ShownPupil, key: str) -> Picture:
    found = pictures.picture(
        key, pupil.pk, pupil.public, by=request.scope, on=request.today, once=Once()
    )
    if found is None:
        raise Http404
    return found


@require_safe
def picture(request: StaffRequest, public: UUID, key: str) -> HttpResponse:
    """One picture of a pupil's attendance with its table."""
    pupil = _pupil(request, public)
    shown = _picture(request, pupil, key)
    tells = Disclosure([pupil.pk], sections.TELLS)
    return alone.page(request, shown, over=pupil.name, back=pictures.page_of(public), tells=tells)


@require_safe
def picture_file(request: StaffRequest, public: UUID, key: str, form: str) -> HttpResponse:
    """The same as a file."""
    pupil = _pupil(request, public)
    shown = _picture(request, pupil, key)
    return alone.file(request, shown, form, tells=Disclosure([pupil.pk], sections.TELLS))
