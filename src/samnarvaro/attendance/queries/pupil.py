"""What is known of one pupil's attendance: its days, and its lessons by subject and time of day."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from samnarvaro.attendance.domain.history import History, Running
from samnarvaro.attendance.domain.patterns import Slot, Timed
from samnarvaro.attendance.models import DayTotal, Mark, MarkSet
from samnarvaro.base.asked import Question, of_one, question
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.kernel.days import Window

MARKS = "marks"  # the kind of delivery that brings them


def history(pupil: int, *, until: date, by: Scope) -> History:
    """Return a pupil's (id) days up to and including one; empty for one the viewer does not see."""
    return History([Running(*row) for row in _asking_days(pupil, by, until)])


@of_one
def _asking_days(by: Scope, until: date) -> "QuerySet[DayTotal, tuple[Any, ...]]":
    return (
        DayTotal.objects.visible_in(by)
        .until(until)
        .filter(pupil=NOBODY)
        .order_by("day")
        .values_list(
            "day", "scheduled", "excused", "unexcused", "unreported", "late", "days", "run",
            Coalesce("unit__code", Value("")),
        )
    )  # fmt: skip


def slots(pupil: int, known: History, window: Window, *, by: Scope) -> list[Slot]:
    """Return a pupil's lessons that count in a window, added up by subject and time of day.

    Looked up by the days that the history knows: marks lie by day, then by pupil.
    """
    days = [own.day for own in known.own_days(window)]
    return added(Mark.objects.visible_in(by).filter(pupil=pupil, day__in=days))


def timed(pupil: int, known: History, window: Window, *, by: Scope) -> list[Timed]:
    """Return a pupil's lessons that count in a window, one by one, in order; looked up as `slots`."""
    days = [own.day for own in known.own_days(window)]
    return [
        Timed(*row)
        for row in as_timed(Mark.objects.visible_in(by).filter(pupil=pupil, day__in=days))
    ]


def as_timed(marks: MarkSet, *before: str) -> "QuerySet[Mark, tuple[Any, ...]]":
    """Read those of some marks that count as `Timed` has them, after the columns named, in order."""
    told = marks.filter(reported=True, cancelled=False, on_school_day=True).annotate(
        missed=F("excused") + F("unexcused")
    )
    columns = (*before, "day", "start", "scheduled", "missed", "subject")
    return told.order_by("day", "start", "pk").values_list(*columns)


def added(marks: MarkSet) -> list[Slot]:
    """Add up those of some marks that count, by subject and time of day."""
    rows = (
        marks.filter(reported=True, cancelled=False, on_school_day=True)
        .values("subject", "start")
        .annotate(
            minutes=Sum("scheduled"),
            missed=Sum(F("excused") + F("unexcused")),
            times_late=Count("late", filter=Q(late=True)),
        )
        .values_list("subject", "start", "minutes", "missed", "times_late")
    )
    return [Slot(*row) for row in rows]


def last_taken_in() -> datetime | None:
    """Return when lesson marks were last written, by whatever delivery; nobody's data."""
    found = _asking_newest().ask()
    if not found:
        return None
    moment: datetime = found[0][0]
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps no zone


@cache
def _asking_newest() -> Question:
    written = Delivery.objects.filter(kind=MARKS, state="written", written_at__isnull=False)
    return question(written.order_by("-written_at").values_list("written_at")[:1])
