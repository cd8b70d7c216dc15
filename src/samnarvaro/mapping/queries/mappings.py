"""Reads of mappings: those about a pupil in time order, one with its factors, and what is begun."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samnarvaro.base.asked import of_one
from samnarvaro.base.sections import ShownPupil
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.mapping.domain import factors as domain
from samnarvaro.mapping.domain.factors import Direction, Kind, Source
from samnarvaro.mapping.domain.mappings import Depth, Function, Method, Told, Trigger, depths
from samnarvaro.mapping.models import READS, Factor, Mapping, MappingSet
from samnarvaro.people import queries as people
from samnarvaro.people.queries.readable import readable


class NoSuchMapping(Exception):
    """There is none, or it is not the viewer's to read."""


@dataclass(frozen=True, slots=True)
class Said:
    """A factor with what it is taken away by."""

    public: UUID
    factor: domain.Factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mapping as the viewer reads it. `pupil` is the id."""

    public: UUID
    pupil: int
    depth: Depth
    author: str
    is_mine: bool
    begun_on: date
    changed_at: datetime
    final_at: datetime | None
    is_correction: bool
    told: Told
    said: tuple[Said, ...]

    @property
    def is_final(self) -> bool:
        return self.final_at is not None

    @property
    def day(self) -> date:
        return self.told.held_on or self.begun_on

    @property
    def factors(self) -> list[domain.Factor]:
        return [each.factor for each in self.said]


def readable_pupil(public: UUID, *, by: Scope) -> ShownPupil:
    """Return a pupil whose mappings the viewer reads. Raises people's NoSuchPupil."""
    found = None if by.is_system else readable(by=by, classes=READS).filter(public=public).first()
    if found is None:
        raise people.NoSuchPupil
    return found


def reads_of(pupil: int, *, by: Scope) -> bool:
    """Tell whether the viewer reads the mappings of a pupil (id)."""
    return readable(by=by, classes=READS).filter(pk=pupil).exists()


def of_pupil(pupil: int, *, by: Scope) -> list[Seen]:
    """Return the mappings about a pupil (id) that hold and the viewer's own drafts, newest first.

    One that a locked correction has taken the place of is left out.
    """
    rows = list(_asking(pupil, by))
    replaced = {row.corrects_id for row in rows if row.corrects_id and row.final_at}
    return _shown([row for row in rows if row.pk not in replaced], by)


def one(public: UUID, *, by: Scope) -> Seen:
    """Return one mapping, also one that has been corrected since. Raises NoSuchMapping."""
    found = Mapping.objects.visible_in(by).filter(public=public).select_related("author")
    shown = _shown(found, by)
    if not shown:
        raise NoSuchMapping
    return shown[0]


def corrected_by(public: UUID, *, by: Scope) -> UUID | None:
    """Return the mapping that has taken the place of one, or is to, as far as the viewer sees it."""
    rows = Mapping.objects.visible_in(by).filter(corrects__public=public)
    return rows.values_list("public", flat=True).first()


def may_make(*, by: Scope) -> tuple[Depth, ...]:
    """Return which mappings the viewer makes, of pupils whose mappings it reads."""
    return depths(by.role)


@of_one
def _asking(by: Scope) -> MappingSet:
    rows = Mapping.objects.visible_in(by).filter(pupil=NOBODY)
    return rows.select_related("author").order_by("-held_on", "-begun_on", "-pk")


def _shown(rows: Iterable[Mapping], by: Scope) -> list[Seen]:
    found = list(rows)
    said = _said([row.pk for row in found])
    return [
        Seen(
            public=row.public,
            pupil=row.pupil_id,
            depth=Depth(row.depth),
            author=row.author.name,
            is_mine=row.author_id == by.staff,
            begun_on=row.begun_on,
            changed_at=row.changed_at,
            final_at=row.final_at,
            is_correction=row.corrects_id is not None,
            told=told_of(row),
            said=tuple(said[row.pk]),
        )
        for row in found
    ]


def told_of(row: Mapping) -> Told:
    """Return what stands in a row beside its factors."""
    return Told(
        held_on=row.held_on,
        methods=tuple(Method(each) for each in row.methods),
        child_words=row.child_words,
        not_heard_why=row.not_heard_why,
        functions=tuple(Function(each) for each in row.functions),
        triggers=tuple(Trigger(each) for each in row.triggers),
    )


def _said(mappings: list[int]) -> defaultdict[int, list[Said]]:
    """Return the factors of some mappings (ids), by mapping; what is asked has visible ones."""
    found: defaultdict[int, list[Said]] = defaultdict(list)
    if not mappings:
        return found
    for row in Factor.objects.filter(mapping__in=mappings).order_by("pk"):
        factor = domain.Factor(
            kind=Kind(row.kind),
            source=Source(row.source),
            strength=row.strength,
            direction=Direction(row.direction),
            words=row.words,
        )
        found[row.mapping_id].append(Said(row.public, factor))
    return found
