"""Instruments come in versions: loaded as drafts, published, withdrawn. A published one never changes."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.instrument import Instrument, State
from samnarvaro.mapping.domain.instrument_faults import Fault, NotAnInstrument, Wrong
from samnarvaro.mapping.domain.instrument_reading import instrument_of_text
from samnarvaro.mapping.domain.instrument_writing import data_of
from samnarvaro.mapping.models import InstrumentVersion
from samnarvaro.mapping.queries.instruments import NoSuchInstrument
from samnarvaro.people import queries as people

SHIPPED = Path(__file__).parents[1] / "data"


@transaction.atomic
def install_shipped() -> list[str]:
    """Put the shipped instruments in place, published; a version that is there is left as it is."""
    made = []
    for path in sorted(SHIPPED.glob("*.json")):
        read = instrument_of_text(path.read_text(encoding="utf-8"))
        there = InstrumentVersion.objects.filter(name=read.name)
        if there.filter(version=read.version).exists():
            continue
        # A newer one takes the place of the one before, unless that was withdrawn here.
        holds = not there.exists() or there.filter(state=State.PUBLISHED).exists()
        there.filter(state=State.PUBLISHED).update(state=State.WITHDRAWN)
        _create(read, State.PUBLISHED if holds else State.WITHDRAWN)
        made.append(f"{read.name} {read.version}")
    return made


@transaction.atomic
def load(text: str, *, by: Scope, at: datetime) -> UUID:
    """Read an instrument from JSON and keep it as a draft; a draft of the same version gives way.

    Raises NotAnInstrument with every fault at once; then nothing is kept.
    """
    read = instrument_of_text(text)
    if read.is_shipped:
        raise NotAnInstrument([Fault("", "name", Wrong.RESERVED, read.name)])
    there = InstrumentVersion.objects.select_for_update().filter(name=read.name)
    same = there.filter(version=read.version).first()
    if same is not None and same.state != State.DRAFT:
        raise NotAnInstrument([Fault("", "version", Wrong.THERE_ALREADY, str(read.version))])
    if same is not None:
        same.delete()
    row = _create(read, State.DRAFT, by=by, at=at)
    _log("loaded", row, by, at)
    return row.public


@transaction.atomic
def publish(public: UUID, *, by: Scope, at: datetime) -> None:
    """Let a version be asked from now on, instead of another of the same name. Raises NoSuchInstrument."""
    # All of the name, in one order: two who publish at once wait for each other.
    of_name = InstrumentVersion.objects.filter(public=public).values("name")
    rows = InstrumentVersion.objects.select_for_update().filter(name__in=of_name).order_by("pk")
    found = {row.public: row for row in rows}
    row = found.get(public)
    if row is None:
        raise NoSuchInstrument
    if row.state == State.PUBLISHED:
        return
    for other in found.values():
        if other.state == State.PUBLISHED:
            _move(other, State.WITHDRAWN, "withdrawn", by, at)
    _move(row, State.PUBLISHED, "published", by, at)


@transaction.atomic
def withdraw(public: UUID, *, by: Scope, at: datetime) -> None:
    """Let a version be asked no more; what was answered to it stays, and what is begun can be finished.

    Raises NoSuchInstrument.
    """
    row = _locked(public)
    if row.state != State.WITHDRAWN:
        _move(row, State.WITHDRAWN, "withdrawn", by, at)


def _locked(public: UUID) -> InstrumentVersion:
    row = InstrumentVersion.objects.select_for_update().filter(public=public).first()
    if row is None:
        raise NoSuchInstrument
    return row


def _create(
    read: Instrument, state: State, *, by: Scope | None = None, at: datetime | None = None
) -> InstrumentVersion:
    return InstrumentVersion.objects.create(
        name=read.name,
        version=read.version,
        title=read.title,
        audience=read.audience,
        depth=read.depth,
        content=data_of(read),
        state=state,
        made_by=by.viewer if by else "",
        made_by_name=people.name_of_viewer(by=by) if by else "",
        made_at=at,
    )


def _move(row: InstrumentVersion, state: State, what: str, by: Scope, at: datetime) -> None:
    row.state = state
    row.changed_by_name, row.changed_at = people.name_of_viewer(by=by), at
    row.save(update_fields=["state", "changed_by_name", "changed_at"])
    _log(what, row, by, at)


def _log(what: str, row: InstrumentVersion, by: Scope, at: datetime) -> None:
    audit.record(
        f"instrument.{what}",
        by=by,
        at=at,
        target=f"instrument:{row.name}",
        detail={"version": row.version, "audience": row.audience, "depth": row.depth},
    )
