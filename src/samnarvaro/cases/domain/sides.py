"""Side tracks of a case, and the consultation that tells nobody who the pupil is."""

from enum import StrEnum

from samnarvaro.kernel.access import Role

LONGEST = 4000
FEWEST_LETTERS = 3
# Who at the social services gives advice.
ADVISERS = frozenset(
    {
        Role.SCHOOL_SOCIAL_WORKER, Role.SOCIAL_SECRETARY, Role.PARENT_ADVISER, Role.FIELD_WORKER,
        Role.FAMILY_THERAPIST, Role.CONSULTATION_MEMBER, Role.UNIT_HEAD,
    }
)  # fmt: skip


class Kind(StrEnum):
    CONSULTATION = "consultation"  # with the intake unit, without identity
    MEETING = "meeting"
    COORDINATED_PLAN = "coordinated_plan"
    SPECIAL_SUPPORT = "special_support"


class Ages(StrEnum):
    """An age band, and no age."""

    YOUNGER = "younger"  # preschool class to year 3
    MIDDLE = "middle"  # years 4 to 6
    OLDER = "older"  # years 7 to 9


def are_words(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= FEWEST_LETTERS and len(text) <= LONGEST
