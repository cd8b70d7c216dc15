"""Laying the carried totals anew, holding them against the marks, and following a changed calendar."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction

from samnarvaro.attendance.imports import writing
from samnarvaro.attendance.totals import anew, carry, checking
from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation

Progress = Callable[[float], None]


def _quiet(_share: float) -> None:
    pass


@transaction.atomic
def rebuild_totals(*, by: Scope, at: datetime, progress: Progress = _quiet) -> int:
    """Lay all carried totals anew from the marks; return how many rows there are."""
    writing.hold_others_off()
    rows = carry.rebuild(progress)
    audit.record("totals.rebuilt", by=by, at=at, target="attendance", detail={"rows": rows})
    return rows


def check_totals(*, by: Scope, at: datetime, progress: Progress = _quiet) -> int:
    """Lay the totals anew beside what is carried; return how many pupils' rows were not the same.

    Where all are the same, what was carried stays, untouched. Otherwise the new ones hold. Nobody writes
    marks meanwhile.
    """
    with transaction.atomic():
        writing.hold_others_off()
        carried = checking.digests()
        carry.rebuild(progress)
        differing = checking.count_differing(carried, checking.digests())
        transaction.set_rollback(not differing)
        if differing:
            _record_check(differing, by, at)
    if not differing:
        _record_check(0, by, at)
    return differing


def _record_check(differing: int, by: Scope, at: datetime) -> None:
    detail = {"differing": differing}
    audit.record("totals.checked", by=by, at=at, target="attendance", detail=detail)


@transaction.atomic
def reckon_days_anew(units: Collection[int], days: Window) -> int:
    """Let the calendars of these units (ids) decide anew which marks of the days count.

    Return how many pupils' days changed. Waits for a delivery that is being written, and the next
    one for this.
    """
    writing.hold_others_off()
    return anew.lay_school_days(units, days, organisation.Calendars())
