"""Deliveries as they are shown: to school administrators, and to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from samnarvaro.base import acts
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.deliveries import files
from samnarvaro.base.deliveries.kinds import Kind, kind_of, kinds
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Fault, Warn
from samnarvaro.kernel.access import Role, Scope

# Reports quote what stands in the files, and those are about pupils.
SEERS = frozenset({Role.SCHOOL_ADMINISTRATOR})
WORKING = frozenset({"received", "reading", "confirmed", "writing"})
_A_PAGE = 25


class NoSuchDelivery(Exception):
    """There is no such delivery, or it is not for this viewer. The caller cannot tell which."""


def may_see(by: Scope) -> None:
    """Raise NoSuchDelivery for who is not to know of deliveries."""
    if not by.is_system and by.role not in SEERS:
        raise NoSuchDelivery


@dataclass(frozen=True, slots=True)
class Shown:
    """One delivery, with what is called by whom, and its report as it was."""

    row: Delivery
    kind: Kind | None
    by_name: str
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    @property
    def is_working(self) -> bool:
        return self.row.state in WORKING

    @property
    def progress(self) -> int:
        return files.progress(self.row.public) if self.is_working else self.row.progress

    @property
    def counts(self) -> Mapping[str, int]:
        counts: Mapping[str, int] = self.row.report.get("counts", {})
        return counts

    @property
    def left_out(self) -> int:
        return int(self.row.report.get("errors_left_out", 0))

    @property
    def is_guarded(self) -> bool:
        return bool(self.row.report.get("guarded"))

    @property
    def is_changed_since(self) -> bool:
        return bool(self.row.report.get("changed_since"))

    @property
    def unusable(self) -> Unusable | None:
        told: dict[str, Any] | None = self.row.report.get("unusable")
        return Unusable(told["code"], **told["detail"]) if told else None


def latest(page: str | None, *, by: Scope) -> Page[Shown]:
    """Return one page of the deliveries, the latest first, without their reports.

    What people tell one by one is a delivery as well, but not of a kind that comes by file.
    """
    may_see(by)
    by_file = Delivery.objects.filter(kind__in=[kind.key for kind in kinds()])
    rows = by_file.defer("report").order_by("-received_at", "-pk")
    found: Page[Any] = Paginator(rows, _A_PAGE).get_page(page)
    names = acts.names({row.by for row in found})
    found.object_list = [Shown(row, kind_of(row.kind), names.get(row.by, "")) for row in found]
    return found


def get(public: UUID, *, by: Scope) -> Shown:
    """Return a delivery with its report. Raises NoSuchDelivery."""
    may_see(by)
    try:
        row = Delivery.objects.get(public=public)
    except Delivery.DoesNotExist:
        raise NoSuchDelivery from None
    report = row.report
    return Shown(
        row,
        kind_of(row.kind),
        acts.names({row.by}).get(row.by, ""),
        [Fault(*each) for each in report.get("errors", [])],
        [
            Warn(code, line, count, detail)
            for code, line, count, detail in report.get("warnings", [])
        ],
    )


def note_viewed(shown: Shown, *, by: Scope, at: datetime, how: str = "view") -> None:
    """Write down that somebody is shown what the report quotes. Called before the answer leaves."""
    acts.note(
        "delivery.viewed", by=by, at=at, target=f"delivery:{shown.row.public}", detail={"how": how}
    )
