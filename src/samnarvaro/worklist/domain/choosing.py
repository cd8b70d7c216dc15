"""Choosing among rows: by class, kind, level and when they are due; and in which order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from samnarvaro.worklist.domain.rows import When


class Order(StrEnum):
    DUE = "due"
    NAME = "name"
    CLASS = "class"
    LEVEL = "level"  # the highest first
    WAITED = "waited"  # the one that was raised first


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows to show, and in which order; what is empty chooses nothing away."""

    group: str = ""
    kind: str = ""
    level: int | None = None
    when: When | None = None
    untouched: bool = False  # on which nobody has acted
    order: Order = Order.DUE

    @property
    def is_empty(self) -> bool:
        return self == Choice(order=self.order)


class Choosable(Protocol):
    """What of a row is chosen by."""

    @property
    def group(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def when(self) -> When | None: ...
    @property
    def has_act(self) -> bool: ...
    @property
    def due_on(self) -> date: ...
    @property
    def raised_on(self) -> date: ...
    @property
    def sort_key(self) -> str: ...


R = TypeVar("R", bound=Choosable)


def chosen(rows: Iterable[R], choice: Choice) -> list[R]:
    """Return the rows that were chosen, in the order that was chosen."""
    return sorted((row for row in rows if _fits(row, choice)), key=lambda r: _key(r, choice.order))


def _fits(row: Choosable, choice: Choice) -> bool:
    return (
        choice.group in ("", row.group)
        and choice.kind in ("", row.kind)
        and choice.level in (None, row.level)
        and choice.when in (None, row.when)
        and not (choice.untouched and row.has_act)
    )


def _key(row: Choosable, order: Order) -> tuple[object, ...]:
    return {
        Order.DUE: (row.due_on, row.sort_key),
        Order.NAME: (row.sort_key, row.due_on),
        Order.CLASS: (class_key(row.group), row.sort_key, row.due_on),
        Order.LEVEL: (-row.level, row.due_on, row.sort_key),
        Order.WAITED: (row.raised_on, row.sort_key),
    }[order]


def class_key(name: str) -> tuple[int, str]:
    """Put 9A before 10A, and a class without a number first."""
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return (int(digits) if digits else -1, name)


def as_data(choice: Choice) -> dict[str, str]:
    """Return the choices that were made, in words that can be kept or stand in an address."""
    made = {
        "group": choice.group,
        "kind": choice.kind,
        "level": "" if choice.level is None else str(choice.level),
        "when": choice.when or "",
        "untouched": "1" if choice.untouched else "",
        "order": "" if choice.order is Order.DUE else choice.order,
    }
    return {key: str(value) for key, value in made.items() if value}


def from_data(data: Mapping[str, str]) -> Choice:
    """Return the choices that stand in data; what is not understood chooses nothing away."""
    level, when, order = data.get("level", ""), data.get("when", ""), data.get("order", "")
    return Choice(
        group=data.get("group", ""),
        kind=data.get("kind", ""),
        level=int(level) if level.isascii() and level.isdecimal() and len(level) < 3 else None,
        when=When(when) if when in set(When) else None,
        untouched=data.get("untouched", "") != "",
        order=Order(order) if order in set(Order) else Order.DUE,
    )


class ViewFault(StrEnum):
    """Why a way to look cannot be saved under that name."""

    NAME = "name"
    NAME_TOO_LONG = "name_too_long"
    NAME_TAKEN = "name_taken"
    TOO_MANY = "too_many"


LONGEST_NAME = 60
MOST_VIEWS = 20


def faults_in_name(name: str, *, taken: Collection[str], is_new: bool) -> list[ViewFault]:
    """Return everything that stops a view from having that name. `taken` are one's other views'."""
    faults = {
        ViewFault.NAME: not name.strip(),
        ViewFault.NAME_TOO_LONG: len(name) > LONGEST_NAME,
        ViewFault.NAME_TAKEN: name.casefold() in {other.casefold() for other in taken},
        ViewFault.TOO_MANY: is_new and len(taken) >= MOST_VIEWS,
    }
    return [fault for fault, holds in faults.items() if holds]
