"""Rows of work: what a row can be, the honest acts that clear it, and what an act has to tell.

A row goes away by an act with a reason, never as a side effect. Nothing here reads a clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from samnarvaro.kernel.access import Holder, Role


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # until a day, with a reason; then it is open again
    DONE = "done"  # what was done stands beside
    NOT_NEEDED = "not_needed"  # why stands beside


class Act(StrEnum):
    DONE = "done"
    WAIT = "wait"
    NOT_NEEDED = "not_needed"
    UNDO = "undo"  # takes back the act that stands


class Missing(StrEnum):
    """What stops an act from being an honest one."""

    TEXT = "text"  # what was done, or why
    TEXT_SHORT = "text_short"
    TEXT_LONG = "text_long"
    DAY = "day"  # wait until when
    DAY_NOT_AHEAD = "day_not_ahead"
    DAY_TOO_LATE = "day_too_late"
    CLEARED_ALREADY = "cleared_already"
    NOTHING_TO_UNDO = "nothing_to_undo"  # no act stands, or another one than was meant
    NOT_YOURS = "not_yours"  # somebody else did it
    ANOTHER_DAY = "another_day"  # it was not done today


class When(StrEnum):
    """Where a row stands in its holder's list."""

    TODAY = "today"  # or overdue
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


CLEARED = frozenset({State.DONE, State.NOT_NEEDED})

# What each act makes of a row. UNDO is not here: it gives back what was before.
_CLEARING = {Act.DONE: State.DONE, Act.WAIT: State.WAITING, Act.NOT_NEEDED: State.NOT_NEEDED}
LEADS_TO: dict[State, dict[Act, State]] = {
    State.OPEN: _CLEARING,
    State.WAITING: _CLEARING,
    State.DONE: {},
    State.NOT_NEEDED: {},
}
LED_BY = {state: act for act, state in _CLEARING.items()}  # which act a state tells of

# Whose rows a viewer's role holds. A role that is not here has no rows: the nurse and the doctor
# stand in a secrecy zone of their own, so the team's rows are not theirs.
_LEADS = frozenset({Holder.PRINCIPAL, Holder.TEAM_CONFERENCE})
_TEAM = frozenset({Holder.STUDENT_HEALTH_TEAM})
HOLDS: dict[Role, frozenset[Holder]] = {
    Role.TEACHER: frozenset({Holder.TEACHER}),
    Role.MENTOR: frozenset({Holder.MENTOR, Holder.TEAM_CONFERENCE}),
    Role.PRINCIPAL: _LEADS,
    Role.DEPUTY_PRINCIPAL: _LEADS,
    Role.COUNSELLOR: _TEAM | {Holder.COUNSELLOR},
    Role.PSYCHOLOGIST: _TEAM,
    Role.SPECIAL_EDUCATOR: _TEAM,
    Role.SCHOOL_ADMINISTRATOR: frozenset({Holder.SCHOOL_ADMINISTRATOR}),
}
# Who has rows of its own, and of the pupil no more than they tell.
ROWS_ALONE = frozenset({Role.TEACHER, Role.SCHOOL_ADMINISTRATOR})

FEWEST_LETTERS = 3
LONGEST_TEXT = 2000
LONGEST_WAIT = 30  # calendar days: a row never sleeps over a whole term


class NotARow(ValueError):
    """A row that nobody could hold, or that nothing made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A row to be raised. `subject` is what made it, in the room above, and makes it once."""

    subject: str
    kind: str
    pupil: int
    acts: Holder
    level: int
    figures: Mapping[str, Any]
    raised_on: date
    due_on: date

    def __post_init__(self) -> None:
        if not (self.subject.isprintable() and self.subject and self.kind):
            raise NotARow("a row needs a subject in one line, and a kind")
        if not isinstance(self.acts, Holder):
            raise NotARow(f"no list holds the rows of {self.acts}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An act as it was done: the how-manyth of its row, what, which day, by whom (an id)."""

    number: int
    act: Act
    on: date
    by: str
    by_name: str = ""
    text: str = ""
    wait_until: date | None = None


def held_by(role: Role | None) -> frozenset[Holder]:
    """Return whose rows a role holds; the system holds none, so it can clear none."""
    return HOLDS.get(role, frozenset()) if role else frozenset()


def state_on(state: State, wait_until: date | None, day: date) -> State:
    """Return what the row is on a day: one that waited is open again when its day has come."""
    if state is State.WAITING and wait_until is not None and wait_until <= day:
        return State.OPEN
    return state


def due_of(due_on: date, wait_until: date | None) -> date:
    """Return when the row is due: a row that was put off is not overdue before its day."""
    return max(due_on, wait_until) if wait_until else due_on


def when(state: State, due_on: date, day: date) -> When:
    """Return the part of the list where an uncleared row stands, by what it is on the day."""
    if state is State.WAITING:
        return When.WAITING
    if due_on <= day:
        return When.TODAY
    sunday = day + timedelta(days=6 - day.weekday())
    return When.THIS_WEEK if due_on <= sunday else When.LATER


def missing_for(
    act: Act, *, state: State, text: str, wait_until: date | None, on: date
) -> list[Missing]:
    """Return everything that stops the act, not only the first."""
    missing = [] if act in LEADS_TO[state] else [Missing.CLEARED_ALREADY]
    missing += _missing_in_text(text)
    if act is Act.WAIT:
        missing += _missing_in_day(wait_until, on)
    return missing


def _missing_in_text(text: str) -> list[Missing]:
    if not text.strip():
        return [Missing.TEXT]
    if sum(sign.isalpha() for sign in text) < FEWEST_LETTERS:
        return [Missing.TEXT_SHORT]
    return [Missing.TEXT_LONG] if len(text) > LONGEST_TEXT else []


def _missing_in_day(wait_until: date | None, on: date) -> list[Missing]:
    if wait_until is None:
        return [Missing.DAY]
    if wait_until <= on:
        return [Missing.DAY_NOT_AHEAD]
    return [Missing.DAY_TOO_LATE] if (wait_until - on).days > LONGEST_WAIT else []


def standing(history: Iterable[Done]) -> list[Done]:
    """Return the acts that stand, oldest first: each undo took away the one before it."""
    acts: list[Done] = []
    for done in history:
        if done.act is not Act.UNDO:
            acts.append(done)
        elif acts:
            acts.pop()
    return acts


def missing_for_undo(
    acts: Sequence[Done], *, number: int | None, by: str, on: date
) -> list[Missing]:
    """Return everything that stops the last standing act from being undone.

    Only who did it, and only the same day: what others have relied on stands. `number` is the act
    that is meant; without it the last one is. A second press never undoes one more.
    """
    if not acts or number not in {None, acts[-1].number}:
        return [Missing.NOTHING_TO_UNDO]
    last = acts[-1]
    return [
        *([Missing.NOT_YOURS] if last.by != by else []),
        *([Missing.ANOTHER_DAY] if last.on != on else []),
    ]


def state_after(acts: Sequence[Done]) -> State:
    """Return what the row is when these acts stand."""
    state = State.OPEN
    for done in acts:
        state = LEADS_TO[state][done.act]
    return state
