"""Taking in files of knowledge results."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import locks
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import NotAgreed, Report
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.imports.knowledge import Taking
from samnarvaro.mapping.services.knowledge import ALL

KIND = "knowledge"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is taken in. With `agreed`, it is written only if it comes to these figures."""

    profile: str = "csv"
    dry_run: bool = False
    agreed: Mapping[str, int] | None = None


def take_in(
    path: Path,
    options: Options,
    *,
    by: Scope,
    at: datetime,
    delivery: Delivery | None = None,
) -> Report:
    """Take in the good rows of a file, all in one transaction: results, history, delivery and log.

    Raises base.csvfile.Unusable when the file cannot be used, and base.reports.NotAgreed; then
    nothing is written.
    """
    taking = Taking(path, by)
    taking.stage()
    with transaction.atomic():
        locks.hold(locks.KNOWLEDGE, ALL)
        taking.compare()
        report = taking.report
        if options.agreed is not None and report.figures != options.agreed:
            raise NotAgreed(report)
        if not options.dry_run:
            made = delivery or _new_delivery(path, options, by, at)
            taking.write(made, at=at)
            _now_written(made, report, by, at)
    return report


def _new_delivery(path: Path, options: Options, by: Scope, at: datetime) -> Delivery:
    return Delivery.objects.create(
        kind=KIND,
        profile=options.profile,
        file_name=path.name.encode(errors="replace").decode()[:200],
        by=by.viewer,
        received_at=at,
    )


def _now_written(delivery: Delivery, report: Report, by: Scope, at: datetime) -> None:
    for name, number in report.numbers().items():
        setattr(delivery, name, number)
    delivery.report = report.stored()
    delivery.state, delivery.written_at, delivery.progress = "written", at, 100
    delivery.save()
    audit.record(
        "knowledge.taken_in", by=by, at=at, target=f"delivery:{delivery.public}",
        detail=dict(report.numbers()),
    )  # fmt: skip
