"""Everything that changes what is looked at again: early measures, and the looks that come back."""

from samnarvaro.followup.services.looks import raise_looks
from samnarvaro.followup.services.measures import (
    CannotClose,
    CannotStart,
    NotAMentors,
    close_measure,
    start_measure,
)
from samnarvaro.followup.services.rolls import raise_rolls

__all__ = [
    "CannotClose", "CannotStart", "NotAMentors", "close_measure", "raise_looks", "raise_rolls",
    "start_measure",
]  # fmt: skip
