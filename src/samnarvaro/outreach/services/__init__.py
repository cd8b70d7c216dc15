"""Everything that changes outreach: what is due, what is told of contacts, how a school calls."""

from samnarvaro.outreach.services.contacts import (
    Answers,
    CannotKeep,
    NoSuchContact,
    correct,
    record,
)
from samnarvaro.outreach.services.due import Settled, nightly, settle
from samnarvaro.outreach.services.numbers import raise_missing_numbers
from samnarvaro.outreach.services.routine import CannotSetRoutine, set_routine
from samnarvaro.outreach.services.skipping import CannotSkip, NothingDue, skip

__all__ = [
    "Answers",
    "CannotKeep",
    "CannotSetRoutine",
    "CannotSkip",
    "NoSuchContact",
    "NothingDue",
    "Settled",
    "correct",
    "nightly",
    "raise_missing_numbers",
    "record",
    "set_routine",
    "settle",
    "skip",
]
