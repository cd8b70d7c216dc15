"""What each role reads of a pupil, and through what. A safe default, as data.

The columns and classes of the permission model. An authority's lawyer may narrow or widen a cell;
what the law closes in every case cannot be opened by a change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K


class Follows(StrEnum):
    """How far a duty reaches by itself."""

    GROUP = "group"  # the pupils of the duty's group
    UNIT = "unit"  # the pupils of the duty's unit
    NOBODY = "nobody"  # needs a relation of its own: a case, a consent


class Way(StrEnum):
    """Through what a role reads a class of a pupil's data."""

    DUTY = "duty"  # of every pupil that the duty follows
    CASE = "case"  # of a pupil with whom it has a case in its own zone
    CONSENT = "consent"  # of a pupil with whom it has a case, as far as a consent lists the class


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role reads: by duty, by a case of its own, and by a case together with a consent."""

    follows: Follows = Follows.NOBODY
    classes: frozenset[K] = frozenset()
    by_case: frozenset[K] = frozenset()
    by_consent: frozenset[K] = frozenset()

    def through(self, way: Way) -> frozenset[K]:
        return {Way.DUTY: self.classes, Way.CASE: self.by_case, Way.CONSENT: self.by_consent}[way]


# Of mappings a mentor reads the simple ones; the room that keeps them sees to it.
_MENTOR = Grant(
    Follows.GROUP,
    frozenset({K.EXISTENCE, K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.CONSENT}),
)
_PRINCIPAL = Grant(
    Follows.UNIT,
    frozenset({K.EXISTENCE, K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.CONSENT}),
)
# Student health sees the school's minutes, never a cause, before there is a case.
_STUDENT_HEALTH = Grant(
    Follows.UNIT,
    frozenset({K.NAME, K.ATTENDANCE, K.CONSENT}),
    by_case=frozenset(
        {K.EXISTENCE, K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.COUNSELLOR_NOTE}
    ),
    by_consent=frozenset({K.PLAN}),
)
# The school's medical branch is a zone of its own: a case opens whom it is about, and how to reach
# the home. Attendance is not for it, unless the authority's lawyer opens it.
_MEDICAL = Grant(
    by_case=frozenset({K.EXISTENCE, K.NAME, K.CONTACT, K.MEDICAL, K.CONSENT}),
    by_consent=frozenset({K.CAUSE, K.MAPPING, K.PLAN}),
)
# A teacher knows its classes by name. The attendance it reads is that of its own lessons, which its
# own rows of work tell of; it follows nobody's whole attendance.
_TEACHER = Grant(Follows.GROUP, frozenset({K.NAME}), by_consent=frozenset({K.PLAN}))
# Names and attendance, and nothing of what is done about it.
_OFFICE = Grant(Follows.UNIT, frozenset({K.NAME, K.ATTENDANCE}))
# The school authority knows that an investigation goes on, and nothing of what is in it.
_AUTHORITY = Grant(Follows.UNIT, frozenset({K.EXISTENCE, K.NAME}))
# Another agency reads what it wrote itself, and of the school's only what a consent lists.
_OWN = frozenset({K.EXISTENCE, K.CONSENT})
_OPEN_SUPPORT = Grant(
    by_case=_OWN | {K.SOCIAL},
    by_consent=frozenset({K.NAME, K.ATTENDANCE, K.MAPPING, K.PLAN}),
)
_SHARED = frozenset({K.NAME, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.PLAN})
_SOCIAL = Grant(by_case=_OWN | {K.SOCIAL}, by_consent=_SHARED)
_HEALTH = Grant(by_case=_OWN | {K.REGION}, by_consent=_SHARED)

GRANTS: dict[Role, Grant] = dict.fromkeys(Role, Grant()) | {
    Role.TEACHER: _TEACHER,
    Role.MENTOR: _MENTOR,
    Role.PRINCIPAL: _PRINCIPAL,
    Role.DEPUTY_PRINCIPAL: _PRINCIPAL,
    Role.COUNSELLOR: _STUDENT_HEALTH,
    Role.PSYCHOLOGIST: _STUDENT_HEALTH,
    Role.SPECIAL_EDUCATOR: _STUDENT_HEALTH,
    Role.SCHOOL_ADMINISTRATOR: _OFFICE,
    Role.AUTHORITY_OFFICER: _AUTHORITY,
    Role.NURSE: _MEDICAL,
    Role.DOCTOR: _MEDICAL,
    Role.SCHOOL_SOCIAL_WORKER: _OPEN_SUPPORT,
    Role.PARENT_ADVISER: _OPEN_SUPPORT,
    Role.FIELD_WORKER: _OPEN_SUPPORT,
    Role.CONSULTATION_MEMBER: _OPEN_SUPPORT,
    Role.COORDINATOR: Grant(by_case=_OWN, by_consent=_SHARED),
    Role.SOCIAL_SECRETARY: _SOCIAL,
    Role.FAMILY_THERAPIST: _SOCIAL,
    Role.HEALTH_COUNSELLOR: _HEALTH,
    Role.CLINICIAN: _HEALTH,
}

# Who reads something by having a child as its own matter.
IN_CHARGE = frozenset(role for role, grant in GRANTS.items() if grant.by_case)

# What a consent can open for reading. Single notes are handed over one by one; the child's own
# words, the log and reports of concern are opened by nobody else's yes.
SHAREABLE = frozenset({K.NAME, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.PLAN})
# What a family can be asked about: also a single note of student health, which is then handed over
# as a copy and never opened for reading.
ONE_BY_ONE = frozenset({K.COUNSELLOR_NOTE, K.MEDICAL})
ASKABLE = SHAREABLE | ONE_BY_ONE
# What no change of the table opens to a role, whatever the way.
CLOSED = frozenset(
    {K.COUNSELLOR_NOTE, K.MEDICAL, K.SOCIAL, K.REGION, K.CHILD_WORDS, K.READ_LOG, K.CONCERN}
)
# Roles that work without pupils, or only with figures: never with a child's data.
WITHOUT_CHILDREN = frozenset(
    {
        Role.ANALYST,
        Role.SYSTEM_ADMINISTRATOR,
        Role.STEERING_MEMBER,
        Role.EVALUATOR,
        Role.UNIT_HEAD,
        Role.LOG_REVIEWER,
    }
)
# Who gives a family the extract of its log: of the pupils that the duty follows, or of all of the
# zone that are not protected. And what giving it out tells: whom it is about, whom it is for, the log.
EXTRACT_BY_DUTY = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})
EXTRACT_IN_ZONE = frozenset({Role.LOG_REVIEWER})
EXTRACT_TELLS = frozenset({K.NAME, K.CONTACT, K.READ_LOG})
CHANGEABLE = frozenset({K.EXISTENCE, K.NAME, K.CONTACT, K.ATTENDANCE, K.CAUSE, K.MAPPING, K.PLAN})


class NotChangeable(StrEnum):
    """Why a cell of the table cannot be changed."""

    CLOSED_CLASS = "closed_class"
    ROLE_WITHOUT_CHILDREN = "role_without_children"
    FOLLOWS_NOBODY = "follows_nobody"
    NOT_BY_CONSENT = "not_by_consent"
    AS_IT_IS = "as_it_is"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell given or taken. The latest change of a cell holds."""

    role: Role
    data_class: K
    way: Way
    gives: bool


