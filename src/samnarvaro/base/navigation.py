"""The menu: rooms put their entries in, the frame shows those that are for the viewer's role."""

from dataclasses import dataclass, field

from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.functional import Promise

from samnarvaro.kernel.access import Role

FITS = 6  # places that stand beside each other at 1 280 px

_entries: list["Entry"] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place in the menu. `roles` empty = everybody; `also` = url names that belong to it.

    `seldom`: where one goes some days of the year; folded away when the menu is long.
    """

    order: int
    url: str
    label: str | Promise
    icon: str
    roles: frozenset[Role] = frozenset()
    also: frozenset[str] = field(default_factory=frozenset)
    seldom: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    name: str  # as in the table of addresses
    url: str
    label: str
    icon: str
    current: bool
    seldom: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """What stands in the line, and what is folded beside it."""

    line: list[Shown]
    folded: list[Shown]

    @property
    def here_is_folded(self) -> bool:
        return any(entry.current for entry in self.folded)


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
            entry.seldom,
        )
        for entry in sorted(_entries, key=lambda entry: entry.order)
        if (not entry.roles or role in entry.roles) and (address := _address(entry.url))
    ]


def menu_for(role: Role | None, match: ResolverMatch | None) -> Menu:
    """Return a role's menu: all in one line when there is room, else the seldom ones folded."""
    every = entries_for(role, match)
    if len(every) <= FITS:
        return Menu(every, [])
    return Menu(
        [entry for entry in every if not entry.seldom], [entry for entry in every if entry.seldom]
    )


def _address(url: str) -> str:
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""
