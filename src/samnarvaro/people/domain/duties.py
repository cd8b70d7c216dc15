"""What must be so before a person gets a duty, and before an account is made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Role


@dataclass(frozen=True, slots=True)
class Post:
    """A duty as it is asked for: the role, where (ids), and between which days."""

    role: Role
    unit: int
    first_day: date
    group: int | None = None
    last_day: date | None = None


class NoSuchDuty(StrEnum):
    """Why a duty cannot be given."""

    MENTOR_WITHOUT_CLASS = "mentor_without_class"
    CLASS_OF_ANOTHER_UNIT = "class_of_another_unit"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ALREADY_HELD = "already_held"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known when a duty is asked for."""

    is_own: bool
    is_held: bool
    unit_of_class: int | None


def against(post: Post, standing: Standing) -> list[NoSuchDuty]:
    """Return everything that speaks against the duty. Nobody gives one to oneself."""
    reasons = {
        NoSuchDuty.MENTOR_WITHOUT_CLASS: post.role is Role.MENTOR and post.group is None,
        NoSuchDuty.CLASS_OF_ANOTHER_UNIT: post.group is not None
        and standing.unit_of_class != post.unit,
        NoSuchDuty.ENDS_BEFORE_IT_BEGINS: post.last_day is not None
        and post.last_day < post.first_day,
        NoSuchDuty.ALREADY_HELD: standing.is_held,
        NoSuchDuty.OWN: standing.is_own,
    }
    return [reason for reason, holds in reasons.items() if holds]


class NoSuchAccount(StrEnum):
    """Why an account cannot be made."""

    USERNAME_FORM = "username_form"
    USERNAME_TAKEN = "username_taken"
    PASSWORD_TOO_SHORT = "password_too_short"
    PASSWORD_TOO_COMMON = "password_too_common"
    PASSWORD_TOO_SIMILAR = "password_too_similar"
