"""What has happened around one pupil, told by every room that keeps it, for one time line.

A room tells what the viewer reads there, and of what it does not read no more than that it is there,
where the table of rights lets that be known. So who puts a time line together has nothing to leave out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Protocol

from samnarvaro.base.sections import ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

# What knows its day and no moment stands before all else of that day.
START = datetime(1, 1, 1, tzinfo=UTC)


class Kind(StrEnum):
    """What sort of thing happened, for who looks for the latest of a sort."""

    STEP = "step"
    MAPPING = "mapping"
    STATUS = "status"
    CONTACT = "contact"
    CONSENT = "consent"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing on the time line. `is_closed`: the viewer is told that it is there, and not what it says."""

    kind: Kind
    day: date
    title: str
    classes: frozenset[DataClass]
    at: datetime = START
    by: str = ""
    text: str = ""
    icon: str = "calendar"
    url: str = ""
    is_closed: bool = False


class Provider(Protocol):
    """Tells what a room keeps of one pupil, as far as the viewer reads it."""

    def __call__(self, pupil: ShownPupil, *, by: Scope) -> list[Happening]: ...


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def of_pupil(pupil: ShownPupil, *, by: Scope) -> list[Happening]:
    """Return what every room tells, the latest first."""
    return in_order(each for tell in _providers for each in tell(pupil, by=by))


def in_order(told: Iterable[Happening]) -> list[Happening]:
    return sorted(told, key=lambda each: (each.day, each.at), reverse=True)


def latest(told: Iterable[Happening], kind: Kind) -> Happening | None:
    """Return the latest of a kind in a time line that has its order."""
    return next((each for each in told if each.kind is kind), None)
