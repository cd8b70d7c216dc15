"""Counts of a group without telling of a few: small parts are put together until none is small.

A count below five, and one that could be reckoned by taking others from a sum, tells of single children.
So a part whose counts are not all large enough is put together with another, until every part that is
told is large enough; their sum is then all there is to take anything from. Both sides are counts: those
of whom something holds, and those of whom it does not.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part(Generic[K]):
    """Some keys together (one, mostly) with their counts; each count is large enough to be told."""

    keys: tuple[K, ...]
    counts: tuple[int, ...]


def is_enough(counts: Sequence[int], least: int = LEAST) -> bool:
    return all(count >= least for count in counts)


def fold(rows: Mapping[K, Sequence[int]], least: int = LEAST) -> list[Part[K]]:
    """Put rows together until every part is large enough, in the order of the rows.

    The smallest part that is not is put together with the smallest of the others, again and again.
    Nothing is left when all of them together are too few. Rows where nobody is are left out.
    """
    order = {key: place for place, key in enumerate(rows)}
    parts = [Part((key,), tuple(counts)) for key, counts in rows.items() if any(counts)]
    while small := [part for part in parts if not is_enough(part.counts, least)]:
        if len(parts) == 1:
            return []
        least_of_all = min(small, key=_size)
        parts.remove(least_of_all)
        other = min(parts, key=_size)
        parts.remove(other)
        parts.append(_together(least_of_all, other, order))
    return sorted(parts, key=lambda part: order[part.keys[0]])


def _size(part: Part[K]) -> int:
    return sum(part.counts)


def _together(one: Part[K], other: Part[K], order: Mapping[K, int]) -> Part[K]:
    keys = tuple(sorted((*one.keys, *other.keys), key=lambda key: order[key]))
    return Part(keys, tuple(map(sum, zip(one.counts, other.counts, strict=True))))
