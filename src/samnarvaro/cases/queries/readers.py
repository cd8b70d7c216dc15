"""Whose pages of this room a viewer opens: the pupil by name and place, if it reads what stands there."""

from dataclasses import dataclass
from uuid import UUID

from samnarvaro.cases.models.investigation import READ
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.people.queries.readable import readable


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil as the pages of this room know it. `unit` is the id of the school."""

    pk: int
    public: UUID
    name: str
    unit: int
    place: str


def investigated(public: UUID, *, by: Scope) -> Child:
    """Return a pupil whose investigation the viewer reads, or could read if there were one.

    Raises people's NoSuchPupil.
    """
    pupil = readable(by=by, classes=READ).filter(public=public).first()
    place = people.placement(pupil.pk, by=by) if pupil else None
    if pupil is None or place is None:
        raise people.NoSuchPupil
    where = ", ".join(filter(None, [place.unit_name, place.group]))
    return Child(pupil.pk, pupil.public, pupil.name, place.unit, where)


def reads(pupil: int, *, by: Scope) -> bool:
    """Tell whether the viewer reads the investigation of a pupil (id)."""
    return _reads(pupil, READ, by)


def knows(pupil: int, *, by: Scope) -> bool:
    """Tell whether the viewer may know that a pupil (id) has a case."""
    return _reads(pupil, frozenset({DataClass.NAME, DataClass.EXISTENCE}), by)


def _reads(pupil: int, classes: frozenset[DataClass], by: Scope) -> bool:
    """A key to one pupil was cut where a duty follows it: what the role reads, it reads of this one."""
    if by.about is not None and classes <= by.classes:
        return by.about == pupil
    return readable(by=by, classes=classes).filter(pk=pupil).exists()


def known(public: UUID, *, by: Scope) -> Child:
    """Return a pupil of whom the viewer may know that there is a case. Raises people's NoSuchPupil."""
    pupil = people.get(public, by=by)
    place = people.placement(pupil.pk, by=by)
    if place is None or not knows(pupil.pk, by=by):
        raise people.NoSuchPupil
    where = ", ".join(filter(None, [place.unit_name, place.group]))
    return Child(pupil.pk, pupil.public, pupil.name, place.unit, where)


def name_of(pupil: int, *, by: Scope) -> str:
    """Return the name of a pupil (id) that the viewer reads; else nothing."""
    found = readable(by=by, classes=frozenset({DataClass.NAME})).filter(pk=pupil).first()
    return found.name if found else ""
