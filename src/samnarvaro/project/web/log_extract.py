"""The extract of the log, given out by who leads the school: to the pupil or to a guardian."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.audit.domain.extract import Reader
from samnarvaro.base import clock
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, let_out, show
from samnarvaro.base.pdf import answers
from samnarvaro.base.safe_csv import as_csv
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts
from samnarvaro.project import addresses, log_extract, log_sheet
from samnarvaro.project.log_extract import Line

TELLS = frozenset({DataClass.NAME, DataClass.READ_LOG})
ITSELF = "elev"
A_PAGE = 200


@dataclass(frozen=True, slots=True)
class To:
    """Somebody whom the extract can be for: the pupil itself, or one of its guardians."""

    key: str
    name: str
    reader: Reader

    @property
    def target(self) -> str:
        return self.key if self.reader is Reader.PUPIL else f"guardian:{self.key}"


def readers(pupil: int, name: str, request: StaffRequest) -> list[To]:
    found = contacts.guardians(pupil, on=request.today, by=request.scope)
    return [
        To(ITSELF, name, Reader.PUPIL),
        *(To(str(each.public), each.name, Reader.GUARDIAN) for each in found),
    ]


@require_safe
def extract(request: StaffRequest, public: UUID) -> HttpResponse:
    """First for whom; then everybody who has been shown the pupil, on a page, on paper or as a file."""
    try:
        pupil = people.get(public, by=request.scope)
    except people.NoSuchPupil:
        raise Http404 from None
    choices = readers(pupil.pk, pupil.name, request)
    wanted = request.GET.get("for", "")
    to = next((each for each in choices if each.key == wanted), None)
    if wanted and to is None:
        raise Http404
    context = {"pupil": pupil, "choices": choices, "to": to, "is_protected": pupil.protection > 0}
    if to is None:
        return show(request, "project/log_extract.html", context, tells=_tells(pupil.pk))
    found = log_extract.lines(
        str(public), is_protected=pupil.protection > 0, reader=to.reader, by=request.scope
    )
    form = {"csv": "csv", "pdf": "pdf", "allt": "paper"}.get(request.GET.get("form", ""), "page")
    if form == "pdf":
        return _sheet(request, pupil, to, found, is_protected=pupil.protection > 0)
    log_extract.note_given(
        str(public), to=to.target, form=form, count=len(found), by=request.scope, at=request.now
    )
    if form == "csv":
        return _file(request, pupil.pk, found)
    per_page = max(len(found), 1) if form == "paper" else A_PAGE
    page = Paginator(found, per_page).get_page(request.GET.get("page"))
    context |= {"page": page, "count": len(found), "is_whole": form == "paper"}
    return show(
        request,
        "project/log_extract.html",
        context,
        tells=_tells(pupil.pk, "print" if form == "paper" else "view"),
    )


def _tells(pupil: int, action: str = "view") -> Disclosure:
    return Disclosure([pupil], TELLS, action)


def _file(request: StaffRequest, pupil: int, found: list[Line]) -> HttpResponse:
    header = [
        _("Dag"), _("Klockan"), _("Namn"), _("Roll"), _("Enhet"), _("Vad"), _("Hur"), _("Skäl"),
    ]  # fmt: skip
    rows = [
        [
            date_format(each.at.astimezone(clock.SWEDEN), "Y-m-d"),
            date_format(each.at.astimezone(clock.SWEDEN), "H:i"),
            each.who, each.role, each.unit, each.kinds, each.way, each.ground,
        ]
        for each in found
    ]  # fmt: skip
    response = HttpResponse(as_csv(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="loggutdrag-{request.today}.csv"'
    return let_out(request, response, _tells(pupil, "export"))


def _sheet(
    request: StaffRequest, pupil: ShownPupil, to: To, found: list[Line], *, is_protected: bool
) -> HttpResponse:
    """On paper for the family, unless the pupil or the reader is another by the time it is printed."""

    def still() -> bool:
        try:
            now = people.get(pupil.public, by=request.scope)
        except people.NoSuchPupil:
            return False
        known = readers(now.pk, now.name, request)
        return (now.protection > 0) is is_protected and to in known

    answer = answers.hand_out(
        request,
        log_sheet.sheet(
            found,
            about=pupil.name,
            to=to.name,
            on=request.today,
            foot=answers.foot(request, named=not is_protected),
            is_protected=is_protected,
        ),
        name="loggutdrag",
        tells=_tells(pupil.pk, "pdf"),
        still=still,
    )
    log_extract.note_given(
        str(pupil.public), to=to.target, form="pdf", count=len(found), by=request.scope,
        at=request.now,
    )  # fmt: skip
    return answer


def way_to_extract(*, scope: Scope, pupil: ShownPupil, **_facts: object) -> Section | None:
    """On the pupil page, for who may give it out: the way to the extract."""
    if not addresses.RULES["log_extract"].opens_to(scope.role):
        return None
    return Section("project/_log_extract_way.html", {"public": pupil.public})
