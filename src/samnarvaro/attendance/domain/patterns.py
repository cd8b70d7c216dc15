"""Where in the day and in what lessons time is missed: sums over lessons that count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K", str, int)


@dataclass(frozen=True, slots=True)
class Slot:
    """The lessons of one subject that begin at one minute of the day: minutes, late arrivals."""

    subject: str
    start: int
    scheduled: int
    absent: int
    late: int = 0


@dataclass(frozen=True, slots=True)
class Timed:
    """One lesson that counts: when it began (minutes of the day), its minutes and those missed."""

    day: date
    start: int
    scheduled: int
    absent: int
    subject: str


@dataclass(frozen=True, slots=True)
class Part:
    """One subject, or one hour of the day, all its slots together."""

    scheduled: int
    absent: int
    late: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.absent, self.scheduled) if self.scheduled else Fraction(0)


def by_subject(slots: Iterable[Slot]) -> list[tuple[str, Part]]:
    """Return each subject, the one that was missed most first; equals in the order of names."""
    found = _added(slots, lambda slot: slot.subject)
    return sorted(found.items(), key=lambda pair: (-pair[1].share, pair[0]))


def by_hour(slots: Iterable[Slot]) -> list[tuple[int, Part]]:
    """Return each hour in which lessons begin, in the order of the day: 8 is 08.00–08.59."""
    return sorted(_added(slots, lambda slot: slot.start // 60).items())


def _added(slots: Iterable[Slot], key: Callable[[Slot], K]) -> dict[K, Part]:
    sums: dict[K, list[int]] = {}
    for slot in slots:
        of = sums.setdefault(key(slot), [0, 0, 0])
        of[0] += slot.scheduled
        of[1] += slot.absent
        of[2] += slot.late
    return {name: Part(*of) for name, of in sums.items() if of[0]}
