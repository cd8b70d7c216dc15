"""The outbox: what a message can be, when it is tried again, and that there is one of each.

A message tells nobody of a child: it says only that there is something to look at. So nothing of it
need be kept but for whom it is, of what kind, and how far it has come.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    MAIL = "mail"


class Kind(StrEnum):
    DIGEST = "digest"  # once a week: there is something to look at


class State(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"  # being handed over; what is left here was cut off
    SENT = "sent"
    FAILED = "failed"  # given up: `fault` says why
    DROPPED = "dropped"  # not for that person any more: no address, switched off, no duty


ENDED = frozenset({State.SENT, State.FAILED, State.DROPPED})

# How long after each failure it is tried again; after the last one it is given up.
PAUSES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
MOST_TRIES = len(PAUSES) + 1
INTERRUPTED = "interrupted"


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after so many tries that failed; None when it is given up."""
    return at + PAUSES[tries - 1] if tries < MOST_TRIES else None


def key_of_week(kind: Kind, day: date) -> str:
    """Name a message that is sent once a week: "digest:2026-W48". The same week gives the same."""
    year, week, _ = day.isocalendar()
    return f"{kind}:{year}-W{week:02}"
