"""The absence register: what the school authority is told of investigations, what is late, its rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samnarvaro.cases.domain.investigation import GOING_ON, State

ROUNDS = (11, 41)  # the weeks when the authority asks each open entry for its status
DECIDE_WITHIN = 60  # calendar days from the start to the decision, then it is told as late


class Late(StrEnum):
    """What is late with an entry."""

    DECISION = "decision"
    FOLLOW_UP = "follow_up"
    ROUND = "round"  # the authority asked, and the school has not answered
    HOME = "home"  # the pupil's home municipality has not been told


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the register as far as time matters."""

    state: State
    reported_on: date
    look_on: date | None
    answered: frozenset[str] = frozenset()  # keys of the rounds
    must_tell_home: bool = False
    home_told: bool = False


def key_of(year: int, week: int) -> str:
    return f"{year}-W{week:02}"


def first_day(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)


def round_on(on: date, weeks: Iterable[int] = ROUNDS) -> str:
    """Return the latest round that has begun on a day."""
    year = on.isocalendar().year
    begun = [
        (first_day(y, week), key_of(y, week))
        for y in (year - 1, year)
        for week in weeks
        if first_day(y, week) <= on
    ]
    return max(begun)[1]


def begins(key: str) -> date:
    """Return the first day of a round by its key."""
    year, _, week = key.partition("-W")
    return first_day(int(year), int(week))


def ends(key: str) -> date:
    """Return the last day when an answer is in time: the Sunday of the round's week."""
    return begins(key) + timedelta(days=6)


def asks(entry: Entry, key: str) -> bool:
    """Tell whether a round asks of an entry: it was there when the round began, and is open."""
    is_open = entry.state in GOING_ON
    return is_open and entry.reported_on <= begins(key) and key not in entry.answered


def late(entry: Entry, *, on: date, weeks: Iterable[int] = ROUNDS) -> list[Late]:
    """Return everything that is late with an entry on a day."""
    if entry.state not in GOING_ON:
        return []
    undecided = entry.state is State.OPEN
    last_round = round_on(on, weeks)
    told = {
        Late.DECISION: undecided and on > entry.reported_on + timedelta(days=DECIDE_WITHIN),
        Late.FOLLOW_UP: entry.look_on is not None and on > entry.look_on,
        Late.ROUND: asks(entry, last_round) and on > ends(last_round),
        Late.HOME: entry.must_tell_home and not entry.home_told,
    }
    return [what for what, holds in told.items() if holds]


class Status(StrEnum):
    """What a school answers when the authority asks how an entry stands."""

    GOES_ON = "goes_on"  # the investigation goes on
    MEASURES = "measures"  # measures are carried out and followed up
    BETTER = "better"  # attendance is better, and it is to be closed
    STUCK = "stuck"  # it is at a standstill: the school needs help
