"""An early measure: what a mentor tries, in one line, from when, and when it is looked at again."""

from datetime import date
from enum import StrEnum

FEWEST_LETTERS = 3
LONGEST_LINE = 200
LONGEST_HOW = 2000
EARLIEST_START = 30  # calendar days: what was begun some weeks ago can still be told
LONGEST_RUN = 90  # calendar days until it is looked at again


class Outcome(StrEnum):
    """How it went for the pupil's attendance, as the adults and the pupil see it."""

    BETTER = "better"
    AS_BEFORE = "as_before"
    WORSE = "worse"


class Fault(StrEnum):
    """What stops a measure from being started or closed."""

    WHAT = "what"
    WHAT_TOO_LONG = "what_too_long"
    FIRST_DAY = "first_day"
    FIRST_DAY_TOO_FAR = "first_day_too_far"
    LOOK_ON = "look_on"
    LOOK_ON_TOO_SOON = "look_on_too_soon"
    LOOK_ON_TOO_LATE = "look_on_too_late"
    OUTCOME = "outcome"
    HOW = "how"
    HOW_TOO_LONG = "how_too_long"
    CLOSED_ALREADY = "closed_already"


def faults_at_start(
    what: str, first_day: date | None, look_on: date | None, *, on: date
) -> list[Fault]:
    """Return everything that stops the measure from being started on a day."""
    return [
        *_in_words(what, LONGEST_LINE, Fault.WHAT, Fault.WHAT_TOO_LONG),
        *_in_first_day(first_day, on),
        *_in_look_on(look_on, first_day or on, on),
    ]


def faults_at_end(outcome: Outcome | None, how: str, *, is_closed: bool) -> list[Fault]:
    """Return everything that stops the measure from being closed."""
    return [
        *([Fault.CLOSED_ALREADY] if is_closed else []),
        *([] if outcome else [Fault.OUTCOME]),
        *_in_words(how, LONGEST_HOW, Fault.HOW, Fault.HOW_TOO_LONG),
    ]


def _in_words(words: str, longest: int, missing: Fault, too_long: Fault) -> list[Fault]:
    if sum(sign.isalpha() for sign in words) < FEWEST_LETTERS:
        return [missing]
    return [too_long] if len(words) > longest else []


def _in_first_day(first_day: date | None, on: date) -> list[Fault]:
    if first_day is None:
        return [Fault.FIRST_DAY]
    too_far = abs((first_day - on).days) > EARLIEST_START
    return [Fault.FIRST_DAY_TOO_FAR] if too_far else []


def _in_look_on(look_on: date | None, first_day: date, on: date) -> list[Fault]:
    if look_on is None:
        return [Fault.LOOK_ON]
    if look_on <= max(first_day, on):
        return [Fault.LOOK_ON_TOO_SOON]
    return [Fault.LOOK_ON_TOO_LATE] if (look_on - on).days > LONGEST_RUN else []
