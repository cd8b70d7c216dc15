"""The investigation that a principal owes when absence is repeated or long: its parts and its order.

Whether absence is repeated or long is judged in each case: no limit says it. Excused absence counts
as the unexcused does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samnarvaro.kernel.access import Role

FEWEST_LETTERS = 3
LONGEST_TEXT = 8000
LONGEST_LINE = 300
LONGEST_UNTIL_LOOK = 90  # calendar days until measures are followed up


class Judgement(StrEnum):
    """What the principal judges a pupil's absence to be."""

    REPEATED = "repeated"
    LONG = "long"
    BOTH = "both"
    NOT_NEEDED = "not_needed"  # an investigation is not needed, and why stands beside


class State(StrEnum):
    NOT_NEEDED = "not_needed"
    OPEN = "open"
    DECIDED = "decided"  # measures are under way and are followed up in rounds
    CLOSED = "closed"


GOING_ON = frozenset({State.OPEN, State.DECIDED})


class Consulted(StrEnum):
    """With whom the school consults, always with all three."""

    STUDENT_HEALTH = "student_health"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Perspective(StrEnum):
    PEDAGOGICAL = "pedagogical"
    SOCIAL = "social"
    PSYCHOLOGICAL = "psychological"
    MEDICAL = "medical"  # written by the school's medical branch itself, which hands it over


class Support(StrEnum):
    """Whether an investigation of special support is opened too."""

    NOT_MET = "not_met"
    OPENED = "opened"
    TOGETHER = "together"  # opened, and the two are carried out as one


class Outcome(StrEnum):
    BETTER = "better"
    AS_BEFORE = "as_before"
    WORSE = "worse"


class Part(StrEnum):
    """What is written into an investigation, each part by itself."""

    APPOINT = "appoint"
    CONSULT = "consult"
    PERSPECTIVE = "perspective"
    ANALYSE = "analyse"
    SUPPORT = "support"
    MEASURE = "measure"
    DECIDE = "decide"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    TELL_HOME = "tell_home"  # the pupil's home municipality, when that is another one


class Fault(StrEnum):
    """What stops a part from being written, or the next step from being taken."""

    NOT_YOURS = "not_yours"  # another role decides this
    NOT_NOW = "not_now"  # the investigation has not come so far, or is past it
    CHANGED = "changed"  # somebody else wrote meanwhile
    ALREADY_OPEN = "already_open"
    JUDGEMENT = "judgement"
    WHY = "why"
    TEXT = "text"
    TOO_LONG = "too_long"
    WHO = "who"
    DAY = "day"
    DAY_AHEAD = "day_ahead"
    KIND = "kind"
    MEDICAL_ELSEWHERE = "medical_elsewhere"
    LOOK_ON = "look_on"
    LOOK_ON_TOO_SOON = "look_on_too_soon"
    LOOK_ON_TOO_LATE = "look_on_too_late"
    OUTCOME = "outcome"
    NO_STUDENT_HEALTH = "no_student_health"
    NO_PUPIL = "no_pupil"
    NO_GUARDIAN = "no_guardian"
    NO_ANALYSIS = "no_analysis"
    NO_SUPPORT = "no_support"
    NO_MEASURE = "no_measure"
    NO_NEW_MEASURE = "no_new_measure"
    NO_GROUND = "no_ground"
    NOT_ANOTHERS = "not_anothers"


LEADS = frozenset({Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL})
# Who carries the investigation out, once it is theirs to see.
INVESTIGATORS = LEADS | {Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR}
MEDICAL_BRANCH = frozenset({Role.NURSE, Role.DOCTOR})

# Each part: in which states it is written, and by whom.
PARTS: dict[Part, tuple[frozenset[State], frozenset[Role]]] = {
    Part.APPOINT: (GOING_ON, LEADS),
    Part.CONSULT: (GOING_ON, INVESTIGATORS),
    Part.PERSPECTIVE: (frozenset({State.OPEN}), INVESTIGATORS),
    Part.ANALYSE: (frozenset({State.OPEN}), INVESTIGATORS),
    Part.SUPPORT: (GOING_ON, LEADS),
    Part.MEASURE: (GOING_ON, INVESTIGATORS),
    Part.DECIDE: (frozenset({State.OPEN}), LEADS),
    Part.FOLLOW_UP: (frozenset({State.DECIDED}), INVESTIGATORS),
    Part.CLOSE: (frozenset({State.DECIDED}), LEADS),
    Part.TELL_HOME: (GOING_ON, LEADS),
}

