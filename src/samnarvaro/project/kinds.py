"""The kinds of files that can be delivered on the web: what `base` shows, with the rooms behind it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.imports.reader import HEADER
from samnarvaro.base import deliveries
from samnarvaro.base.deliveries import Guarded, Kind, Order
from samnarvaro.base.deliveries.kinds import Progress
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.imports.knowledge_reader import HEADER as KNOWLEDGE_HEADER
from samnarvaro.mapping.services import knowledge_files as knowledge
from samnarvaro.people import services as people
from samnarvaro.people.imports.reader import NEEDS
from samnarvaro.project import report_texts


def _marks(order: Order, *, dry_run: bool = False) -> attendance.Options:
    return attendance.Options(
        profile=order.profile,
        create_missing=bool(order.options.get("create_missing")),
        all_or_nothing=bool(order.options.get("all_or_nothing")),
        dry_run=dry_run,
        agreed=order.agreed,
    )


def _preview_marks(order: Order, *, by: Scope, at: datetime, progress: Progress) -> Report:
    options = _marks(order, dry_run=True)
    return attendance.take_in(order.path, options, by=by, at=at, progress=progress)


def _take_in_marks(
    order: Order, delivery: Delivery, *, by: Scope, at: datetime, progress: Progress
) -> Report:
    return attendance.take_in(
        order.path, _marks(order), by=by, at=at, delivery=delivery, progress=progress
    )


def _roster(order: Order, *, dry_run: bool = False) -> people.RosterOptions:
    return people.RosterOptions(
        as_of=date.fromisoformat(order.options["as_of"]),
        confirm_removals=bool(order.options.get("confirm_removals")),
        dry_run=dry_run,
        profile=order.profile,
        agreed=order.agreed,
    )


def _preview_roster(order: Order, *, by: Scope, at: datetime, progress: Progress) -> Report:
    options = _roster(order, dry_run=True)
    try:
        return people.take_in_roster(order.path, options, by=by, at=at, progress=progress)
    except people.TooManyRemoved as stopped:
        raise Guarded(stopped.report) from None


def _take_in_roster(
    order: Order, delivery: Delivery, *, by: Scope, at: datetime, progress: Progress
) -> Report:
    try:
        return people.take_in_roster(
            order.path, _roster(order), by=by, at=at, delivery=delivery, progress=progress
        )
    except people.TooManyRemoved as stopped:
        raise Guarded(stopped.report) from None


def _preview_knowledge(order: Order, *, by: Scope, at: datetime, progress: Progress) -> Report:
    report = knowledge.take_in(
        order.path, knowledge.Options(order.profile, dry_run=True), by=by, at=at
    )
    progress(1)
    return report


def _take_in_knowledge(
    order: Order, delivery: Delivery, *, by: Scope, at: datetime, progress: Progress
) -> Report:
    options = knowledge.Options(order.profile, agreed=order.agreed)
    report = knowledge.take_in(order.path, options, by=by, at=at, delivery=delivery)
    progress(1)
    return report


MARKS = Kind(
    key=attendance.KIND,
    label=_("Lektionsmarkeringar"),
    hint=_("En rad för varje elev och lektion."),
    needs=HEADER,
    options=frozenset({"create_missing", "all_or_nothing"}),
    preview=_preview_marks,
    take_in=_take_in_marks,
    faults=report_texts.FAULTS,
    warnings=report_texts.WARNINGS,
    unusable=report_texts.unusable,
)
ROSTER = Kind(
    key="roster",
    label=_("Elevlista"),
    hint=_("En rad för varje elev och skola. Filen talar bara om de skolor som står i den."),
    needs=NEEDS,
    options=frozenset({"as_of"}),
    preview=_preview_roster,
    take_in=_take_in_roster,
    faults=report_texts.FAULTS,
    warnings=report_texts.WARNINGS,
    unusable=report_texts.unusable,
    counts=(("removed", _("Avslutas")),),
)
KNOWLEDGE = Kind(
    key=knowledge.KIND,
    label=_("Kunskapsläge"),
    hint=_(
        "En rad för varje elev och termin: ämnen i riskzonen, ämnen som inte nåtts, behörighet."
    ),
    needs=KNOWLEDGE_HEADER,
    options=frozenset(),
    preview=_preview_knowledge,
    take_in=_take_in_knowledge,
    faults=report_texts.FAULTS,
    warnings=report_texts.WARNINGS,
    unusable=report_texts.unusable,
)


def register() -> None:
    for kind in (MARKS, ROSTER, KNOWLEDGE):
        deliveries.register(kind)
