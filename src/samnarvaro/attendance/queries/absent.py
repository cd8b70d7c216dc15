"""Who has missed lessons of a day without excuse, as far as the marks have come."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samnarvaro.attendance.models import DayTotal, Mark
from samnarvaro.kernel.access import Scope


@dataclass(frozen=True, slots=True)
class MissedLesson:
    """A lesson that was missed without excuse; late arrivals are not among them."""

    start: int
    minutes: int
    subject: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A pupil's unexcused absence of a day. `run` is the absent days in a row up to and including
    it, looking back without limit: 0 when the pupil was there for some of it.
    """

    pupil: int
    run: int
    lessons: tuple[MissedLesson, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def unexcused_on(
    day: date, *, by: Scope, pupils: Collection[int] | None = None
) -> dict[int, Missing]:
    """Return everybody, or those of these pupils (ids), who missed a counting lesson of a day, or
    a part of one, without excuse.
    """
    marks = Mark.objects.visible_in(by).filter(
        day=day, reported=True, cancelled=False, on_school_day=True, unexcused__gt=0, late=False
    )
    totals = DayTotal.objects.visible_in(by).filter(day=day, run__gt=0)
    if pupils is not None:
        marks, totals = marks.filter(pupil__in=pupils), totals.filter(pupil__in=pupils)
    lessons: defaultdict[int, list[MissedLesson]] = defaultdict(list)
    for mark in marks.order_by("pupil", "start", "unit"):
        lesson = MissedLesson(mark.start, mark.unexcused, mark.subject)
        lessons[mark.pupil_id].append(lesson)
    runs = {total.pupil_id: total.run for total in totals}
    return {
        pupil: Missing(pupil, runs.get(pupil, 0), tuple(missed))
        for pupil, missed in lessons.items()
    }


def last_day_with_marks(*, before: date) -> date | None:
    """Return the last day before another that has marks of anybody; nobody's data."""
    return (
        Mark.objects.filter(day__lt=before).order_by("-day").values_list("day", flat=True).first()
    )
