"""What ties people at work to a pupil, whatever their roles may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.domain.sort_key import sort_key
from samnarvaro.people.models import Duty, DutySet, Enrolment, NamedHandler, Pupil


class Through(StrEnum):
    """How a person is tied to a pupil."""

    UNIT = "unit"  # a duty at a unit where the pupil goes
    GROUP = "group"  # a duty for the pupil's class
    HANDLER = "handler"  # named for a pupil with protected personal data


@dataclass(frozen=True, slots=True)
class Tie:
    """One person (id of staff) in one role, tied to a pupil since a day. `place` is unit or class."""

    staff: int
    name: str
    order: str
    role: Role
    zone: str
    through: Through
    place: str
    since: date


def ties(pupil: int, *, by: Scope) -> list[Tie]:
    """Return the ties of a pupil (id) on the scope's day, in name order; none of one not visible.

    Only people who can sign in. To a pupil with protected personal data nothing but its named
    handlers' decisions ties anybody.
    """
    child = Pupil.objects.visible_in(by).filter(pk=pupil).first()
    if child is None:
        return []
    found = _named(pupil, by.day) if child.protection else _placed(pupil, by.day)
    return sorted(found, key=lambda tie: (tie.order, tie.staff, tie.role, tie.place))


def _duties(on: date) -> DutySet:
    active = Duty.objects.on(on).filter(staff__account__is_active=True)
    return active.select_related("staff", "unit__agency", "group")


def _named(pupil: int, on: date) -> Iterator[Tie]:
    handlers = dict(
        NamedHandler.objects.on(on).filter(pupil=pupil).values_list("staff", "first_day")
    )
    for duty in _duties(on).filter(staff__in=handlers):
        yield _tie(duty, Through.HANDLER, "", handlers[duty.staff_id])


def _placed(pupil: int, on: date) -> Iterator[Tie]:
    places = list(
        Enrolment.objects.on(on).filter(pupil=pupil).values_list("unit", "group", "first_day")
    )
    units = [unit for unit, _group, _since in places]
    groups = [group for _unit, group, _since in places if group is not None]
    for duty in _duties(on).filter(Q(unit__in=units) | Q(group__in=groups)):
        for unit, group, since in places:
            if duty.unit_id == unit:
                yield _tie(duty, Through.UNIT, duty.unit.name, since)
            if duty.group is not None and duty.group_id == group:
                yield _tie(duty, Through.GROUP, duty.group.name, since)


def _tie(duty: Duty, through: Through, place: str, since: date) -> Tie:
    """Both must have begun: the duty, and what puts the pupil under it."""
    staff = duty.staff
    return Tie(
        staff=staff.pk,
        name=staff.name,
        order=sort_key(staff.family_name, staff.given_name),
        role=Role(duty.role),
        zone=duty.unit.agency.zone,
        through=through,
        place=place,
        since=max(since, duty.first_day),
    )
