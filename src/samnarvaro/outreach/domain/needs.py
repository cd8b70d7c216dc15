"""What a pupil's absence today asks of the school: a caring call, or that the guardians are told.

Years and callers are data with a default. Nothing here reads a clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.kernel.access import Holder


class Need(StrEnum):
    """What is to be done about one pupil and one day. The kind of the row of work."""

    FIRST_DAY = "outreach.first_day"  # the caring call of the first day
    INFORM = "outreach.inform"  # the guardians are to know the same day


class Whom(StrEnum):
    """Who is called."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"


class Stage(StrEnum):
    YOUNGER = "younger"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Routine:
    """For a stage: its years, who is called, and who calls."""

    stage: Stage
    grades: tuple[str, ...]
    whom: Whom
    caller: Holder


SHIPPED = (
    Routine(Stage.YOUNGER, ("F", "1", "2", "3", "4", "5"), Whom.GUARDIAN, Holder.MENTOR),
    Routine(Stage.OLDER, ("6", "7", "8", "9"), Whom.PUPIL, Holder.MENTOR),
)
# Who can be the one that calls.
CALLERS = (Holder.MENTOR, Holder.SCHOOL_ADMINISTRATOR, Holder.COUNSELLOR, Holder.PRINCIPAL)


def routine_of(grade: str, routines: Sequence[Routine]) -> Routine:
    """Return the routine of a year. A year that no routine names is called as the younger are:
    then the guardian knows.
    """
    younger = next(each for each in routines if each.stage is Stage.YOUNGER)
    return next((each for each in routines if grade in each.grades), younger)


@dataclass(frozen=True, slots=True)
class Absence:
    """A pupil's day so far: absent days in a row up to and including it (0: was there for some of
    it), and the minutes of lessons missed without excuse. A late arrival is no lesson missed.
    """

    run: int
    missed: int


@dataclass(frozen=True, slots=True)
class Made:
    """What contacts have come to: the caring call reached, the guardians told."""

    reached: bool = False
    informed: bool = False


NOTHING_MADE = Made()


def need(absence: Absence | None, made: Made = NOTHING_MADE) -> Need | None:
    """Return what the day asks for still; one thing at a time, so that there is one row.

    A first-day call is due for who is away from every lesson so far, with some of it neither
    excused nor announced, and was not away the former day with lessons. All other unexcused
    absence asks that the guardians be told, and so does the first day when the call that reached
    somebody told no guardian.
    """
    if absence is None or absence.missed <= 0:
        return None
    if absence.run == 1 and not made.reached:
        return Need.FIRST_DAY
    return None if made.informed else Need.INFORM


# In which order one looks for somebody who may act on a protected pupil's row.
_HANDLERS_FIRST = (Holder.MENTOR, Holder.COUNSELLOR, Holder.PRINCIPAL)


def caller_of(routine: Routine, handlers: Iterable[Holder] | None) -> Holder:
    """Return whose row it is. For a protected pupil (`handlers` is not None) it is for a role that
    one of the named handlers has.
    """
    if handlers is None:
        return routine.caller
    known = set(handlers)
    wanted = (routine.caller, *_HANDLERS_FIRST)
    return next((each for each in wanted if each in known), Holder.PRINCIPAL)


class Skipped(StrEnum):
    """Why guardians were not told the same day, after all."""

    ANNOUNCED_AFTER = "announced_after"
    WRONGLY_MARKED = "wrongly_marked"
    SPECIAL = "special"  # special reasons, in words
