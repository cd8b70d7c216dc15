"""What stops a fact of a case from being written, and a case from being opened or paused."""

from dataclasses import dataclass
from datetime import date, timedelta

from samnarvaro.cases.domain import steps
from samnarvaro.cases.domain.investigation import INVESTIGATORS, LEADS, LONGEST_TEXT
from samnarvaro.cases.domain.steps import AHEAD, SHAPES, Fact, Fault, Referrer, Step, Yes
from samnarvaro.kernel.access import Role

FEWEST_LETTERS = 3
LONGEST_PAUSE = timedelta(days=90)
DECIDED_BY_LEADS = frozenset({Fact.DECISION})
# Who may say that there is a need: those who see the pupil, also its mentor.
OPENERS = INVESTIGATORS | {Role.MENTOR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact as somebody tells it."""

    fact: Fact
    choice: str = ""
    words: str = ""
    day: date | None = None


def faults(
    told: Told, *, step: Step, role: Role | None, is_paused: bool, age: int | None, on: date
) -> list[Fault]:
    """Return everything that stops a fact from being written."""
    shape = SHAPES[told.fact]
    leads = told.fact in DECIDED_BY_LEADS
    reasons = {
        Fault.NOT_YOURS: role not in (LEADS if leads else INVESTIGATORS),
        Fault.IS_CLOSED: step is Step.CLOSURE,
        Fault.PAUSED: is_paused and told.fact not in (*steps.CLOSING, Fact.WISH),
        Fault.CHOICE: bool(shape.choices) and told.choice not in shape.choices,
        Fault.TOO_YOUNG: told.fact is Fact.YES_SUPPORT
        and told.choice == Yes.PUPIL
        and (age is None or age < steps.PUPIL_ALONE_FROM),
        Fault.WORDS: shape.words and not _are_words(told.words),
        Fault.TOO_LONG: len(told.words) > LONGEST_TEXT,
        Fault.DAY: shape.day and told.day is None,
        Fault.DAY_NOT_AHEAD: told.fact in AHEAD and told.day is not None and told.day <= on,
    }
    return [fault for fault, holds in reasons.items() if holds]


def faults_in_opening(
    need: str, referrer: Referrer | None, *, role: Role | None, is_open: bool
) -> list[Fault]:
    """Return what stops a case from being opened: one is open at a time, and it begins with a need."""
    reasons = {
        Fault.NOT_YOURS: role not in OPENERS,
        Fault.ALREADY_OPEN: is_open,
        Fault.NEED: not _are_words(need),
        Fault.TOO_LONG: len(need) > LONGEST_TEXT,
        Fault.REFERRER: referrer is None,
    }
    return [fault for fault, holds in reasons.items() if holds]


def faults_in_pause(
    words: str, until: date | None, *, step: Step, role: Role | None, is_paused: bool, on: date
) -> list[Fault]:
    """Return what stops a pause: it has a reason, and a day when somebody looks at it again."""
    reasons = {
        Fault.NOT_YOURS: role not in INVESTIGATORS,
        Fault.IS_CLOSED: step is Step.CLOSURE,
        Fault.PAUSED: is_paused,
        Fault.WORDS: not _are_words(words),
        Fault.TOO_LONG: len(words) > LONGEST_TEXT,
        Fault.DAY: until is None,
        Fault.DAY_NOT_AHEAD: until is not None and not on < until <= on + LONGEST_PAUSE,
    }
    return [fault for fault, holds in reasons.items() if holds]


def faults_in_resuming(*, role: Role | None, is_paused: bool) -> list[Fault]:
    reasons = {Fault.NOT_YOURS: role not in INVESTIGATORS, Fault.NOT_PAUSED: not is_paused}
    return [fault for fault, holds in reasons.items() if holds]


def _are_words(words: str) -> bool:
    return sum(sign.isalpha() for sign in words) >= FEWEST_LETTERS
