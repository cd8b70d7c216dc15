"""What can be delivered. The roof registers each kind with the functions of the room it is for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.utils.functional import Promise

from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.kernel.access import Scope

Progress = Callable[[float], None]
Text = str | Promise


class Guarded(Exception):
    """It would remove so much that a person has to say yes to just that. Nothing is written."""

    def __init__(self, report: Report) -> None:
        super().__init__("more would be removed than a person has confirmed")
        self.report = report


@dataclass(frozen=True, slots=True)
class Order:
    """One file to take in, and how: what was chosen when it was sent, and what is agreed on since."""

    path: Path
    profile: str
    options: Mapping[str, Any]
    agreed: Mapping[str, int] | None = None


class Preview(Protocol):
    """Read and compare, write nothing. Raises Unusable or Guarded."""

    def __call__(self, order: Order, *, by: Scope, at: datetime, progress: Progress) -> Report: ...


class TakeIn(Protocol):
    """Write in one transaction, the delivery too. Raises Unusable, Guarded or reports.NotAgreed."""

    def __call__(
        self, order: Order, delivery: Delivery, *, by: Scope, at: datetime, progress: Progress
    ) -> Report: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file. `options` are the choices it knows; the texts stand behind its codes."""

    key: str
    label: Text
    hint: Text
    needs: tuple[str, ...]
    options: frozenset[str]
    preview: Preview
    take_in: TakeIn
    faults: Mapping[str, Text]
    warnings: Mapping[str, Text]
    unusable: Callable[[Unusable], str]
    # What of the report's own counts is shown, and what each is called.
    counts: tuple[tuple[str, Text], ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_of(key: str) -> Kind | None:
    return _kinds.get(key)
