"""What of a child can be handed over one by one: rooms register what they hold here.

Each tells only of what the asking viewer may see of its own zone, and as lines that read the same
for who gives and who receives.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be handed over. `ref` names it within its room; `lines` are all of it."""

    room: str
    ref: str
    data_class: DataClass
    title: str
    lines: Sequence[str]

    @property
    def key(self) -> str:
        return f"{self.room}:{self.ref}"


# Told the pupil's id and who asks.
Provider = Callable[[int, Scope], Sequence[Item]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a room offer items; asking twice for the same is asking once."""
    if provider not in _providers:
        _providers.append(provider)


def of_pupil(pupil: int, *, by: Scope) -> list[Item]:
    """Return all that the viewer could hand over of a pupil (id), room by room."""
    return [item for provider in _providers for item in provider(pupil, by)]
