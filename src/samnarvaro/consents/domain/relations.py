"""A relation to one child: of which kind, whom it suits, how long it lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass as K


class Kind(StrEnum):
    """What ties one person at work to one child, besides duties that follow classes and schools."""

    STUDENT_HEALTH_CASE = "student_health_case"
    MEDICAL_CASE = "medical_case"
    HANDLER = "handler"  # handles the child's matter at social services or health care
    COORDINATOR = "coordinator"  # keeps the plan together
    PARTICIPANT = "participant"  # takes part in the child's plan
    GLASS = "glass"  # the glass was broken: three hours


SUITS: dict[Kind, frozenset[Role]] = {
    Kind.STUDENT_HEALTH_CASE: frozenset(
        {Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR, Role.CAREER_COUNSELLOR}
    ),
    Kind.MEDICAL_CASE: frozenset({Role.NURSE, Role.DOCTOR}),
    Kind.HANDLER: frozenset(
        {
            Role.SCHOOL_SOCIAL_WORKER,
            Role.SOCIAL_SECRETARY,
            Role.FAMILY_THERAPIST,
            Role.PARENT_ADVISER,
            Role.FIELD_WORKER,
            Role.HEALTH_COUNSELLOR,
            Role.CLINICIAN,
            Role.CONSULTATION_MEMBER,
        }
    ),
    Kind.COORDINATOR: frozenset(
        {
            Role.COORDINATOR,
            Role.SCHOOL_SOCIAL_WORKER,
            Role.SOCIAL_SECRETARY,
            Role.COUNSELLOR,
            Role.SPECIAL_EDUCATOR,
            Role.HEALTH_COUNSELLOR,
            Role.CLINICIAN,
        }
    ),
    Kind.PARTICIPANT: frozenset(Role)
    - {Role.ANALYST, Role.SYSTEM_ADMINISTRATOR, Role.STEERING_MEMBER, Role.EVALUATOR},
}
GIVEN = frozenset(SUITS)  # every kind but the glass, which nobody is given
# A matter of one's own; taking part in a plan is none.
CASES = frozenset({Kind.STUDENT_HEALTH_CASE, Kind.MEDICAL_CASE, Kind.HANDLER, Kind.COORDINATOR})
# Who hands out relations in its own zone, and reads nothing by it.
GIVERS = frozenset({Role.UNIT_HEAD, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})

GLASS_HOURS = timedelta(hours=3)
GLASS_SHOWS = frozenset({K.NAME, K.ATTENDANCE, K.PLAN})
# Outside the schools a glass shows that the own agency has the child and whose it is there, and of
# the school's what a consent lets the agency read anyway.
GLASS_SHOWS_ELSEWHERE = frozenset({K.EXISTENCE})
GLASSES_A_DAY = 3
LOOKED_INTO_WITHIN = 5  # working days
SHORTEST_REASON = 30
_CODE = 6  # letters of a code: no two children of one handler share it


def code_of(public: UUID) -> str:
    """Return the short code by which people speak of a child whose name they do not read."""
    return public.hex[:_CODE].upper()


SCHOOL = "school:"


def in_school(zone: str) -> bool:
    """Tell whether a zone is that of an authority's schools, where duties follow classes and units."""
    return zone.startswith(SCHOOL)


def last_day_possible(on: date) -> date:
    """Return the end of the school year of a day: every relation is confirmed anew each year."""
    return date(on.year + (on.month > 6), 6, 30)


class NotGranted(StrEnum):
    """Why a relation cannot be given."""

    TO_ONESELF = "to_oneself"
    NOT_A_GIVER = "not_a_giver"
    OTHER_ZONE = "other_zone"
    NO_SUITABLE_DUTY = "no_suitable_duty"
    PROTECTED = "protected"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    LASTS_TOO_LONG = "lasts_too_long"
    ALREADY = "already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """What is known when somebody gives a person a relation to a child. Persons are staff ids."""

    kind: Kind
    person: int
    giver: int | None  # None is the system
    giver_role: Role | None
    zone: str
    giver_zone: str
    roles: frozenset[Role]  # of the person in that zone on the first day
    protected: bool
    already: bool
    first_day: date
    last_day: date


def against(granting: Granting) -> list[NotGranted]:
    """Return everything that speaks against it, not only the first."""
    system = granting.giver is None
    reasons = {
        NotGranted.TO_ONESELF: not system and granting.giver == granting.person,
        NotGranted.NOT_A_GIVER: not system and granting.giver_role not in GIVERS,
        NotGranted.OTHER_ZONE: not system and granting.giver_zone != granting.zone,
        NotGranted.NO_SUITABLE_DUTY: not granting.roles & SUITS[granting.kind],
        NotGranted.PROTECTED: granting.protected,
        NotGranted.ENDS_BEFORE_IT_BEGINS: granting.last_day < granting.first_day,
        NotGranted.LASTS_TOO_LONG: granting.last_day > last_day_possible(granting.first_day),
        NotGranted.ALREADY: granting.already,
    }
    return [reason for reason, holds in reasons.items() if holds]


class Reason(StrEnum):
    """Why somebody wants in at once. The words beside it say what happened."""

    DANGER = "danger"  # the child may be in danger now
    ACCIDENT = "accident"  # somebody has been hurt or is missing
    STANDS_IN = "stands_in"  # the one who has the child is not here and it cannot wait
    RELATION_LATE = "relation_late"  # the child is one's own, and the relation has not come yet


def look_by(day: date) -> date:
    """Return until when a chief outside the schools looks into a glass: five working days."""
    left = LOOKED_INTO_WITHIN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


class NotBroken(StrEnum):
    """Why the glass stays whole."""

    OTHER_ZONE = "other_zone"
    TOO_SHORT = "too_short"
    TOO_MANY_TODAY = "too_many_today"
    NOT_SIGNED_IN_ANEW = "not_signed_in_anew"
    STANDS_OPEN = "stands_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaking:
    """What is known when somebody wants in at once, without a relation."""

    same_zone: bool
    words: str
    broken_today: int
    signed_in_anew: bool
    stands_open: bool


def against_breaking(breaking: Breaking) -> list[NotBroken]:
    """Return everything that speaks against breaking the glass."""
    reasons = {
        NotBroken.OTHER_ZONE: not breaking.same_zone,
        NotBroken.TOO_SHORT: len(breaking.words.strip()) < SHORTEST_REASON,
        NotBroken.TOO_MANY_TODAY: breaking.broken_today >= GLASSES_A_DAY,
        NotBroken.NOT_SIGNED_IN_ANEW: not breaking.signed_in_anew,
        NotBroken.STANDS_OPEN: breaking.stands_open,
    }
    return [reason for reason, holds in reasons.items() if holds]


def closes(at: datetime) -> datetime:
    """Return the moment from which a glass broken at `at` shows nothing."""
    return at + GLASS_HOURS
