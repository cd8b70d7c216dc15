"""What each role reads of the pupils it follows, and whom it follows. A safe default, as data.

The columns and classes of the permission model; what consent opens comes on top of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K


class Follows(StrEnum):
    """How far a duty reaches by itself."""

    GROUP = "group"  # the pupils of the duty's group
    UNIT = "unit"  # the pupils of the duty's unit
    NOBODY = "nobody"  # needs a relation of its own: a case, a consent


@dataclass(frozen=True, slots=True)
class Grant:
    follows: Follows
    classes: frozenset[K]


_NOTHING = Grant(Follows.NOBODY, frozenset())
_MENTOR = Grant(Follows.GROUP, frozenset({K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE}))
_PRINCIPAL = Grant(Follows.UNIT, frozenset({K.EXISTENCE, K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE}))
# Student health sees the school's minutes, never a cause, before there is a case.
_STUDENT_HEALTH = Grant(Follows.UNIT, frozenset({K.NAME, K.ATTENDANCE}))
# A teacher knows its classes by name. The attendance it reads is that of its own lessons, which its
# own rows of work tell of; it follows nobody's whole attendance.
_TEACHER = Grant(Follows.GROUP, frozenset({K.NAME}))
# Names and attendance, and nothing of what is done about it.
_OFFICE = Grant(Follows.UNIT, frozenset({K.NAME, K.ATTENDANCE}))

GRANTS: dict[Role, Grant] = dict.fromkeys(Role, _NOTHING) | {
    Role.TEACHER: _TEACHER,
    Role.MENTOR: _MENTOR,
    Role.PRINCIPAL: _PRINCIPAL,
    Role.DEPUTY_PRINCIPAL: _PRINCIPAL,
    Role.COUNSELLOR: _STUDENT_HEALTH,
    Role.PSYCHOLOGIST: _STUDENT_HEALTH,
    Role.SPECIAL_EDUCATOR: _STUDENT_HEALTH,
    Role.SCHOOL_ADMINISTRATOR: _OFFICE,
}
