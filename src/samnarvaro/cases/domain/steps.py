"""The case of the school social team in seven steps: a table of moves, each with what it asks for.

What is lacking is told all at once. A case can be paused, closed at the family's wish, and opened
anew; what was agreed before that does not count again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.cases.domain.investigation import INVESTIGATORS, LEADS
from samnarvaro.kernel.access import Role


class Step(StrEnum):
    NOTICED = "noticed"  # 1 the school notices and investigates the causes
    INTAKE = "intake"  # 2 intake to the school social team, and start
    PLANNING = "planning"  # 3 planning, or guiding on to another
    CARRYING_OUT = "carrying_out"  # 4 work with what was planned
    FOLLOW_UP = "follow_up"  # 5 how it has gone for the pupil
    MAINTENANCE = "maintenance"  # 6 keeping what was reached
    CLOSURE = "closure"  # 7


class Fact(StrEnum):
    """What is written into a case. The latest of each holds."""

    TRIGGER = "trigger"  # why cooperation is needed
    PROFESSIONS = "professions"  # who is needed
    FORM = "form"  # how one meets
    DECISION = "decision"  # the principal's, on support, in consultation with the team
    INVITATION = "invitation"  # pupil and guardian are invited to a meeting
    YES_SUPPORT = "yes_support"  # the family's answer to receiving support
    SHARING = "sharing"  # the family's answer to sharing between zones, known from the consents
    MAPPING = "mapping"  # that it is made, or why not
    GOAL = "goal"
    INTERVENTION = "intervention"
    RESPONSIBLE = "responsible"
    LOOK_ON = "look_on"  # when it is followed up
    EVALUATION = "evaluation"  # how it has gone
    KEEPING = "keeping"  # the plan for keeping what was reached
    REASON = "reason"  # why it is closed
    AFTERWARDS = "afterwards"  # how one follows up after the closing
    STATUS = "status"  # the attendance status at the end, 1 to 8
    WISH = "wish"  # pupil or guardian wants to end it


class Trigger(StrEnum):
    SEVERAL_PARTIES = "several_parties"
    COMPLEX = "complex"
    FAMILY_WISHES = "family_wishes"


class Form(StrEnum):
    """How one cooperates, and so what that asks for."""

    CONSULTATION = "consultation"  # without identity; asks for no yes
    MEETING = "meeting"
    NETWORK = "network"
    SHARED_PLAN = "shared_plan"
    COORDINATED_PLAN = "coordinated_plan"  # the statutory one of municipality and region


class Yes(StrEnum):
    GUARDIANS = "guardians"
    PUPIL = "pupil"  # alone, from 15
    NO = "no"


class Mapping(StrEnum):
    MADE = "made"
    WHY_NOT = "why_not"


class Outcome(StrEnum):
    BETTER = "better"
    AS_BEFORE = "as_before"
    WORSE = "worse"


class Reason(StrEnum):
    COMPLETED = "completed"  # the plan was carried through
    NEEDS_CHANGED = "needs_changed"
    GUIDED_ON = "guided_on"  # to somebody else, named in the words
    FAMILY_WISH = "family_wish"
    MOVED = "moved"
    ENDED_EARLY = "ended_early"


class Whose(StrEnum):
    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Referrer(StrEnum):
    """Who took the contact."""

    SCHOOL = "school"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


STATUSES = tuple(str(number) for number in range(1, 9))
PUPIL_ALONE_FROM = 15  # years; SoL 21 kap. 2 §


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a fact is told by: a choice among some, words, a day."""

    choices: tuple[str, ...] = ()
    words: bool = True
    day: bool = False


