"""Reads of a pupil's attendance status: as it was set over time, and what the marks suggest now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from samnarvaro.attendance.queries import pupil as attendance
from samnarvaro.base.asked import of_one
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.mapping.domain import status as domain
from samnarvaro.mapping.domain.status import Occasion, Status, Suggestion
from samnarvaro.mapping.models import AttendanceStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Set:
    """A status as it was set: for which day and occasion, by whom, with what the marks suggested."""

    status: Status
    occasion: Occasion
    set_on: date
    set_at: datetime
    author: str
    words: str
    suggested: Status | None


def of_pupil(pupil: int, *, by: Scope) -> list[Set]:
    """Return all that was set of a pupil (id), in the order of days; of one day the last holds."""
    return [_set(row) for row in _asking(pupil, by)]


def holding(pupil: int, *, by: Scope) -> Set | None:
    """Return the status that holds now, if any was set."""
    found = of_pupil(pupil, by=by)
    return found[-1] if found else None


def suggestion(pupil: int, *, on: date, by: Scope) -> Suggestion | None:
    """Return what the marks of the 30 days up to a day suggest; nothing when there are too few."""
    known = attendance.history(pupil, until=on, by=by)
    days = known.own_days(trailing(on, domain.WINDOW))
    if not days:
        return None
    return domain.suggest(domain.facts_of(days, run=known.run_now))


@of_one
def _asking(by: Scope) -> "QuerySet[AttendanceStatus, tuple[Any, ...]]":
    rows = AttendanceStatus.objects.visible_in(by).filter(pupil=NOBODY)
    return rows.order_by("set_on", "pk").values_list(
        "status", "occasion", "set_on", "set_at", "author__given_name", "author__family_name",
        "words", "suggested",
    )  # fmt: skip


def _set(row: tuple[Any, ...]) -> Set:
    status, occasion, set_on, set_at, given, family, words, suggested = row
    return Set(
        Status(status), Occasion(occasion), set_on, set_at, f"{given} {family}".strip(), words,
        None if suggested is None else Status(suggested),
    )  # fmt: skip
