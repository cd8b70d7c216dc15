"""For the principal: whose guardians know of today's unexcused absence, and whose do not yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.base import labels
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure, show
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.outreach.queries import due
from samnarvaro.outreach.queries.due import Informed, Standing
from samnarvaro.outreach.web import texts

TELLS = frozenset({DataClass.NAME, DataClass.ATTENDANCE, DataClass.CAUSE})


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil and how far it has come."""

    public: UUID
    name: str
    group: str
    standing: str
    tone: str
    detail: str
    whose: str


@dataclass(frozen=True, slots=True)
class Day:
    """A school's day in numbers and by pupil, those first whose homes do not know yet."""

    told: int
    of: int
    skipped: int
    found: list[Informed]

    @property
    def lines(self) -> list[Line]:
        return [_line(each) for each in self.found]

    def missing(self, most: int) -> tuple[list[Informed], int]:
        """The first whose homes do not know yet, and how many more they are."""
        count = self.of - self.told - self.skipped
        return self.found[: min(count, most)], max(0, count - most)


def day_of(units: list[int], on: date, *, by: Scope) -> Day:
    found = due.informed(units, on, by=by)
    counted = [each.standing for each in found]
    return Day(
        told=counted.count(Standing.TOLD) + counted.count(Standing.DONE),
        of=len(found),
        skipped=counted.count(Standing.SKIPPED),
        found=found,
    )


def _line(each: Informed) -> Line:
    standing, tone = {
        Standing.TOLD: (_("Informerad"), "good"),
        Standing.DONE: (_("Klart på annat sätt"), "good"),
        Standing.SKIPPED: (_("Behövdes inte"), "plain"),
        Standing.MISSING: (_("Saknas"), "attention"),
    }[each.standing]
    return Line(
        each.public,
        each.name,
        each.group,
        standing,
        tone,
        _detail(each),
        str(labels.HOLDER[each.holder]),
    )


def _detail(each: Informed) -> str:
    if each.standing is Standing.MISSING:
        return texts.attempts(each.attempts) if each.attempts else _("inget försök ännu")
    who = {"who": each.by_name}
    if each.at:
        return _("%(who)s, klockan %(time)s") % (who | {"time": texts.clock_of(each.at)})
    return f"{each.by_name}: {each.words}"


@require_safe
def informed(request: StaffRequest, public: UUID) -> HttpResponse:
    """One school's day: today, or the one in `?dag=`."""
    try:
        unit = organisation.unit(public)
    except organisation.NoSuchUnit:
        raise Http404 from None
    if unit.pk not in request.scope.units:
        raise Http404
    on = min(_day(request.GET.get("dag", "")) or request.today, request.today)
    day = day_of([unit.pk], on, by=request.scope)
    return show(
        request,
        "outreach/informed.html",
        {
            "unit": unit,
            "day": day,
            "when": _("i dag") if on == request.today else date_format(on, "l j F"),
            "is_today": on == request.today,
        },
        tells=Disclosure([each.pupil for each in day.found], TELLS, "list"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
