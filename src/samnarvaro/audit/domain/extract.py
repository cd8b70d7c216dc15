"""What the child and its guardians are told of who has been shown what, and what law keeps from them.

What is kept from a reader is left out without a trace: a reading of that alone has no line, and one
that also held other things has a line of those.
"""

from collections.abc import Collection
from enum import StrEnum

from samnarvaro.kernel.privacy import DataClass as K


class Reader(StrEnum):
    """To whom an extract is given."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"


# The child's own words are its own; that a report of concern was made is told by nobody here. A
# lawyer of the authority is to look at both.
KEPT_FROM: dict[Reader, frozenset[K]] = {
    Reader.PUPIL: frozenset({K.CONCERN}),
    Reader.GUARDIAN: frozenset({K.CHILD_WORDS, K.CONCERN}),
}
_OF_NOBODY = frozenset({K.INTERNAL, K.STAFF})


def told(classes: Collection[str], reader: Reader) -> frozenset[K]:
    """Return which of the classes that were shown this reader is told of; none: leave the line out."""
    return frozenset(map(K, classes)) - KEPT_FROM[reader] - _OF_NOBODY
