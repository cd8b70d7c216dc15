"""What people do with a delivery: send a file, say yes, stop it, try again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from samnarvaro.base import acts
from samnarvaro.base.csvfile import CsvFile
from samnarvaro.base.deliveries import files
from samnarvaro.base.deliveries.kinds import kind_of
from samnarvaro.base.deliveries.listing import NoSuchDelivery, may_see
from samnarvaro.base.models import Delivery
from samnarvaro.kernel.access import Scope

# What may be stopped: all that waits, and what is only being read.
STOPPABLE = frozenset({"received", "reading", "previewed", "confirmed", "failed"})
Enqueue = Callable[[int], object]
_queue: dict[str, Enqueue] = {}


class NotNow(Exception):
    """The delivery has gone on since the page was made; `state` is where it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class Missing(StrEnum):
    """Why a delivery cannot be written."""

    NOTHING_GOOD = "nothing_good"  # no row of it can be written
    SOME_FAULTY = "some_faulty"  # all rows or none was asked for, and some are faulty
    YES_TO_REMOVALS = "yes_to_removals"  # the guard wants a yes to just this many
    FILE_GONE = "file_gone"


class CannotConfirm(Exception):
    """Refused, with all the reasons."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the sender chose for a file."""

    kind: str
    file_name: str
    profile: str = "csv"
    options: dict[str, Any] = field(default_factory=dict)


def set_queue(*, read: Enqueue, write: Enqueue) -> None:
    """Register how the worker is asked to read and to write a delivery (by id); the roof does."""
    _queue.update(read=read, write=write)


def receive(chunks: Iterable[bytes], wanted: Wanted, *, by: Scope, at: datetime) -> Delivery:
    """Keep a file and ask the worker to read it.

    Raises files.TooLarge, and base.csvfile.Unusable for what is no CSV file with the columns of its
    kind; then nothing is left of it.
    """
    may_see(by)
    kind = kind_of(wanted.kind)
    if kind is None:
        raise NoSuchDelivery
    public = uuid4()
    path = files.keep(public, chunks)
    try:
        CsvFile(path, needs=kind.needs).close()
        with transaction.atomic():
            delivery = Delivery.objects.create(
                public=public,
                kind=kind.key,
                profile=wanted.profile,
                file_name=_plain(wanted.file_name),
                by=by.viewer,
                options={k: v for k, v in wanted.options.items() if k in kind.options},
                received_at=at,
            )
            _note("received", delivery, by, at)
            _queue["read"](delivery.pk)
    except BaseException:
        files.remove(public)
        raise
    return delivery


def _plain(name: str) -> str:
    """The sender's name of a file, as far as it can be read."""
    return "".join(letter for letter in name if letter.isprintable())[:200]


@transaction.atomic
def confirm(public: UUID, *, removals: int | None = None, by: Scope, at: datetime) -> None:
    """Say yes to writing what was shown. Raises NotNow or CannotConfirm.

    `removals` is the number of removals that the person has said yes to, where the guard asks.
    """
    delivery = _locked(public, by, {"previewed"})
    guarded = delivery.report.get("guarded", False)
    removed = delivery.report["counts"].get("removed", 0)
    if missing := _missing(delivery, yes=not guarded or removals == removed):
        raise CannotConfirm(missing)
    delivery.options["confirm_removals"] = guarded
    delivery.options["agreed"] = figures_of(delivery)
    _go_to("confirmed", delivery)
    _note("confirmed", delivery, by, at, {"removals": removed if guarded else None})
    _queue["write"](delivery.pk)


def figures_of(delivery: Delivery) -> dict[str, int]:
    """What the report came to: all that is said yes to."""
    names = ("rows", "new", "changed", "same", "duplicate", "faulty")
    counts: dict[str, int] = delivery.report["counts"]
    return {name: getattr(delivery, name) for name in names} | counts


def _missing(delivery: Delivery, *, yes: bool) -> list[Missing]:
    missing = why_not(delivery)
    if not yes:
        missing.append(Missing.YES_TO_REMOVALS)
    return missing


def why_not(delivery: Delivery) -> list[Missing]:
    """Return why what was read cannot be written, whatever a person says."""
    missing = []
    if delivery.rows == delivery.faulty:
        missing.append(Missing.NOTHING_GOOD)
    elif delivery.faulty and delivery.options.get("all_or_nothing"):
        missing.append(Missing.SOME_FAULTY)
    if not files.path_of(delivery.public).exists():
        missing.append(Missing.FILE_GONE)
    return missing


def stop(public: UUID, *, by: Scope, at: datetime) -> None:
    """Throw a delivery away before it is written. Raises NotNow once it is being written."""
    with transaction.atomic():
        delivery = _locked(public, by, STOPPABLE)
        _go_to("stopped", delivery)
        _note("stopped", delivery, by, at)
    files.remove(public)


@transaction.atomic
def again(public: UUID, *, by: Scope, at: datetime) -> None:
    """Read a file anew that the program failed with. Raises NotNow or CannotConfirm."""
    delivery = _locked(public, by, {"failed"})
    if not files.path_of(public).exists():
        raise CannotConfirm([Missing.FILE_GONE])
    for said in ("tries", "agreed", "confirm_removals"):
        delivery.options.pop(said, None)
    _go_to("received", delivery)
    _note("tried_again", delivery, by, at)
    _queue["read"](delivery.pk)


def _locked(public: UUID, by: Scope, states: Iterable[str]) -> Delivery:
    may_see(by)
    try:
        delivery = Delivery.objects.select_for_update().get(public=public)
    except Delivery.DoesNotExist:
        raise NoSuchDelivery from None
    if delivery.state not in states:
        raise NotNow(delivery.state)
    return delivery


def _go_to(state: str, delivery: Delivery) -> None:
    delivery.state, delivery.progress = state, 0
    delivery.save(update_fields=["state", "progress", "options"])


def _note(
    act: str,
    delivery: Delivery,
    by: Scope,
    at: datetime,
    more: dict[str, int | None] | None = None,
) -> None:
    acts.note(
        f"delivery.{act}",
        by=by,
        at=at,
        target=f"delivery:{delivery.public}",
        detail={"kind": delivery.kind, **(more or {})},
    )
