"""Mappings with Saga, made through the services: she, her mother and the school disagree."""

from typing import Any
from uuid import UUID

from samnarvaro.mapping.domain import factors
from samnarvaro.mapping.domain.factors import Direction, Kind, Source
from samnarvaro.mapping.domain.mappings import Depth, Method, Told, Trigger
from samnarvaro.mapping.services import mappings as services
from samnarvaro.people.models import Pupil, Staff
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope

WORDS = "Jag orkar inte matsalen."
TOLD = Told(
    held_on=WEDNESDAY, methods=(Method.TALK,), child_words=WORDS,
    triggers=(Trigger.ADAPTATION_MISSING,),
)  # fmt: skip
SAID = (
    (Kind.STRESSFUL_PLACE, Source.CHILD, 3, "äter inte, det är för högt"),
    (Kind.STRESSFUL_PLACE, Source.SCHOOL, 1, "sitter vid dörren"),
    (Kind.ROUTINES, Source.GUARDIAN, 2, "vi går upp tillsammans"),
)


def begin(town: Town, who: str = "mira", depth: Depth = Depth.SIMPLE, pupil: Any = None) -> UUID:
    about: Pupil = pupil or town.saga
    return services.begin(
        about.public, depth=depth, by=scope(getattr(town, who)), at=NOON, on=WEDNESDAY
    )


def save(town: Town, mapping: UUID, who: str = "mira", told: Told = TOLD) -> None:
    services.save(mapping, told, by=scope(getattr(town, who)), at=NOON, on=WEDNESDAY)


def add(
    town: Town, mapping: UUID, kind: Kind, source: Source, strength: int, words: str,
    who: str = "mira", direction: Direction | None = None,
) -> UUID:  # fmt: skip
    told = factors.Told(
        kind=kind, source=source, strength=strength, words=words, direction=direction
    )
    return services.add_factor(mapping, told, by=scope(getattr(town, who)), at=NOON)


def lock(town: Town, mapping: UUID, who: str = "mira") -> None:
    services.lock(mapping, by=scope(getattr(town, who)), at=NOON)


def written(town: Town, who: str = "mira", depth: Depth = Depth.SIMPLE, pupil: Any = None) -> UUID:
    """A draft with all it needs."""
    mapping = begin(town, who, depth, pupil)
    save(town, mapping, who)
    for kind, source, strength, words in SAID:
        add(town, mapping, kind, source, strength, words, who)
    return mapping


def locked(town: Town, who: str = "mira", depth: Depth = Depth.SIMPLE, pupil: Any = None) -> UUID:
    mapping = written(town, who, depth, pupil)
    lock(town, mapping, who)
    return mapping


def as_staff(town: Town, who: str) -> Staff:
    found: Staff = getattr(town, who)
    return found