# Parts whose text takes time to write: it is kept while it is written.
DRAFTED = frozenset(
    {Part.CONSULT, Part.PERSPECTIVE, Part.ANALYSE, Part.DECIDE, Part.FOLLOW_UP, Part.CLOSE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an investigation holds so far."""

    state: State
    consulted: frozenset[Consulted] = frozenset()  # held, or why it could not be
    has_analysis: bool = False
    support: Support | None = None
    measures: int = 0  # of the present round
    last_outcome: Outcome | None = None
    is_anothers: bool = False  # the pupil's home municipality is another one
    home_told: bool = False


def may_write(part: Part, state: State, role: Role | None) -> bool:
    states, roles = PARTS[part]
    return state in states and role in roles


def against(part: Part, state: State, role: Role | None) -> list[Fault]:
    """Return what of the order and the role stops a part."""
    states, roles = PARTS[part]
    return [
        *([] if role in roles else [Fault.NOT_YOURS]),
        *([] if state in states else [Fault.NOT_NOW]),
    ]


def faults_in_judgement(
    judgement: Judgement | None, why: str, *, role: Role | None, is_open: bool
) -> list[Fault]:
    """Return what stops a judgement: it always says why, and one investigation is open at a time."""
    return [
        *([] if role in LEADS else [Fault.NOT_YOURS]),
        *([Fault.ALREADY_OPEN] if is_open else []),
        *([] if judgement else [Fault.JUDGEMENT]),
        *in_words(why, Fault.WHY),
    ]


_NO_CONSULTATION = {
    Consulted.STUDENT_HEALTH: Fault.NO_STUDENT_HEALTH,
    Consulted.PUPIL: Fault.NO_PUPIL,
    Consulted.GUARDIAN: Fault.NO_GUARDIAN,
}


def missing_for_decision(written: Written) -> list[Fault]:
    """Return everything an investigation lacks before the principal decides, all at once.

    Consultations with student health, the pupil and a guardian; the analysis; whether special
    support is to be investigated; a measure. The four perspectives may be taken in, and need not.
    """
    return [
        *(fault for who, fault in _NO_CONSULTATION.items() if who not in written.consulted),
        *([] if written.has_analysis else [Fault.NO_ANALYSIS]),
        *([] if written.support else [Fault.NO_SUPPORT]),
        *([] if written.measures else [Fault.NO_MEASURE]),
    ]


def faults_in_round(
    outcome: Outcome | None, words: str, *, new_measures: int, look_on: date | None, on: date
) -> list[Fault]:
    """Return what stops a follow-up: what has not been enough is followed by something new."""
    lacks = outcome in (Outcome.AS_BEFORE, Outcome.WORSE) and not new_measures
    return [
        *([] if outcome else [Fault.OUTCOME]),
        *in_words(words, Fault.TEXT),
        *([Fault.NO_NEW_MEASURE] if lacks else []),
        *in_look_on(look_on, on),
    ]


def missing_for_closing(written: Written) -> list[Fault]:
    """Return what stops the closing: the last follow-up says that it has become better."""
    return [] if written.last_outcome is Outcome.BETTER else [Fault.OUTCOME]


def in_words(words: str, missing: Fault) -> list[Fault]:
    """Return what is wrong with words: three letters at least, and no endless text."""
    if sum(sign.isalpha() for sign in words) < FEWEST_LETTERS:
        return [missing]
    return [Fault.TOO_LONG] if len(words) > LONGEST_TEXT else []


def in_past(day: date | None, on: date) -> list[Fault]:
    """Return what is wrong with the day of something that has been."""
    if day is None:
        return [Fault.DAY]
    return [Fault.DAY_AHEAD] if day > on else []


def in_look_on(day: date | None, on: date) -> list[Fault]:
    """Return what is wrong with the day of the next look: ahead, and within three months."""
    if day is None:
        return [Fault.LOOK_ON]
    if day <= on:
        return [Fault.LOOK_ON_TOO_SOON]
    late = day > on + timedelta(days=LONGEST_UNTIL_LOOK)
    return [Fault.LOOK_ON_TOO_LATE] if late else []


def not_taken_in(given: Iterable[Perspective]) -> list[Perspective]:
    """Return the perspectives that nobody has written, in their order."""
    there: Collection[Perspective] = set(given)
    return [each for each in Perspective if each not in there]