def _of(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(each.value for each in kind)


# What can be written in, and how. Sharing is not among them: the consents themselves tell it.
SHAPES: dict[Fact, Shape] = {
    Fact.TRIGGER: Shape(choices=_of(Trigger)),
    Fact.PROFESSIONS: Shape(),
    Fact.FORM: Shape(choices=_of(Form), words=False),
    Fact.DECISION: Shape(),
    Fact.INVITATION: Shape(day=True),
    Fact.YES_SUPPORT: Shape(choices=_of(Yes), day=True, words=False),
    Fact.MAPPING: Shape(choices=_of(Mapping)),
    Fact.GOAL: Shape(),
    Fact.INTERVENTION: Shape(),
    Fact.RESPONSIBLE: Shape(),
    Fact.LOOK_ON: Shape(words=False, day=True),
    Fact.EVALUATION: Shape(choices=_of(Outcome)),
    Fact.KEEPING: Shape(),
    Fact.REASON: Shape(choices=_of(Reason)),
    Fact.AFTERWARDS: Shape(),
    Fact.STATUS: Shape(choices=STATUSES, words=False),
    Fact.WISH: Shape(choices=_of(Whose)),
}
CLOSING = (Fact.REASON, Fact.AFTERWARDS, Fact.STATUS)
AHEAD = frozenset({Fact.LOOK_ON})  # whose day lies ahead; the others' days have been, or are agreed


@dataclass(frozen=True, slots=True)
class Move:
    """From one step to another: what must be there, and who decides."""

    needs: tuple[Fact, ...]
    decides: frozenset[Role]


MOVES: dict[tuple[Step, Step], Move] = {
    (Step.NOTICED, Step.INTAKE): Move((Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM), LEADS),
    # It does not wait for a finished investigation.
    (Step.INTAKE, Step.PLANNING): Move(
        (Fact.DECISION, Fact.INVITATION, Fact.YES_SUPPORT, Fact.SHARING, Fact.MAPPING), LEADS
    ),
    (Step.PLANNING, Step.CARRYING_OUT): Move(
        (Fact.GOAL, Fact.INTERVENTION, Fact.RESPONSIBLE, Fact.LOOK_ON), INVESTIGATORS
    ),
    (Step.CARRYING_OUT, Step.FOLLOW_UP): Move((), INVESTIGATORS),
    (Step.FOLLOW_UP, Step.CARRYING_OUT): Move((Fact.EVALUATION, Fact.LOOK_ON), INVESTIGATORS),
    (Step.FOLLOW_UP, Step.PLANNING): Move((Fact.EVALUATION,), INVESTIGATORS),
    (Step.FOLLOW_UP, Step.MAINTENANCE): Move((Fact.EVALUATION, Fact.KEEPING), INVESTIGATORS),
    (Step.MAINTENANCE, Step.FOLLOW_UP): Move((), INVESTIGATORS),
    **{
        (step, Step.CLOSURE): Move(CLOSING, LEADS)
        for step in Step
        if step is not Step.CLOSURE
    },
    (Step.CLOSURE, Step.INTAKE): Move((), LEADS),  # opened anew
}  # fmt: skip
# What counts only when it was written since the step was entered: each round has its own.
OF_THE_STEP = frozenset({Fact.EVALUATION, *CLOSING})


class Fault(StrEnum):
    """What stops a write or a move."""

    NOT_YOURS = "not_yours"
    NO_SUCH_MOVE = "no_such_move"
    CHANGED = "changed"  # somebody else wrote meanwhile
    PAUSED = "paused"
    NOT_PAUSED = "not_paused"
    IS_CLOSED = "is_closed"
    ALREADY_OPEN = "already_open"
    CHOICE = "choice"
    WORDS = "words"
    TOO_LONG = "too_long"
    DAY = "day"
    DAY_AHEAD = "day_ahead"
    DAY_NOT_AHEAD = "day_not_ahead"
    TOO_YOUNG = "too_young"  # below 15 a pupil does not say yes to support alone
    NEED = "need"
    REFERRER = "referrer"
    SAID_NO = "said_no"  # the family has said no to support


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case as far as its moves ask: `facts` since it was opened (anew), `fresh` since the step began."""

    step: Step
    facts: frozenset[Fact] = frozenset()
    fresh: frozenset[Fact] = frozenset()
    is_paused: bool = False
    said_no: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Everything that stops a move: what is wrong, and what is missing."""

    faults: list[Fault]
    missing: list[Fact]

    def __bool__(self) -> bool:
        return bool(self.faults or self.missing)


def ways_from(step: Step) -> list[Step]:
    """Return where a case can go from a step, in the order of the table."""
    return [to for (at, to) in MOVES if at is step]


def missing(known: Known, to: Step) -> list[Fact]:
    """Return what a move lacks, in the order in which it is asked for."""
    move = MOVES.get((known.step, to))
    needs = move.needs if move else ()
    return [
        fact for fact in needs if fact not in (known.fresh if fact in OF_THE_STEP else known.facts)
    ]


def against(known: Known, to: Step, *, role: Role | None) -> Refusal:
    """Return everything that stops a move, not only the first."""
    move = MOVES.get((known.step, to))
    if move is None:
        return Refusal([Fault.NO_SUCH_MOVE], [])
    starts = (known.step, to) == (Step.INTAKE, Step.PLANNING)
    reasons = {
        Fault.NOT_YOURS: role not in move.decides,
        Fault.PAUSED: known.is_paused and to is not Step.CLOSURE,
        Fault.SAID_NO: starts and known.said_no,
    }
    return Refusal([fault for fault, holds in reasons.items() if holds], missing(known, to))


def next_of(step: Step) -> Step | None:
    """Return the step after this one; after the closure there is none."""
    order: Collection[Step] = list(Step)
    place = list(order).index(step) + 1
    return list(order)[place] if place < len(order) else None


def asked_in(step: Step) -> list[Fact]:
    """Return what can be written in a step: all that a move from there asks for, once each."""
    found = dict.fromkeys(
        fact for (at, to), move in MOVES.items() if at is step and to is not Step.CLOSURE
        for fact in move.needs
    )  # fmt: skip
    return [fact for fact in found if fact in SHAPES]
