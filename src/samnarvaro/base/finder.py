"""What can be found by its name besides pupils: pages, lists, classes, things to do.

Rooms register what they have; the roof shows what the table of addresses opens to the viewer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from samnarvaro.kernel.access import Scope


class Kind(StrEnum):
    CLASS = "class"
    PAGE = "page"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place to go to. `url` is its name in the table of addresses, `address` where it lies.

    `more` says which one it is, beside the label; `words` are others that it is found by.
    """

    kind: Kind
    label: str | Promise
    url: str
    address: str
    icon: str
    more: str = ""
    words: str | Promise = ""


Provider = Callable[[Scope], Iterable[Place]]
_providers: list[tuple[int, Provider]] = []


def register(order: int, provider: Provider) -> None:
    """Let a room tell what it has for a viewer; asking twice for the same is asking once."""
    if all(known is not provider for _, known in _providers):
        _providers.append((order, provider))
        _providers.sort(key=lambda pair: pair[0])


def places(*, by: Scope) -> Iterator[Place]:
    for _, provider in _providers:
        yield from provider(by)
