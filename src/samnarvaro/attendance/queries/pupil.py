"""What is known of one pupil's attendance: its days, and its lessons by subject."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, Sum, Value
from django.db.models.functions import Coalesce

from samnarvaro.attendance.domain.history import History, Running
from samnarvaro.attendance.models import DayTotal, Mark
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window

MARKS = "marks"  # the kind of delivery that brings them


def history(pupil: int, *, until: date, by: Scope) -> History:
    """Return a pupil's (id) days up to and including one; empty for one the viewer does not see."""
    rows = (
        DayTotal.objects.visible_in(by)
        .until(until)
        .filter(pupil=pupil)
        .order_by("day")
        .values_list(
            "day", "scheduled", "excused", "unexcused", "unreported", "late", "days", "run",
            Coalesce("unit__code", Value("")),
        )
    )  # fmt: skip
    return History([Running(*row) for row in rows])


@dataclass(frozen=True, slots=True)
class SubjectShare:
    """The lessons of one subject that count in a window: minutes, and late arrivals."""

    subject: str
    scheduled: int
    excused: int
    unexcused: int
    late: int

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused


def subjects(pupil: int, known: History, window: Window, *, by: Scope) -> list[SubjectShare]:
    """Return a pupil's subjects in a window, the one that was missed most first.

    Looked up by the days that the history knows: marks lie by day, then by pupil.
    """
    days = [own.day for own in known.own_days(window)]
    rows = (
        Mark.objects.visible_in(by)
        .filter(pupil=pupil, day__in=days, reported=True, cancelled=False, on_school_day=True)
        .values("subject")
        .annotate(
            minutes=Sum("scheduled"),
            with_leave=Sum("excused"),
            without=Sum("unexcused"),
            times_late=Count("late", filter=Q(late=True)),
        )
        .values_list("subject", "minutes", "with_leave", "without", "times_late")
    )
    found = [SubjectShare(*row) for row in rows]
    # Whole minutes cross-multiplied would order them too; a share is enough to sort by.
    return sorted(found, key=lambda each: (-each.absent / each.scheduled, each.subject))


def last_taken_in() -> datetime | None:
    """Return when lesson marks were last written, by whatever delivery; nobody's data."""
    written = Delivery.objects.filter(kind=MARKS, state="written")
    moment: datetime | None = written.aggregate(last=Max("written_at"))["last"]
    return moment
