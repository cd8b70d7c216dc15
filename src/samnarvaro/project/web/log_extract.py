"""The extract of the log, given to the pupil or a guardian: by who leads the school, or by who reviews
the log of the zone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
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
from samnarvaro.consents.domain.policy import EXTRACT_TELLS
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.people.queries import contacts
from samnarvaro.project import addresses, log_extract, log_sheet
from samnarvaro.project.log_extract import Line

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


@dataclass(frozen=True, slots=True)
class Of:
    """A pupil whose extract may be given by the viewer, and to whom: as it is at this moment."""

    pk: int
    public: UUID
    name: str
    is_protected: bool
    to: tuple[To, ...]


Look = Callable[[], Of | None]


def of(pupil: ShownPupil, guardians: Iterable[tuple[UUID, str]], *, is_protected: bool) -> Of:
    return Of(
        pupil.pk,
        pupil.public,
        pupil.name,
        is_protected,
        (
            To(ITSELF, pupil.name, Reader.PUPIL),
            *(To(str(public), name, Reader.GUARDIAN) for public, name in guardians),
        ),
    )


@require_safe
def extract(request: StaffRequest, public: UUID) -> HttpResponse:
    """For who leads the school: the extract of one of its pupils."""

    def look() -> Of | None:
        try:
            pupil = people.get(public, by=request.scope)
        except people.NoSuchPupil:
            return None
        found = contacts.guardians(pupil.pk, on=request.today, by=request.scope)
        named = [(each.public, each.name) for each in found]
        return of(pupil, named, is_protected=pupil.protection > 0)

    return give(request, look, back=reverse("pupil", args=[public]))


def give(request: StaffRequest, look: Look, *, back: str) -> HttpResponse:
    """First for whom; then everybody who has been shown the pupil, on a page, on paper or as a file."""
    pupil = look()
    if pupil is None:
        raise Http404
    wanted = request.GET.get("for", "")
    to = next((each for each in pupil.to if each.key == wanted), None)
    if wanted and to is None:
        raise Http404
    context: dict[str, object] = {"pupil": pupil, "to": to, "back": back}
    if to is None:
        return show(request, "project/log_extract.html", context, tells=_tells(pupil.pk))
    found = log_extract.lines(
        str(pupil.public), is_protected=pupil.is_protected, reader=to.reader, by=request.scope
    )
    form = {"csv": "csv", "pdf": "pdf", "allt": "paper"}.get(request.GET.get("form", ""), "page")
    if form == "pdf":
        return _sheet(request, look, pupil, to, found)
    log_extract.note_given(
        str(pupil.public), to=to.target, form=form, count=len(found), by=request.scope,
        at=request.now,
    )  # fmt: skip
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
    return Disclosure([pupil], EXTRACT_TELLS, action)


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


def _sheet(request: StaffRequest, look: Look, pupil: Of, to: To, found: list[Line]) -> HttpResponse:
    """On paper for the family, unless the pupil or the reader is another by the time it is printed."""

    def still() -> bool:
        now = look()
        return now is not None and now.is_protected is pupil.is_protected and to in now.to

    answer = answers.hand_out(
        request,
        log_sheet.sheet(
            found,
            about=pupil.name,
            to=to.name,
            on=request.today,
            foot=answers.foot(request, named=not pupil.is_protected),
            is_protected=pupil.is_protected,
        ),
        name="loggutdrag",
        tells=_tells(pupil.pk, "pdf"),
        still=still,
    )
    if answer.status_code != HTTPStatus.OK:
        return answer  # nothing was given
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
