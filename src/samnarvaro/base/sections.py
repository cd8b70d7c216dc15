"""Pages that mix rooms are put together at the top, from sections that the rooms register here.

What is seen at a glance stands on the page itself. What takes longer to read, and to make, is a
part: its heading stands there with a sentence, and the part is fetched, or opened as a page of its
own, when somebody asks for it. Asked for whole, a page holds all of its parts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse

from samnarvaro.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its template and what it shows, and of whom (pupil ids) it tells.

    `title` is what it is called where it stands alone, `consents` are as in a Disclosure.
    `of_each` is what it tells of each pupil (id), where that is not the same of them all.
    `to_go_through` are those of them (public ids) whose pages the viewer may go through one by one.
    """

    template: str
    context: Mapping[str, object]
    pupils: frozenset[int] = frozenset()
    classes: frozenset[DataClass] = frozenset()
    title: str = ""
    consents: frozenset[int] = frozenset()
    of_each: Mapping[int, frozenset[DataClass]] = field(default_factory=dict)
    to_go_through: tuple[UUID, ...] = ()


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
    parts: dict[str, Provider] = field(default_factory=dict)


_places: dict[str, _Place] = {}


def register(place: str, order: int, provider: Provider, *, part: str = "") -> None:
    """Let a room put a section on a page. Places: my_day, school, class, pupil, meeting, running.

    With the key of a `part` the section can be asked for by itself: the provider is told `whole`,
    and gives what is `later` where it is not.
    """
    known = _places.setdefault(place, _Place())
    if all(each is not provider for _, each in known.providers):
        known.providers.append((order, provider))
        known.providers.sort(key=lambda pair: pair[0])
    if part:
        known.parts[part] = provider


def collect(place: str, **facts: Any) -> list[Section]:
    """Ask every room for its section of the page; a room with nothing to say gives None."""
    providers: Iterable[tuple[int, Provider]] = _places.get(place, _Place()).providers
    found = (provider(**facts) for _, provider in providers)
    return [section for section in found if section is not None]


def part(place: str, key: str, **facts: Any) -> Section | None:
    """Ask for one part of a page; None where there is none by that key, or it has nothing to say."""
    provider = _places.get(place, _Place()).parts.get(key)
    return provider(**facts, whole=True) if provider else None


def later(
    of: ShownPupil,
    key: str,
    *,
    id: str,  # what HTML calls it
    title: str,
    label: str,
    said: str = "",
    classes: frozenset[DataClass],
) -> Section:
    """What stands on a pupil's page for a part: its heading, a sentence and the way to it.

    The part, when it comes, takes the place of the element with that id, and bears it.
    """
    context = {
        "id": id,
        "title": title,
        "label": label,
        "said": said,
        "address": reverse("pupil_part", args=[of.public, key]),
    }
    return Section("base/_later.html", context, frozenset({of.pk}), classes, title)
