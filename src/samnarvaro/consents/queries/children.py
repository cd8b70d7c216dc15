"""The children whom a viewer has to do with by a relation of its own, each by what it reads now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.consents.domain.relations import Kind, code_of
from samnarvaro.consents.models import Relation
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.readable import readable

NAME, EXISTENCE = frozenset({DataClass.NAME}), frozenset({DataClass.EXISTENCE})


class NoSuchChild(Exception):
    """The viewer has no such relation, or reads nothing of the child by it."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child as the viewer knows it: `name` is empty while it is not read, `known_as` is what the
    viewer's own zone calls it. `pupil` is the id, `public` the public one; they are shown to nobody.
    """

    relation: UUID
    pupil: int
    public: UUID
    name: str
    known_as: str
    kind: Kind
    first_day: date
    last_day: date

    @property
    def code(self) -> str:
        return code_of(self.relation)

    @property
    def classes(self) -> frozenset[DataClass]:
        """What is told of the child by naming it."""
        return NAME if self.name else EXISTENCE


def mine(*, by: Scope) -> list[Child]:
    """Return the children of the viewer's live relations, those read by name first, in name order."""
    rows = list(Relation.objects.of(by).order_by("first_day", "pk"))
    if not rows:
        return []
    names, own = _read_of({row.pupil_id for row in rows}, by)
    found: dict[int, Child] = {}
    for row in rows:
        if row.pupil_id in own:
            found.setdefault(row.pupil_id, _child(row, names, own[row.pupil_id]))
    return sorted(found.values(), key=lambda child: (not child.name, child.name, child.known_as))


def one(relation: UUID, *, by: Scope) -> Child:
    """Return the child of one of the viewer's live relations. Raises NoSuchChild."""
    row = Relation.objects.of(by).filter(public=relation).first()
    names, own = _read_of({row.pupil_id}, by) if row else ({}, {})
    if row is None or row.pupil_id not in own:
        raise NoSuchChild
    return _child(row, names, own[row.pupil_id])


def _read_of(pupils: set[int], by: Scope) -> tuple[dict[int, str], dict[int, UUID]]:
    """Return the names that are read, and the public ids of all of whom something is read, by id."""
    named = {each.pk: each for each in readable(by=by, classes=NAME).filter(pk__in=pupils)}
    known = readable(by=by, classes=EXISTENCE).filter(pk__in=pupils)
    publics = dict(known.values_list("pk", "public"))
    names = {pk: each.name for pk, each in named.items()}
    return names, publics | {pk: each.public for pk, each in named.items()}


def _child(row: Relation, names: dict[int, str], public: UUID) -> Child:
    return Child(
        relation=row.public,
        pupil=row.pupil_id,
        public=public,
        name=names.get(row.pupil_id, ""),
        known_as=row.known_as,
        kind=Kind(row.kind),
        first_day=row.first_day,
        last_day=row.last_day,
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the viewer's own zone who has to do with the same child."""

    name: str
    kind: Kind
    since: date


def colleagues(pupil: int, *, by: Scope) -> list[Colleague]:
    """Return who in the viewer's zone has a live relation to a child that the viewer has one to."""
    if not Relation.objects.of(by).filter(pupil=pupil).exists():
        return []
    rows = Relation.objects.in_zone(by).filter(pupil=pupil).select_related("staff")
    return [
        Colleague(row.staff.name, Kind(row.kind), row.first_day)
        for row in rows.order_by("first_day", "pk")
    ]
