"""What this room tells the rooms above."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PupilProtected:
    """A pupil's personal data is protected from now on. Told within the transaction.

    Every room above clears what it holds that could show the pupil to anybody but the named
    handlers: drafts, outbox, rows of work, exports.
    """

    pupil: int
    public: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class RosterTakenIn:
    """A roster has told who goes to some units (ids) from a day on."""

    delivery: int
    units: frozenset[int]
    day: date


@dataclass(frozen=True, slots=True)
class GuardianshipEnded:
    """A guardian (id) is not a pupil's (id) guardian any more, after a day. Told within the
    transaction: what rests on this person's yes rests on nothing.
    """

    pupil: int
    guardian: int
    last_day: date
