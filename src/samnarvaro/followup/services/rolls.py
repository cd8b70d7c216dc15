"""Lessons whose roll nobody called become a row for the class's teachers; called since, it is marked."""

from datetime import date, datetime, timedelta

from django.db import transaction

from samnarvaro.attendance.queries import absent
from samnarvaro.attendance.queries import rolls as attendance
from samnarvaro.followup.domain import looks
from samnarvaro.kernel.access import Holder, Role, Scope
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries import colleagues
from samnarvaro.people.queries.members import members
from samnarvaro.worklist import services as worklist

ROLLS = "followup.rolls"
LOOKS_BACK = 7  # calendar days in which it is seen that a roll was called after all


@transaction.atomic
def raise_rolls(*, on: date, by: Scope, at: datetime) -> int:
    """Raise what is uncalled of the last day with marks, for each class that somebody teaches.

    Of the days before it is looked again: what was called meanwhile is marked recovered, and stays
    until a teacher clears it. Run again it changes nothing more. Return how many rows were raised.
    """
    last = absent.last_day_with_marks(before=on)
    classes = _classes_taught(on, by)
    if last is None or not classes:
        return 0
    uncalled: set[str] = set()
    called: set[str] = set()
    raised = 0
    for day in Window(last - timedelta(days=LOOKS_BACK - 1), last):
        found = attendance.uncalled(day, classes, by=by)
        uncalled |= {looks.of_rolls(group, day) for group in found}
        called |= {looks.of_rolls(group, day) for group in set(classes.values()) - found.keys()}
        if day == last:
            items = [_item(group, day, lessons, on) for group, lessons in sorted(found.items())]
            raised = worklist.raise_items(items, by=by, at=at)
    worklist.mark_recovered(called, on=on, by=by, at=at)
    worklist.unmark_recovered(uncalled, by=by, at=at)
    return raised


def _classes_taught(on: date, by: Scope) -> dict[int, int]:
    """Return the pupils (ids) of the classes that a teacher has, each with its class (id)."""
    units = sorted(organisation.unit_ids_by_code().values())
    taught = {
        group
        for (_, group), roles in colleagues.roles_at(units, on=on).items()
        if group is not None and Role.TEACHER in roles
    }
    if not taught:
        return {}
    where = {group.unit_id for group in organisation.groups_by_id(taught)}
    return {
        pupil: group
        for unit in sorted(where)
        for pupil, group in members(unit, by=by)
        if group is not None and group in taught
    }


def _item(group: int, day: date, lessons: list[attendance.Lesson], on: date) -> worklist.NewItem:
    return worklist.NewItem(
        subject=looks.of_rolls(group, day),
        kind=ROLLS,
        group=group,
        acts=Holder.TEACHER,
        level=0,
        figures={"day": day.isoformat(), "lessons": [list(lesson) for lesson in lessons]},
        raised_on=on,
        due_on=on,
    )
