"""What people do in `base` itself is logged by the rooms above, which also know what people are called."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from samnarvaro.kernel.access import Scope


class Record(Protocol):
    """Writes down that somebody did something, in the caller's transaction."""

    def __call__(
        self,
        act: str,
        *,
        by: Scope,
        at: datetime,
        target: str,
        detail: Mapping[str, str | int | None] | None = None,
    ) -> None: ...


Names = Callable[[Collection[str]], Mapping[str, str]]
_record: list[Record] = []
_names: list[Names] = []


def set_log(record: Record, names: Names) -> None:
    """Register what logs an act, and what gives viewers their names; the roof does."""
    _record[:], _names[:] = [record], [names]


def note(
    act: str,
    *,
    by: Scope,
    at: datetime,
    target: str,
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    _record[0](act, by=by, at=at, target=target, detail=detail)


def names(viewers: Collection[str]) -> Mapping[str, str]:
    """Return what these viewers are called; the system, and who is gone, have no name."""
    return _names[0](viewers)
