"""A refusal carries all its reasons at once."""

from collections.abc import Sequence
from enum import StrEnum


class Refused(Exception):
    """Nothing is written, for these reasons."""

    def __init__(self, faults: Sequence[StrEnum]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults
