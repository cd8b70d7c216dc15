"""A class that the viewer follows, and what its pupils miss together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samnarvaro.attendance.queries import school as attendance
from samnarvaro.attendance.queries.remembered import remembered
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.mapping.domain.class_patterns import ClassFound, find
from samnarvaro.mapping.domain.patterns import lessons_of
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.queries.members import Member, members


class NoSuchClass(Exception):
    """There is no such class, or it is not one that the viewer follows. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class FollowedClass:
    """A class (group id) of a school (unit id) by their names."""

    pk: int
    public: UUID
    name: str
    unit: int
    unit_name: str


def followed(public: UUID, *, by: Scope, reads: DataClass = DataClass.ATTENDANCE) -> FollowedClass:
    """Return a class that the viewer follows, by itself or with its school, and whose pupils' data
    of a class it reads. Raises NoSuchClass.
    """
    group = organisation.group(public)
    if group is None or not by.reads(reads):
        raise NoSuchClass
    if group.pk not in by.groups and group.unit_id not in by.units:
        raise NoSuchClass
    return FollowedClass(group.pk, group.public, group.name, group.unit_id, group.unit.name)


def patterns(of: FollowedClass, window: Window, *, by: Scope) -> ClassFound:
    """Return what the pupils of a class, as the viewer sees it, miss together in a window."""
    here = members(of.unit, by=by, group=of.pk)
    return remembered(lambda: _found(here, window, by), "class_patterns", of.pk, window, of=here)


def _found(here: Sequence[Member], window: Window, by: Scope) -> ClassFound:
    timed = attendance.timed([pupil for pupil, _class in here], window, by=by)
    return find({pupil: lessons_of(lessons) for pupil, lessons in timed.items()})
