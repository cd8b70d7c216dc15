"""What this room tells the rooms above it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentEnded:
    """Data of a pupil (id) flows no longer from one zone to another. Told within the transaction:

    the rooms above clear drafts, outbox, exports and copies that only the consent let be.
    """

    consent: int
    pupil: int
    from_zone: str
    to_zone: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """All whose yes was needed have said it."""

    consent: int
    pupil: int
    from_zone: str
    to_zone: str


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened a child (id) of the own zone without a relation: a chief is to see it."""

    public: UUID
    pupil: int
    who: str
    reason: str
    at: datetime
    day: date
    zone: str
