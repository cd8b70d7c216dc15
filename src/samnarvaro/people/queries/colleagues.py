"""In which roles somebody follows a pupil, or works at a unit: who could take something over."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Duty, Enrolment, NamedHandler


def roles_following(pupils: Collection[int], *, on: date) -> dict[int, frozenset[Role]]:
    """Return in which roles somebody follows each of these pupils (ids) on a day.

    Of one with protected personal data only its named handlers count, in whatever role they are.
    """
    handled = _handlers_roles(pupils, on)
    rows = list(
        Enrolment.objects.on(on)
        .filter(pupil__in=pupils)
        .values_list("pupil_id", "pupil__protection", "unit_id", "group_id")
    )
    at = roles_at([unit for _, _, unit, _ in rows], on=on)
    found: defaultdict[int, frozenset[Role]] = defaultdict(frozenset)
    for pupil, protection, unit, group in rows:
        if protection:
            found[pupil] |= handled.get(pupil, frozenset())
        else:
            found[pupil] |= at.get((unit, None), frozenset()) | at.get((unit, group), frozenset())
    return found


def _handlers_roles(pupils: Collection[int], on: date) -> dict[int, frozenset[Role]]:
    rows = NamedHandler.objects.on(on).filter(pupil__in=pupils)
    handlers = list(rows.values_list("pupil_id", "staff_id"))
    staff = {member for _, member in handlers}
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    for member, role in Duty.objects.on(on).filter(staff__in=staff).values_list("staff_id", "role"):
        roles[member].add(Role(role))
    found: defaultdict[int, frozenset[Role]] = defaultdict(frozenset)
    for pupil, member in handlers:
        found[pupil] |= frozenset(roles[member])
    return found


def roles_at(units: Collection[int], *, on: date) -> dict[tuple[int, int | None], frozenset[Role]]:
    """Return which roles are held on a day at these units (ids): as a whole, and of each class."""
    found: defaultdict[tuple[int, int | None], set[Role]] = defaultdict(set)
    duties = Duty.objects.on(on).filter(unit__in=units, staff__account__is_active=True)
    for unit, group, role in duties.values_list("unit_id", "group_id", "role"):
        found[unit, group].add(Role(role))
    return {place: frozenset(roles) for place, roles in found.items()}
