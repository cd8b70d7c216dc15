"""Who sees a child, and why: told from the same table of grants that scopes are cut from."""

from dataclasses import dataclass
from datetime import date

from samnarvaro.consents.domain.policy import GRANTS, Follows
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries.ties import Through, Tie, ties

_REACHED = {Through.UNIT: Follows.UNIT, Through.GROUP: Follows.GROUP}


@dataclass(frozen=True, slots=True)
class Follower:
    """A person who sees something of a pupil today: in which role, through what, since when.

    `reads` are the data classes that the role reads.
    """

    staff: int
    name: str
    role: Role
    through: Through
    place: str
    since: date

    @property
    def reads(self) -> frozenset[DataClass]:
        return GRANTS[self.role].classes


def followers(pupil: int, *, by: Scope) -> list[Follower]:
    """Return everybody who sees something of a pupil (id) on the scope's day, in name order.

    Nobody else finds the pupil. A person with several roles stands there once for each.
    """
    found: dict[tuple[int, Role, str], Tie] = {}
    for tie in ties(pupil, by=by):
        if _reaches(tie):
            found.setdefault((tie.staff, tie.role, tie.place), tie)
    return [Follower(t.staff, t.name, t.role, t.through, t.place, t.since) for t in found.values()]


def _reaches(tie: Tie) -> bool:
    """A named handler is let in by the decision, and still reads only what the role reads."""
    grant = GRANTS[tie.role]
    if DataClass.NAME not in grant.classes:
        return False
    return tie.through is Through.HANDLER or grant.follows is _REACHED[tie.through]
