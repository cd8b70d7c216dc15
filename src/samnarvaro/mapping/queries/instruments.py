"""The instruments there are, in versions, and those that are offered. Nobody's data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain.instrument import Audience, Instrument, State
from samnarvaro.mapping.domain.instrument_reading import instrument_of
from samnarvaro.mapping.domain.mappings import Depth, depths
from samnarvaro.mapping.models import InstrumentVersion


class NoSuchInstrument(Exception):
    """There is no such version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an instrument, where it stands, and who made it and changed that when."""

    pk: int
    public: UUID
    instrument: Instrument
    state: State
    made_by: str
    made_at: datetime | None
    changed_by: str
    changed_at: datetime | None
    is_shipped: bool

    @property
    def is_published(self) -> bool:
        return self.state is State.PUBLISHED

    @property
    def name(self) -> str:
        return self.instrument.name


def version_of(row: InstrumentVersion) -> Version:
    return Version(
        pk=row.pk,
        public=row.public,
        instrument=instrument_of(row.content),
        state=State(row.state),
        made_by=row.made_by_name,
        made_at=row.made_at,
        changed_by=row.changed_by_name,
        changed_at=row.changed_at,
        is_shipped=row.is_shipped,
    )


def shelf() -> list[Version]:
    """Return every version: by whom it asks, simple before deeper, the newest of each first."""
    audiences, depths_ = list(Audience), list(Depth)
    found = [version_of(row) for row in InstrumentVersion.objects.order_by("name", "-version")]
    return sorted(
        found,
        key=lambda each: (
            audiences.index(each.instrument.audience),
            depths_.index(each.instrument.depth),
        ),
    )


def one(public: UUID) -> Version:
    """Return one version. Raises NoSuchInstrument."""
    row = InstrumentVersion.objects.filter(public=public).first()
    if row is None:
        raise NoSuchInstrument
    return version_of(row)


def offered(*, by: Scope) -> list[Version]:
    """Return the published ones that the viewer makes, in the order of the shelf."""
    may = depths(by.role)
    return [
        each for each in shelf()
        if each.is_published and each.instrument.depth in may
    ]  # fmt: skip
