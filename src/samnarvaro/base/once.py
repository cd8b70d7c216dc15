"""What several parts of one answer read, read once."""

from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Once:
    """Remembers what was read while one answer is made, by the query and what it was asked.

    Never kept longer: the next answer reads anew, in its own scope.
    """

    def __init__(self) -> None:
        self._read: dict[Hashable, Any] = {}

    def __call__(self, read: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        key = (read, args, tuple(sorted(named.items())))
        if key not in self._read:
            self._read[key] = read(*args, **named)
        found: T = self._read[key]
        return found
