"""A mapping with a child: who may make one, what it has to hold before it is locked, and what is
asked of the absence. The responsibility is lifted off the pupil.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.factors import FEWEST_LETTERS, Source

LONGEST_CHILD_WORDS, LONGEST_WHY = 2000, 400
OLDEST = 90  # calendar days: a talk some weeks ago can still be written down


class Depth(StrEnum):
    SIMPLE = "simple"  # a mentor's, with the own pupil
    DEEP = "deep"  # student health's


class Method(StrEnum):
    """How something was found out."""

    TALK = "talk"  # with the pupil
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    SCREENING = "screening"
    SELF_RATING = "self_rating"


class Function(StrEnum):
    """What the child avoids or gains by being away."""

    AVOIDS_FEELINGS = "avoids_feelings"
    ESCAPES_SITUATIONS = "escapes_situations"
    SEEKS_CLOSENESS = "seeks_closeness"
    SEEKS_REWARD = "seeks_reward"


class Trigger(StrEnum):
    """What may have set it off. Several are the rule; one simple cause never is."""

    ADAPTATION_MISSING = "adaptation_missing"
    ILLNESS = "illness"
    VIOLATED = "violated"
    LEFT_OUT = "left_out"
    WORRY = "worry"
    AT_HOME = "at_home"
    CHANGE = "change"
    OTHER = "other"


# Who makes which mapping. A title gives nothing by itself: the pupil must be the own one too.
MAKES: dict[Role, tuple[Depth, ...]] = {
    Role.MENTOR: (Depth.SIMPLE,),
    Role.COUNSELLOR: (Depth.SIMPLE, Depth.DEEP),
    Role.PSYCHOLOGIST: (Depth.SIMPLE, Depth.DEEP),
    Role.SPECIAL_EDUCATOR: (Depth.SIMPLE, Depth.DEEP),
}
# Roles that read the simple ones alone.
SIMPLE_ALONE = frozenset({Role.MENTOR})


class Fault(StrEnum):
    """What stops a mapping from being saved, or from being locked as done."""

    HELD_ON = "held_on"
    HELD_ON_LATER = "held_on_later"
    HELD_ON_TOO_OLD = "held_on_too_old"
    CHILD_WORDS_TOO_LONG = "child_words_too_long"
    NOT_HEARD_TOO_LONG = "not_heard_too_long"
    METHOD = "method"
    CHILD = "child"
    CHILD_BOTH = "child_both"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in a mapping beside its factors."""

    held_on: date | None = None
    methods: tuple[Method, ...] = ()
    child_words: str = ""
    not_heard_why: str = ""
    functions: tuple[Function, ...] = ()
    triggers: tuple[Trigger, ...] = ()


def depths(role: Role | None) -> tuple[Depth, ...]:
    """Return which mappings a role makes."""
    return MAKES.get(role, ()) if role else ()


def faults_of_draft(told: Told, *, begun_on: date, on: date) -> list[Fault]:
    """Return everything that stops a draft from being saved: a draft may lack, it may not be wrong.

    How old the talk may be is counted from when the draft was begun: a draft does not grow too old.
    """
    found = {
        Fault.HELD_ON_LATER: bool(told.held_on and told.held_on > on),
        Fault.HELD_ON_TOO_OLD: bool(told.held_on and (begun_on - told.held_on).days > OLDEST),
        Fault.CHILD_WORDS_TOO_LONG: len(told.child_words) > LONGEST_CHILD_WORDS,
        Fault.NOT_HEARD_TOO_LONG: len(told.not_heard_why) > LONGEST_WHY,
    }
    return [fault for fault, holds in found.items() if holds]


def faults_at_lock(told: Told, *, sources: Collection[Source]) -> list[Fault]:
    """Return everything that is missing before a mapping can be locked.

    The child is heard, in its own words or through factors it told of; or it is said why not.
    """
    heard = _says(told.child_words) or Source.CHILD in sources
    why_not = _says(told.not_heard_why)
    found = {
        Fault.HELD_ON: told.held_on is None,
        Fault.METHOD: not told.methods,
        Fault.CHILD: not heard and not why_not,
        Fault.CHILD_BOTH: heard and why_not,
        Fault.FACTOR: not sources,
    }
    return [fault for fault, holds in found.items() if holds]


def _says(words: str) -> bool:
    return sum(sign.isalpha() for sign in words) >= FEWEST_LETTERS
