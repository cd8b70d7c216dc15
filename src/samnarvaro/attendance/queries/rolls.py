"""Which lessons of a class nobody has called the roll at, as far as the marks have come."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from samnarvaro.attendance.models import Mark
from samnarvaro.kernel.access import Scope

Lesson = tuple[int, str]  # the minute of the day when it begins, and the subject


def uncalled(day: date, classes: Mapping[int, int], *, by: Scope) -> dict[int, list[Lesson]]:
    """Return, by class, the lessons of a day that are reported of none of its pupils, in order.

    `classes` are the pupils (ids), each with the class (id). A lesson that is reported of somebody
    was called; a cancelled one, or one on a day without school, is nobody's to call.
    """
    marks = Mark.objects.visible_in(by).filter(day=day, cancelled=False, on_school_day=True)
    found: defaultdict[int, set[Lesson]] = defaultdict(set)
    unreported = marks.filter(reported=False).values_list("pupil_id", "start", "subject")
    for pupil, start, subject in unreported:
        if pupil in classes:
            found[classes[pupil]].add((start, subject))
    if not found:
        return {}
    # Only of classes and hours that may be uncalled is it asked what is reported.
    asked = [pupil for pupil, of_class in classes.items() if of_class in found]
    starts = {start for lessons in found.values() for start, _ in lessons}
    reported = marks.filter(reported=True, start__in=starts, pupil__in=asked)
    for pupil, start, subject in reported.values_list("pupil_id", "start", "subject"):
        found[classes[pupil]].discard((start, subject))
    return {of_class: sorted(lessons) for of_class, lessons in found.items() if lessons}
