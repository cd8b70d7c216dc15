"""A case on one page, for a meeting: where it is, what holds, what is next. Printed, it is one sheet."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samnarvaro.base import pages, timelines
from samnarvaro.base.http import StaffRequest
from samnarvaro.base.pages import Disclosure
from samnarvaro.base.timelines import Happening, Kind
from samnarvaro.cases.domain.steps import Fact
from samnarvaro.cases.queries import cases as queries
from samnarvaro.cases.queries import investigations, readers
from samnarvaro.cases.queries.cases import Moved, Shared, Whole
from samnarvaro.cases.web import case_shown, words
from samnarvaro.cases.web import case_words as told_as
from samnarvaro.cases.web.case import chosen
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people

# How much of a text has room on the sheet; the whole of it stands in the case.
SHORT, LONG = 160, 320
MOST_MOVES, MOST_STATUSES = 3, 6
HOLDS = (Fact.DECISION, Fact.GOAL, Fact.INTERVENTION, Fact.RESPONSIBLE, Fact.LOOK_ON, Fact.KEEPING)


@require_safe
def recap(request: StaffRequest, public: UUID) -> HttpResponse:
    """The latest case of a pupil, or the one asked for with `nr`, in plain words on one sheet."""
    scope = request.scope
    try:
        pupil = readers.investigated(public, by=scope)
        now = chosen(request, queries.of_pupil(pupil.pk, by=scope))
        whole = queries.whole(now.public, by=scope)
    except (people.NoSuchPupil, queries.NoSuchCase):
        raise Http404 from None
    others = timelines.of_pupil(pupil, by=scope)
    tells = case_shown.tells(others) | {DataClass.CONSENT}
    return pages.show(
        request,
        "cases/recap.html",
        case_shown.context(whole, others, today=request.today)
        | {
            "pupil": pupil,
            "need": short(whole.need, LONG),
            "wish": short(case_shown.wish(whole)),
            "holds": holds(whole),
            "investigation": _investigation(investigations.of_pupil(pupil.pk, by=scope)),
            "mapping": _mapping(timelines.latest(others, Kind.MAPPING)),
            "status": statuses(others),
            "shared": shared(whole.sharing),
            "moves": [(each, _moved(each)) for each in whole.moves[-MOST_MOVES:][::-1]],
        },
        tells=Disclosure([pupil.pk], tells, "print"),
    )


def short(text: str, most: int = SHORT) -> str:
    """A text on one line, as much of it as there is room for."""
    return str(Truncator(" ".join(text.split())).chars(most))


def holds(whole: Whole) -> list[tuple[str, str]]:
    """What has been decided and agreed, as far as it is told."""
    latest = whole.latest
    return [
        (str(told_as.FACT[fact]), short(case_shown.line(latest[fact])))
        for fact in HOLDS
        if fact in latest
    ]


def _investigation(every: Sequence[investigations.Seen]) -> str:
    if not every:
        return ""
    seen = every[0]
    told = {
        "what": words.JUDGEMENT[seen.judgement],
        "day": date_format(seen.judged_on, "j F Y"),
        "state": words.STATE[seen.state],
    }
    return _("%(what)s (%(day)s). Utredningen: %(state)s.") % told


def _mapping(latest: Happening | None) -> tuple[str, str] | None:
    return None if latest is None else (latest.title, short(latest.text, LONG))


def statuses(told: Iterable[Happening]) -> str:
    """The attendance statuses as a line, from the oldest of the latest to the one that holds."""
    found = [each for each in told if each.kind is Kind.STATUS][:MOST_STATUSES]
    if not found:
        return ""
    line = " → ".join(each.title.partition(".")[0] for each in reversed(found))
    now = {"line": line, "now": found[0].title, "day": date_format(found[0].day, "j F Y")}
    return _("%(line)s. Nu, sedan %(day)s: %(now)s") % now


def shared(sharing: Iterable[Shared]) -> str:
    """Say to whom something flows now, and who has been asked and not answered."""
    names = organisation.agency_names()
    flows, waits = [], []
    for each in sharing:
        name = names.get(each.to_zone, each.to_zone)
        if each.until:
            until = date_format(each.until, "j F Y")
            flows.append(_("%(name)s till %(until)s") % {"name": name, "until": until})
        elif not each.is_answered:
            waits.append(name)
    told = [_("Skolan får dela med %(whom)s.") % {"whom": ", ".join(flows)}] if flows else []
    told += [_("Svar väntas om %(whom)s.") % {"whom": ", ".join(waits)}] if waits else []
    return " ".join(told) or _("Inget delas utanför skolan.")


def _moved(move: Moved) -> str:
    title: Any = told_as.MOVES_TOLD[move.kind]
    said = str(title) % {"step": told_as.STEP[move.to_step]}
    return short(f"{said}. {move.words}" if move.words else said)
