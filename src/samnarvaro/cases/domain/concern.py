"""A report of concern: a personal duty, at once, blocked by nothing. Here stands only that it was made.

The report itself is made outside. Who suspects does not need to know, and needs nobody's yes.
"""

from datetime import date, timedelta
from enum import StrEnum

from samnarvaro.cases.domain.investigation import LEADS
from samnarvaro.kernel.access import Role

# Social services receive reports; they have no view of what school and care have written down here.
REPORTERS = LEADS | {
    Role.TEACHER, Role.MENTOR, Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR,
}  # fmt: skip
EARLIEST = timedelta(days=30)  # what was made some weeks ago can still be written down
# The social services decide within fourteen days whether to investigate, and tell who asked within a
# week after that (SoL 20 kap. and 19 kap. 6 §).
FEEDBACK_AFTER = timedelta(days=21)


class Fault(StrEnum):
    """What stops it from being written down; nothing stops it from being made."""

    DAY = "day"
    DAY_AHEAD = "day_ahead"
    TOO_LONG_AGO = "too_long_ago"


def faults(made_on: date | None, *, on: date) -> list[Fault]:
    """Return what is wrong with the day it was made."""
    if made_on is None:
        return [Fault.DAY]
    if made_on > on:
        return [Fault.DAY_AHEAD]
    return [Fault.TOO_LONG_AGO] if made_on < on - EARLIEST else []


def feedback_on(made_on: date) -> date:
    """Return the day when an answer that was asked for is to be expected at the latest."""
    return made_on + FEEDBACK_AFTER
