"""The school or the class that a page is about, as far as the viewer has to do with it."""

from dataclasses import dataclass
from uuid import UUID

from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation import queries as organisation

LEADS = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})


class NotTheViewers(Exception):
    """There is no such school or class, or the viewer has nothing to do with it."""


@dataclass(frozen=True, slots=True)
class School:
    """A unit (id) whose pupils the viewer follows as a whole."""

    pk: int
    public: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class (group id) that the viewer follows, by itself or with its school."""

    pk: int
    public: UUID
    name: str
    grade: str
    school: School


def school(public: UUID, *, by: Scope) -> School:
    """Return a school that the viewer follows as a whole. Raises NotTheViewers."""
    try:
        unit = organisation.unit(public)
    except organisation.NoSuchUnit:
        raise NotTheViewers from None
    if unit.pk not in by.units:
        raise NotTheViewers
    return School(unit.pk, unit.public, unit.name)


def school_class(public: UUID, *, by: Scope) -> SchoolClass:
    """Return a class that the viewer follows. Raises NotTheViewers."""
    group = organisation.group(public)
    if group is None or (group.pk not in by.groups and group.unit_id not in by.units):
        raise NotTheViewers
    unit = School(group.unit_id, group.unit.public, group.unit.name)
    return SchoolClass(group.pk, group.public, group.name, group.grade, unit)
