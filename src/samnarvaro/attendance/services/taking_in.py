"""Taking in deliveries of lesson marks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samnarvaro.attendance.events import MarksChanged
from samnarvaro.attendance.imports import announced, engine, staging
from samnarvaro.audit import services as audit
from samnarvaro.base import events
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import NotAgreed, Report
from samnarvaro.kernel.access import Scope

Progress = Callable[[float], None]
KIND = "marks"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file of marks is taken in. `profile` names where it comes from.

    With `agreed`, it is written only if it comes to these figures.
    """

    profile: str = "csv"
    create_missing: bool = False
    dry_run: bool = False
    all_or_nothing: bool = False
    agreed: Mapping[str, int] | None = None


def _quiet(_share: float) -> None:
    pass


def take_in(
    path: Path,
    options: Options,
    *,
    by: Scope,
    at: datetime,
    delivery: Delivery | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Take in a file of lesson marks: the good rows, or with `all_or_nothing` all rows or none.

    All is written in one transaction: marks, history, totals, the delivery and the log. Raises
    base.csvfile.Unusable when the file cannot be used, and base.reports.NotAgreed; then nothing is
    written.
    """
    taking = engine.Taking(path, options.profile, creates=options.create_missing)
    if options.dry_run:
        return engine.preview(taking, progress)
    try:
        taking.stage(progress)
        if options.all_or_nothing and taking.report.faulty:
            return _left_as_it_was(taking)
        with transaction.atomic():
            taking.compare()
            progress(0.7)
            if options.agreed is not None and taking.report.figures != options.agreed:
                raise NotAgreed(taking.report)
            _write(taking, delivery or _new_delivery(path, options, by, at), by, at)
        progress(1)
        return taking.report
    finally:
        staging.clear()


def _left_as_it_was(taking: engine.Taking) -> Report:
    with transaction.atomic():
        taking.compare()
    return taking.report


def _new_delivery(path: Path, options: Options, by: Scope, at: datetime) -> Delivery:
    return Delivery.objects.create(
        kind=KIND,
        profile=options.profile,
        # A name in another alphabet than ours is kept as far as it can be read.
        file_name=path.name.encode(errors="replace").decode()[:200],
        by=by.viewer,
        received_at=at,
        options={"create_missing": options.create_missing},
    )


def _write(taking: engine.Taking, delivery: Delivery, by: Scope, at: datetime) -> None:
    taking.write(delivery)
    if taking.days is not None and announced.any_within(taking.days):
        announced.excuse_delivered(delivery.pk, taking.days)
    engine.now_written(delivery, taking.report, at)
    audit.record(
        "marks.taken_in",
        by=by,
        at=at,
        target=f"delivery:{delivery.public}",
        detail=dict(taking.report.numbers()),
    )
    if taking.days is not None and taking.changes:
        events.publish(MarksChanged(delivery.pk, taking.days))
