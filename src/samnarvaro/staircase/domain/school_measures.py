"""A measure of a school: what it has chosen to do to promote, prevent or remedy, for all of the school
or for one class. Who sees to it, between which days, what it is to lead to, and in the end how it went.

It is about how the school works, never about one pupil, and names none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.staircase.domain.tiers import Item, Tier

FEWEST_LETTERS = 3
LONGEST_LINE = 200
LONGEST_HOW = 2000
FARTHEST_START = 365  # calendar days, back as ahead: what has been done since August can be told
LONGEST_PERIOD = 400  # calendar days from the first: a school year

# Who chooses what a school does, alters it and tells how it went.
CHOOSERS = frozenset(
    {
        Role.PRINCIPAL,
        Role.DEPUTY_PRINCIPAL,
        Role.COUNSELLOR,
        Role.PSYCHOLOGIST,
        Role.SPECIAL_EDUCATOR,
    }
)
# Who at the school can see to one, and tells how one's own went.
OWNERS = CHOOSERS | {
    Role.MENTOR,
    Role.TEACHER,
    Role.RESOURCE_TEACHER,
    Role.CAREER_COUNSELLOR,
    Role.LEISURE_STAFF,
}


class Outcome(StrEnum):
    DONE = "done"  # done as it was meant
    ENDED = "ended"  # ended before that, and why stands beside


class Standing(StrEnum):
    """How far a measure has come on a day."""

    OVER = "over"  # its period is past, and nobody has told how it went
    RUNNING = "running"
    COMING = "coming"
    DONE = "done"
    ENDED = "ended"


class Fault(StrEnum):
    """What stops a measure from being chosen, altered, told of or taken back."""

    WHAT = "what"
    WHAT_TOO_LONG = "what_too_long"
    AIM = "aim"
    AIM_TOO_LONG = "aim_too_long"
    NAMES_A_PUPIL = "names_a_pupil"
    OWNER = "owner"
    GROUP = "group"
    FIRST_DAY = "first_day"
    FIRST_DAY_TOO_FAR = "first_day_too_far"
    LAST_DAY = "last_day"
    LAST_DAY_TOO_EARLY = "last_day_too_early"
    LAST_DAY_PAST = "last_day_past"
    LAST_DAY_TOO_LATE = "last_day_too_late"
    RUNS_ALREADY = "runs_already"
    OUTCOME = "outcome"
    HOW = "how"
    HOW_TOO_LONG = "how_too_long"
    HOW_NAMES_A_PUPIL = "how_names_a_pupil"
    CLOSED_ALREADY = "closed_already"
    NOT_CLOSED = "not_closed"
    BEGUN_ALREADY = "begun_already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A measure as somebody wants it. `owner` and `group` are ids; without a group it is all of the
    school's. `item` is the shipped proposal that it came from, if any.
    """

    tier: Tier
    item: Item | None = None
    what: str = ""
    aim: str = ""
    owner: int | None = None
    group: int | None = None
    first_day: date | None = None
    last_day: date | None = None


def faults_of(wanted: Wanted, *, on: date, known: Wanted | None = None) -> list[Fault]:
    """Return everything that stops a measure. Days that it has already are not asked about again."""
    first_kept = known is not None and known.first_day == wanted.first_day
    last_kept = known is not None and known.last_day == wanted.last_day
    return [
        *_in_words(wanted.what, LONGEST_LINE, Fault.WHAT, Fault.WHAT_TOO_LONG),
        *_in_words(wanted.aim, LONGEST_LINE, Fault.AIM, Fault.AIM_TOO_LONG),
        *([Fault.OWNER] if wanted.owner is None else []),
        *_in_first_day(wanted.first_day, on, is_kept=first_kept),
        *_in_last_day(wanted.first_day, wanted.last_day, on, is_kept=last_kept),
    ]


def faults_at_end(outcome: Outcome | None, how: str, *, is_closed: bool) -> list[Fault]:
    """Return everything that stops a measure from being done or ended."""
    if is_closed:
        return [Fault.CLOSED_ALREADY]
    missing = [] if outcome else [Fault.OUTCOME]
    return [*missing, *_in_words(how, LONGEST_HOW, Fault.HOW, Fault.HOW_TOO_LONG)]


def faults_at_taking_back(
    *, first_day: date, chosen_on: date, is_closed: bool, on: date
) -> list[Fault]:
    """What was chosen today, or has not begun, can be taken back; what has begun is ended in words."""
    if is_closed:
        return [Fault.CLOSED_ALREADY]
    return [] if on < first_day or on == chosen_on else [Fault.BEGUN_ALREADY]


def standing(first_day: date, last_day: date, outcome: Outcome | None, *, on: date) -> Standing:
    """Return how far a measure has come on a day. Its last day is a day of it."""
    if outcome:
        return Standing(outcome.value)
    if on > last_day:
        return Standing.OVER
    return Standing.RUNNING if on >= first_day else Standing.COMING


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text has the whole name of somebody, however it is spaced and spelt large."""
    told = f" {_plain(text)} "
    return any(f" {plain} " in told for name in names if (plain := _plain(name)))


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _in_words(words: str, longest: int, missing: Fault, too_long: Fault) -> list[Fault]:
    if sum(sign.isalpha() for sign in words) < FEWEST_LETTERS:
        return [missing]
    return [too_long] if len(words) > longest else []


def _in_first_day(first_day: date | None, on: date, *, is_kept: bool) -> list[Fault]:
    if first_day is None:
        return [Fault.FIRST_DAY]
    too_far = not is_kept and abs((first_day - on).days) > FARTHEST_START
    return [Fault.FIRST_DAY_TOO_FAR] if too_far else []


def _in_last_day(
    first_day: date | None, last_day: date | None, on: date, *, is_kept: bool
) -> list[Fault]:
    if last_day is None:
        return [Fault.LAST_DAY]
    if first_day is not None and last_day < first_day:
        return [Fault.LAST_DAY_TOO_EARLY]
    if last_day < on and not is_kept:
        return [Fault.LAST_DAY_PAST]
    too_late = (last_day - (first_day or on)).days > LONGEST_PERIOD
    return [Fault.LAST_DAY_TOO_LATE] if too_late else []
