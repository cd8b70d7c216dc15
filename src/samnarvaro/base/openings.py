"""What a room above the pupils' own lets somebody read of one pupil, besides whom a duty follows.

`people` narrows its rows by what is registered here and does not know who opens: a relation to the
child, a consent, a broken glass.
"""

from collections.abc import Callable

from django.db.models import Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass

# Asked for pupils' rows: conditions name the pupil's id as OuterRef("pk"). None is nothing at all.
Opening = Callable[[Scope, DataClass], Q | None]
_openings: list[Opening] = []


def register(opening: Opening) -> None:
    """Let a room open pupils; asking twice for the same is asking once."""
    if opening not in _openings:
        _openings.append(opening)


def opened(scope: Scope, classes: frozenset[DataClass]) -> Q | None:
    """Return the condition under which all the classes of a pupil are open, or None for never."""
    whole = Q()
    for one in sorted(classes):
        ways = [way for opening in _openings if (way := opening(scope, one)) is not None]
        if not ways:
            return None
        either = Q()
        for way in ways:
            either |= way
        whole &= either
    return whole
