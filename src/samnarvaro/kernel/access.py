"""The key to a child's data. Only `consents` cuts keys; every query asks for one."""

from dataclasses import InitVar, dataclass, replace
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.privacy import DataClass


class Role(StrEnum):
    """What a person does at a unit. A title gives nothing without a relation to the child."""

    TEACHER = "teacher"
    MENTOR = "mentor"
    PRINCIPAL = "principal"
    DEPUTY_PRINCIPAL = "deputy_principal"
    COUNSELLOR = "counsellor"
    NURSE = "nurse"
    DOCTOR = "doctor"
    PSYCHOLOGIST = "psychologist"
    SPECIAL_EDUCATOR = "special_educator"
    RESOURCE_TEACHER = "resource_teacher"
    CAREER_COUNSELLOR = "career_counsellor"
    LEISURE_STAFF = "leisure_staff"
    SCHOOL_SOCIAL_WORKER = "school_social_worker"
    SOCIAL_SECRETARY = "social_secretary"
    FAMILY_THERAPIST = "family_therapist"
    PARENT_ADVISER = "parent_adviser"
    FIELD_WORKER = "field_worker"
    UNIT_HEAD = "unit_head"
    HEALTH_COUNSELLOR = "health_counsellor"
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    CONSULTATION_MEMBER = "consultation_member"
    ANALYST = "analyst"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SCHOOL_ADMINISTRATOR = "school_administrator"
    AUTHORITY_OFFICER = "authority_officer"
    STEERING_MEMBER = "steering_member"
    EVALUATOR = "evaluator"
    LOG_REVIEWER = "log_reviewer"


class Holder(StrEnum):
    """Whose a row of work is: somebody's in a role, or a team's as a whole."""

    TEACHER = Role.TEACHER.value
    MENTOR = Role.MENTOR.value
    PRINCIPAL = Role.PRINCIPAL.value
    COUNSELLOR = Role.COUNSELLOR.value
    SCHOOL_ADMINISTRATOR = Role.SCHOOL_ADMINISTRATOR.value
    STUDENT_HEALTH_TEAM = "student_health_team"
    TEAM_CONFERENCE = "team_conference"  # where those who teach the same classes meet


class MakersMark:
    """What `consents` shows to be let make a Scope. There is one, and it is not handed on."""

    __slots__ = ()


MAKERS_MARK = MakersMark()
NOBODY = -1_000_000_007  # an id that nobody has


class NobodyAtWork(Exception):
    """The system was asked for what only a person at work can have said or done."""


class NotTheMaker(Exception):
    """Somebody else than `consents` tried to make a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one viewer may see on one day, decided once per request or job, passed down as a value.

    `units` and `groups` are the ids of the whole units and the groups whose pupils the viewer
    follows; a principal is one unit, not a thousand pupils. `classes` are the data classes that
    the role reads of them, `by_case` and `by_consent` those it reads of one pupil through a relation
    of its own, or through that and a consent. `related` tells whether there is any such relation,
    and `glass` are the ids of those that the viewer broke the glass for and that still stand open.
    A scope without role is the system's own, made for a named purpose.
    `about` is the one pupil (id) that a narrowed key opens: one that the wider key opened when it
    was cut.
    """

    viewer: str
    role: Role | None
    zone: str
    units: frozenset[int]
    groups: frozenset[int]
    staff: int | None
    day: date
    classes: frozenset[DataClass]
    by_case: frozenset[DataClass]
    by_consent: frozenset[DataClass]
    related: bool
    glass: frozenset[int]
    purpose: str
    about: int | None = None
    # Shown when a scope is made and not kept in it: what is not there cannot be copied along.
    mark: InitVar[MakersMark]

    def __post_init__(self, mark: MakersMark) -> None:
        if mark is not MAKERS_MARK:
            raise NotTheMaker

    def about_nobody(self) -> "Scope":
        """Return the same key cut to an id that no pupil has. It opens nothing; a question is put
        together with it before it is known whom it is about.
        """
        return replace(self, about=NOBODY, mark=MAKERS_MARK)

    @property
    def is_system(self) -> bool:
        return self.role is None

    @property
    def person(self) -> int:
        """The id of the person at work whose scope it is. Raises NobodyAtWork for the system."""
        if self.staff is None:
            raise NobodyAtWork
        return self.staff

    def reads(self, *classes: DataClass) -> bool:
        """Tell whether the viewer's role reads all these classes of the pupils it follows."""
        return self.is_system or self.classes.issuperset(classes)
