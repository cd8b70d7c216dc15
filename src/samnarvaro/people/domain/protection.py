"""Protected personal data: the two levels, and who may be the few for whom such a pupil exists."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

MOST_HANDLERS = 5


class Level(IntEnum):
    """How the population register protects a person. A person with a new identity has no mark."""

    NONE = 0
    CONFIDENTIAL = 1  # a confidentiality mark
    PROTECTED_REGISTRATION = 2  # registered where the person does not live


class NotAHandler(StrEnum):
    """Why somebody cannot be made a named handler."""

    NOT_PROTECTED = "not_protected"
    ALREADY = "already"
    TOO_MANY = "too_many"
    NO_DUTY = "no_duty"
    DECIDES_ABOUT_SELF = "decides_about_self"
    ONE_DECIDER = "one_decider"
    DECIDER_WITHOUT_DUTY = "decider_without_duty"


@dataclass(frozen=True, slots=True)
class Naming:
    """What is known when two persons decide that a third is to handle a protected pupil.

    Persons are staff ids; `handlers` are those in force, or later, from the first day on.
    """

    level: Level
    person: int
    deciders: tuple[int, int]
    handlers: frozenset[int]
    on_duty: frozenset[int]


def against(naming: Naming) -> list[NotAHandler]:
    """Return everything that speaks against it, not only the first."""
    one, other = naming.deciders
    reasons = {
        NotAHandler.NOT_PROTECTED: naming.level is Level.NONE,
        NotAHandler.ALREADY: naming.person in naming.handlers,
        NotAHandler.TOO_MANY: naming.person not in naming.handlers
        and len(naming.handlers) >= MOST_HANDLERS,
        NotAHandler.NO_DUTY: naming.person not in naming.on_duty,
        NotAHandler.DECIDES_ABOUT_SELF: naming.person in naming.deciders,
        NotAHandler.ONE_DECIDER: one == other,
        NotAHandler.DECIDER_WITHOUT_DUTY: not naming.on_duty.issuperset(naming.deciders),
    }
    return [reason for reason, holds in reasons.items() if holds]
