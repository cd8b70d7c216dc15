"""The menu: rooms put their entries in, the frame shows those that are for the viewer's role."""

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.functional import Promise

from samnarvaro.kernel.access import Role

_entries: list["Entry"] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place in the menu. `roles` empty = everybody; `also` = url names that belong to it."""

    order: int
    url: str
    label: str | Promise
    icon: str
    roles: frozenset[Role] = frozenset()
    also: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Shown:
    name: str  # as in the table of addresses
    url: str
    label: str
    icon: str
    current: bool


def register(entry: Entry) -> None:
    """Put an entry in the menu; asking twice for the same is asking once."""
    if entry not in _entries:
        _entries.append(entry)


def entries_for(role: Role | None, match: ResolverMatch | None) -> list[Shown]:
    """Return the entries of a role in their order, with the one we are at marked."""
    here = match.view_name if match else ""
    return [
        Shown(
            entry.url,
            address,
            str(entry.label),
            entry.icon,
            here == entry.url or here in entry.also,
        )
        for entry in sorted(_entries, key=lambda entry: entry.order)
        if (not entry.roles or role in entry.roles) and (address := _address(entry.url))
    ]


def _address(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""
