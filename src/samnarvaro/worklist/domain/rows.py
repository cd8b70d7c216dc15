"""Rows of work: what a row can be, the honest acts that clear it, and what an act has to tell.

A row goes away by an act with a reason, never as a side effect. Nothing here reads a clock.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from samnarvaro.kernel.access import Holder, Role


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # until a day, with a reason; then it is open again
    HANDED = "handed"  # lies with somebody else than before, with a word why
    DONE = "done"  # what was done stands beside
    NOT_NEEDED = "not_needed"  # why stands beside


class Act(StrEnum):
    DONE = "done"
    WAIT = "wait"
    NOT_NEEDED = "not_needed"
    HAND_OVER = "hand_over"  # to somebody else at the same school, who sees from whom
    DECIDED = "decided"  # what a meeting said, and when it takes the row up again
    UNDO = "undo"  # takes back the act that stands


class Missing(StrEnum):
    """What stops an act from being an honest one."""

    TEXT = "text"  # what was done, or why
    TEXT_SHORT = "text_short"
    TEXT_LONG = "text_long"
    DAY = "day"  # wait until when
    DAY_NOT_AHEAD = "day_not_ahead"
    DAY_TOO_LATE = "day_too_late"
    RECEIVER = "receiver"  # hand over to whom
    RECEIVER_HAS_IT = "receiver_has_it"
    RECEIVER_NOBODY = "receiver_nobody"  # nobody at the school could take it
    CLEARED_ALREADY = "cleared_already"
    NOTHING_TO_UNDO = "nothing_to_undo"  # no act stands, or another one than was meant
    NOT_YOURS = "not_yours"  # somebody else did it
    ANOTHER_DAY = "another_day"  # it was not done today
    NOT_HELD = "not_held"  # the row lies with somebody else
    OWN_PAGE = "own_page"  # what clears it is asked on a page of its own


class When(StrEnum):
    """Where a row stands in its holder's list."""

    TODAY = "today"  # or overdue
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


CLEARED = frozenset({State.DONE, State.NOT_NEEDED})
CLEARING = frozenset({Act.DONE, Act.NOT_NEEDED})

# What each act makes of a row. UNDO is not here: it gives back what was before.
_WAYS = {
    Act.DONE: State.DONE,
    Act.WAIT: State.WAITING,
    Act.NOT_NEEDED: State.NOT_NEEDED,
    Act.HAND_OVER: State.HANDED,
    Act.DECIDED: State.WAITING,
}
LEADS_TO: dict[State, dict[Act, State]] = {
    State.OPEN: _WAYS,
    State.WAITING: _WAYS,
    State.HANDED: _WAYS,
    State.DONE: {},
    State.NOT_NEEDED: {},
}
WITH_DAY = frozenset({Act.WAIT, Act.DECIDED})  # what asks for the day when it comes back

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
# To whom a row can be handed over: to those who may read all of it.
RECEIVERS = tuple(h for h in Holder if not ROWS_ALONE & {r for r in HOLDS if h in HOLDS[r]})
# Whose words are written for the next one who holds the row, and so are read there.
_FOR_HOLDERS = frozenset({Act.HAND_OVER, Act.DECIDED})

FEWEST_LETTERS = 3
LONGEST_TEXT = 2000
LONGEST_WAIT = 30  # calendar days: a row never sleeps over a whole term


class NotARow(ValueError):
    """A row that nobody could hold, or that nothing made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A row to be raised. `subject` is what made it, in the room above, and makes it once.

    It is about a pupil, or about a whole class (`group`) or school (`unit`); ids. What a row that is
    `own_alone` says, others who follow the pupil may not know: only who holds it sees it, and it is
    handed to nobody.
    """

    subject: str
    kind: str
    pupil: int | None = None
    group: int | None = None
    unit: int | None = None
    acts: Holder
    level: int
    figures: Mapping[str, Any]
    raised_on: date
    due_on: date
    own_alone: bool = False

    def __post_init__(self) -> None:
        if not (self.subject.isprintable() and self.subject and self.kind):
            raise NotARow("a row needs a subject in one line, and a kind")
        if not isinstance(self.acts, Holder):
            raise NotARow(f"no list holds the rows of {self.acts}")
        if [self.pupil, self.group, self.unit].count(None) != 2:
            raise NotARow("a row is about a pupil, or a class, or a school")


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
    handed_from: Holder | None = None
    handed_to: Holder | None = None


