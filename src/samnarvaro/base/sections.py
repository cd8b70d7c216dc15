"""Pages that mix rooms are put together at the top, from sections that the rooms register here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from samnarvaro.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its template and what it shows, and of whom (pupil ids) it tells."""

    template: str
    context: Mapping[str, object]
    pupils: frozenset[int] = frozenset()
    classes: frozenset[DataClass] = frozenset()


class ShownPupil(Protocol):
    """What of a pupil the page has at hand."""

    @property
    def pk(self) -> int: ...

    @property
    def public(self) -> UUID: ...

    @property
    def name(self) -> str: ...


Provider = Callable[..., Section | None]


@dataclass(slots=True)
class _Place:
    providers: list[tuple[int, Provider]] = field(default_factory=list)


_places: dict[str, _Place] = {}


def register(place: str, order: int, provider: Provider) -> None:
    """Let a room put a section on a page. Places: my_day, school, pupil, meeting."""
    providers = _places.setdefault(place, _Place()).providers
    if all(known is not provider for _, known in providers):
        providers.append((order, provider))
        providers.sort(key=lambda pair: pair[0])


def collect(place: str, **facts: Any) -> list[Section]:
    """Ask every room for its section of the page; a room with nothing to say gives None."""
    providers: Iterable[tuple[int, Provider]] = _places.get(place, _Place()).providers
    found = (provider(**facts) for _, provider in providers)
    return [section for section in found if section is not None]
