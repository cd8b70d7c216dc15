"""The absence register: what the school authority is told of investigations, what is late, its rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samnarvaro.cases.domain.investigation import GOING_ON, State
from samnarvaro.cases.domain.rules import Rules, first_day, round_on, rules_on


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


def decide_by(entry: Entry, versions: Sequence[Rules]) -> date:
    """Return the last day when a decision is in time, by the rules of the day of the report."""
    within = rules_on(entry.reported_on, versions).decide_within
    return entry.reported_on + timedelta(days=within)


def late(entry: Entry, *, on: date, versions: Sequence[Rules]) -> list[Late]:
    """Return everything that is late with an entry on a day."""
    if entry.state not in GOING_ON:
        return []
    undecided = entry.state is State.OPEN
    last_round = round_on(on, versions)
    told = {
        Late.DECISION: undecided and on > decide_by(entry, versions),
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