def effective(changes: Iterable[Change]) -> dict[Role, Grant]:
    """Return the table that holds after some changes, oldest first."""
    table = dict(GRANTS)
    for change in changes:
        table[change.role] = _changed(table[change.role], change)
    return table


def _changed(grant: Grant, change: Change) -> Grant:
    parts = {way: grant.through(way) for way in Way}
    one = frozenset({change.data_class})
    parts[change.way] = parts[change.way] | one if change.gives else parts[change.way] - one
    return Grant(grant.follows, parts[Way.DUTY], parts[Way.CASE], parts[Way.CONSENT])


def against(change: Change, *, table: dict[Role, Grant]) -> list[NotChangeable]:
    """Return everything that speaks against a change; taking away is never against the law."""
    grant = table[change.role]
    held = change.data_class in grant.through(change.way)
    reasons = {
        NotChangeable.CLOSED_CLASS: change.gives and change.data_class not in CHANGEABLE,
        NotChangeable.ROLE_WITHOUT_CHILDREN: change.gives and change.role in WITHOUT_CHILDREN,
        NotChangeable.FOLLOWS_NOBODY: change.gives
        and change.way is Way.DUTY
        and grant.follows is Follows.NOBODY,
        NotChangeable.NOT_BY_CONSENT: change.gives
        and change.way is Way.CONSENT
        and change.data_class not in SHAREABLE,
        NotChangeable.AS_IT_IS: held is change.gives,
    }
    return [reason for reason, holds in reasons.items() if holds]
