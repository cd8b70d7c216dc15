"""Taking in a roster: who goes to which school and class from a day on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import events
from samnarvaro.base.csvfile import CsvFile
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import NotAgreed, Report
from samnarvaro.kernel.access import Scope
from samnarvaro.people.events import RosterTakenIn
from samnarvaro.people.imports import held, reader, sheet, writing
from samnarvaro.people.imports.comparing import Comparison
from samnarvaro.people.services.protection import protect

Progress = Callable[[float], None]
KIND = "roster"


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """How a roster is taken in; it tells how things are on the day `as_of`.

    With `agreed`, it is written only if it comes to these figures.
    """

    as_of: date
    confirm_removals: bool = False
    dry_run: bool = False
    profile: str = "csv"
    agreed: Mapping[str, int] | None = None


class TooManyRemoved(Exception):
    """The guard stopped the roster; nothing is written. Carries the report of what it would do."""

    def __init__(self, report: Report) -> None:
        super().__init__("more would be removed than a person has confirmed")
        self.report = report


def _quiet(_share: float) -> None:
    pass


def take_in_roster(
    path: Path,
    options: RosterOptions,
    *,
    by: Scope,
    at: datetime,
    delivery: Delivery | None = None,
    progress: Progress = _quiet,
) -> Report:
    """Take in a roster: its good rows, all in one transaction.

    Raises TooManyRemoved, base.reports.NotAgreed, and base.csvfile.Unusable when the file cannot be
    used; then nothing is written.
    """
    delivered = _read(path, options, by)
    progress(0.3)
    with transaction.atomic():
        writing.hold_others_off()
        compared = _compare(delivered, options)
        progress(0.6)
        if compared.is_mass_removal and not options.confirm_removals:
            raise TooManyRemoved(compared.report)
        if options.agreed is not None and compared.report.figures != options.agreed:
            raise NotAgreed(compared.report)
        if not options.dry_run:
            _write(compared, delivery or _new_delivery(path, options, by, at), by, at)
    progress(1)
    return compared.report


def _read(path: Path, options: RosterOptions, by: Scope) -> sheet.Sheet:
    file = CsvFile(path, needs=reader.NEEDS, knows=reader.KNOWS)
    try:
        return sheet.read(file, reader.RosterReader(day=options.as_of, on=by.day))
    finally:
        file.close()


def _compare(delivered: sheet.Sheet, options: RosterOptions) -> Comparison:
    known = held.read(delivered.units, delivered.external_ids, day=options.as_of)
    compared = Comparison(options.as_of, delivered, known)
    compared.run()
    return compared


def _new_delivery(path: Path, options: RosterOptions, by: Scope, at: datetime) -> Delivery:
    return Delivery.objects.create(
        kind=KIND,
        profile=options.profile,
        file_name=path.name[:200],
        by=by.viewer,
        received_at=at,
        options={
            "as_of": options.as_of.isoformat(),
            "confirm_removals": options.confirm_removals,
        },
    )


def _write(compared: Comparison, delivery: Delivery, by: Scope, at: datetime) -> None:
    written = writing.Writing(compared)
    written.run()
    for pupil_id, level in compared.protects.items():
        protect(pupil=written.pupils[pupil_id], level=level, by=by, at=at)
    report = compared.report
    for name, number in report.numbers().items():
        setattr(delivery, name, number)
    delivery.report = report.stored()
    delivery.state, delivery.written_at, delivery.progress = "written", at, 100
    delivery.save()
    audit.record(
        "roster.taken_in",
        by=by,
        at=at,
        target=f"delivery:{delivery.public}",
        detail={
            **report.numbers(),
            "removed": len(compared.removed),
            "protected": len(compared.protects),
            "as_of": compared.day.isoformat(),
        },
    )
    units = frozenset(written.units.values())
    events.publish(RosterTakenIn(delivery.pk, units, compared.day))
