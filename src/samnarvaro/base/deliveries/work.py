"""What the worker does with a delivery: read it, write it, and tidy up after it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction

from samnarvaro.base import acts
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.deliveries import files
from samnarvaro.base.deliveries.kinds import Guarded, Kind, Order, Progress, kind_of
from samnarvaro.base.deliveries.listing import WORKING
from samnarvaro.base.faults import told_of
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import NotAgreed, Report
from samnarvaro.kernel.access import Scope

log = structlog.get_logger(__name__)
MOST_TRIES = 3


class Interrupted(Exception):
    """The database could not be reached, or refused for now. Tells nothing of what was read."""


class _Ended(Exception):
    """It ended in a state where nothing is written."""

    def __init__(self, state: str, report: Report | None = None, **told: Any) -> None:
        super().__init__(state)
        self.state, self.report, self.told = state, report, told


def preview(pk: int, *, by: Scope, at: datetime, seen: Callable[[], None]) -> None:
    """Read a file that was received, and keep the report. `seen` is called now and then."""
    delivery = _begin(pk, {"received", "reading"}, "reading")
    if delivery is None:
        return

    def read(kind: Kind, order: Order, progress: Progress) -> None:
        try:
            report = kind.preview(order, by=by, at=at, progress=progress)
        except Guarded as guarded:
            raise _Ended("previewed", guarded.report, guarded=True) from None
        raise _Ended("previewed", report)

    _work(delivery, "reading", read, seen)


def write(pk: int, *, by: Scope, at: datetime, seen: Callable[[], None]) -> None:
    """Read a confirmed file anew and write it, all in one transaction.

    If it would come to something else than what was agreed on, nothing is written and a person has to
    look again.
    """
    delivery = _begin(pk, {"confirmed", "writing"}, "writing")
    if delivery is None:
        return

    def take_in(kind: Kind, order: Order, progress: Progress) -> None:
        try:
            report = kind.take_in(order, delivery, by=by, at=at, progress=progress)
        except NotAgreed as other:
            # Where the guard has asked, it asks again for the number that it is now.
            still = order.options.get("confirm_removals") and other.report.counts["removed"]
            told = {"changed_since": True, "guarded": bool(still)}
            raise _Ended("previewed", other.report, **told) from None
        except Guarded as guarded:
            raise _Ended("previewed", guarded.report, guarded=True, changed_since=True) from None
        if delivery.state != "written":
            raise _Ended("previewed", report, changed_since=True)
        files.remove(delivery.public)

    _work(delivery, "writing", take_in, seen)


def _begin(pk: int, states: set[str], to: str) -> Delivery | None:
    """Take a delivery in hand; None when it has gone on, or when it has brought us down before."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(pk=pk).first()
        if delivery is None or delivery.state not in states:
            return None
        tries = delivery.options.get("tries", 0)
        if tries < MOST_TRIES:
            delivery.state, delivery.options["tries"] = to, tries + 1
        else:
            delivery.state, delivery.report["why"] = "failed", "program"
        delivery.save(update_fields=["state", "options", "report"])
    return delivery if delivery.state == to else None


def _work(
    delivery: Delivery,
    state: str,
    do: Callable[[Kind, Order, Progress], None],
    seen: Callable[[], None],
) -> None:
    """Do it, and leave the delivery in the state that it ended in."""
    public = delivery.public
    try:
        kind = kind_of(delivery.kind)
        if kind is None or not files.path_of(public).exists():
            raise _Ended("failed", why="file_gone" if kind else "kind_gone")
        do(kind, _order(delivery), _telling(public, seen))
    except _Ended as ended:
        _end(delivery.pk, state, ended)
    except Unusable as unusable:
        told = {"code": unusable.code, "detail": unusable.detail}
        _end(delivery.pk, state, _Ended("unusable", unusable=told))
        files.remove(public)
    except (OperationalError, InterfaceError):
        raise Interrupted from None
    except Exception as error:  # noqa: BLE001  # its words may quote a pupil: only its name is told
        log.error("delivery.failed", delivery=str(public), **told_of(error))
        _end(delivery.pk, state, _Ended("failed", why="program"))


def _order(delivery: Delivery) -> Order:
    options = {k: v for k, v in delivery.options.items() if k not in {"agreed", "tries"}}
    agreed = delivery.options.get("agreed") if delivery.state == "writing" else None
    return Order(files.path_of(delivery.public), delivery.profile, options, agreed)


def _telling(public: UUID, seen: Callable[[], None]) -> Progress:
    """Tell each whole per cent once."""
    told = -1

    def progress(share: float) -> None:
        nonlocal told
        percent = int(100 * share)
        if percent > told:
            told = percent
            files.set_progress(public, percent)
            seen()

    return progress


@transaction.atomic
def _end(pk: int, state: str, ended: _Ended) -> None:
    """Write down how it ended, unless a person has stopped it meanwhile."""
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    if delivery.state != state:
        return
    delivery.state = ended.state
    delivery.progress = 100 if ended.state == "previewed" else 0
    told = {key: value for key, value in ended.told.items() if value}
    if ended.report is not None:
        for name, number in ended.report.numbers().items():
            setattr(delivery, name, number)
        delivery.report = ended.report.stored() | told
    else:
        delivery.report = {**delivery.report, **told}
    delivery.options.pop("tries", None)
    delivery.save()
    files.clear_progress(delivery.public)


def in_hand() -> list[tuple[int, str]]:
    """Return (id, state) of what waits for the worker or has been left by it."""
    return list(Delivery.objects.filter(state__in=WORKING).values_list("pk", "state"))


def stop_forgotten(*, before: datetime, by: Scope, at: datetime) -> int:
    """Throw away files that nobody has said yes or no to since then; return how many."""
    left = Delivery.objects.filter(state__in=["previewed", "failed"], received_at__lt=before)
    stopped = 0
    for pk in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            delivery = left.select_for_update().filter(pk=pk).first()
            if delivery is None:
                continue
            delivery.state = "stopped"
            delivery.save(update_fields=["state"])
            acts.note("delivery.forgotten", by=by, at=at, target=f"delivery:{delivery.public}")
        stopped += 1
    return stopped


def sweep_files(*, before: datetime) -> int:
    """Remove files, older than that, of deliveries that need them no more; return how many."""
    swept = 0
    for public, path in list(files.all_kept()):
        if path.stat().st_mtime >= before.timestamp():
            continue  # perhaps one that is just being received
        if not Delivery.objects.filter(public=public, state__in=_NEED_THE_FILE).exists():
            path.unlink(missing_ok=True)
            swept += path.suffix == ".csv"
    return swept


_NEED_THE_FILE = [*WORKING, "previewed", "failed"]