def held_by(role: Role | None) -> frozenset[Holder]:
    """Return whose rows a role holds; the system holds none, so it can clear none."""
    return HOLDS.get(role, frozenset()) if role else frozenset()


def stands_in(role: Role | None) -> bool:
    """Tell whether a named handler with this role holds every row of a protected pupil.

    The pupil exists for at most five, and the one whose row it would be need not be among them: a
    row that nobody held would be work that nobody does.
    """
    return role in HOLDS and role not in ROWS_ALONE


def holds(role: Role | None, holder: Holder, *, is_protected: bool) -> bool:
    """Tell whether a row is the viewer's own to act on; who sees the pupil is asked elsewhere."""
    return holder in held_by(role) or (is_protected and stands_in(role))


def state_on(state: State, wait_until: date | None, day: date) -> State:
    """Return what the row is on a day: one that waited is open again when its day has come."""
    if state is State.WAITING and wait_until is not None and wait_until <= day:
        return State.OPEN
    return state


def due_of(due_on: date, wait_until: date | None, lain_on: date | None = None) -> date:
    """Return when the row is due: a row that was put off is not overdue before its day.

    One that was taken and then left lying is due on the day that was noticed, if not before.
    """
    due = max(due_on, wait_until) if wait_until else due_on
    return min(due, lain_on) if lain_on else due


def when(state: State, due_on: date, day: date) -> When:
    """Return the part of the list where an uncleared row stands, by what it is on the day."""
    if state is State.WAITING:
        return When.WAITING
    if due_on <= day:
        return When.TODAY
    sunday = day + timedelta(days=6 - day.weekday())
    return When.THIS_WEEK if due_on <= sunday else When.LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An act as somebody means to do it: the words, until which day, and to whom. `is_asked` tells
    that the room that raised the row has asked what more it takes to clear it.
    """

    act: Act
    text: str
    wait_until: date | None = None
    to: Holder | None = None
    is_asked: bool = False


def missing_for(intent: Intent, *, state: State, on: date, has_page: bool = False) -> list[Missing]:
    """Return everything that stops the act, not only the first. `has_page`: what clears the row is
    asked on a page of its own, so that words alone do not.
    """
    missing = [] if intent.act in LEADS_TO[state] else [Missing.CLEARED_ALREADY]
    if has_page and intent.act in CLEARING and not intent.is_asked:
        missing.append(Missing.OWN_PAGE)
    missing += _missing_in_text(intent.text)
    if intent.act in WITH_DAY:
        missing += _missing_in_day(intent.wait_until, on)
    if intent.act is Act.HAND_OVER and intent.to not in RECEIVERS:
        missing.append(Missing.RECEIVER)
    return missing


def missing_in_receiver(
    intent: Intent, holder: Holder, *, could_take: Collection[Holder]
) -> list[Missing]:
    """Return what stops a row from going to its receiver: nothing is handed to nobody."""
    if intent.act is not Act.HAND_OVER or intent.to not in RECEIVERS:
        return []
    if intent.to is holder:
        return [Missing.RECEIVER_HAS_IT]
    return [] if intent.to in could_take else [Missing.RECEIVER_NOBODY]


def could_take(roles: Iterable[Role]) -> frozenset[Holder]:
    """Return to whom a row can be handed where these roles follow whom it is about."""
    return frozenset().union(*(held_by(role) for role in roles)) & frozenset(RECEIVERS)


def reads_words(done: Done, *, viewer: str, reads_causes: bool, holds: bool) -> bool:
    """Tell whether somebody reads the words of an act: they may tell why a child is away.

    One's own words one reads, and those that were written for who holds the row now.
    """
    return reads_causes or done.by == viewer or (holds and done.act in _FOR_HOLDERS)


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
