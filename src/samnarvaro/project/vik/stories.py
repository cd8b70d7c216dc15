"""The planted absence of the pupils with a story; each holds on whatever day one looks.

Days are told from the end: 0 is the last school day, 1 the school day before it.
"""

from collections.abc import Callable, Sequence

from samnarvaro.project.vik import cast
from samnarvaro.project.vik.habits import (
    EXCUSED,
    LATE,
    UNEXCUSED,
    DayPlan,
    Plan,
    SchoolDay,
    whole_day,
)
from samnarvaro.project.vik.schooldays import MONDAY
from samnarvaro.project.vik.timetable import IDH

LEAST_LATE, EARLY_DAYS = 3, 10


def _in_term(days: Sequence[SchoolDay]) -> list[int]:
    """Which school day of its term each day is, 0 the first; a gap of weeks begins a term."""
    numbers: list[int] = []
    last = None
    for at in days:
        begins = last is None or (at.day - last).days > 14
        numbers.append(0 if begins else numbers[-1] + 1)
        last = at.day
    return numbers


def _mornings(at: SchoolDay, owed: float, exact: bool) -> tuple[DayPlan, float]:
    """Miss whole lessons from the morning on, and come late to the next; say what is left."""
    plan: DayPlan = {}
    kind = UNEXCUSED if at.day.toordinal() % 3 else EXCUSED
    for place in at.counting():
        minutes = at.lessons[place].minutes
        if owed >= minutes:
            plan[place] = (kind, minutes)
            owed -= minutes
            continue
        late = int(owed) if exact else 0
        if late >= LEAST_LATE:
            plan[place] = (LATE, late)
            owed -= late
        break
    return plan, owed


def _share(days: Sequence[SchoolDay], rate: Callable[[int], float]) -> Plan:
    """Absent with that share of the time; to the minute when a term is young."""
    plan: Plan = {}
    owed = 0.0
    for number, (at, in_term) in enumerate(zip(days, _in_term(days), strict=True)):
        if in_term == 0:
            owed = 0.0
        owed += rate(len(days) - 1 - number) * at.minutes()
        told, owed = _mornings(at, owed, exact=in_term < EARLY_DAYS)
        if told:
            plan[at.day] = told
    return plan


def _saga(days: Sequence[SchoolDay]) -> Plan:
    """A slow slide: first late, then the mornings."""

    def rate(ago: int) -> float:
        steps = ((13, 0.15), (30, 0.085), (45, 0.06), (70, 0.03))
        return next((share for until, share in steps if ago <= until), 0.015)

    return _share(days, rate)


def _tindra(days: Sequence[SchoolDay]) -> Plan:
    return _share(days, lambda ago: 0.13 if ago <= 45 else 0.03)


def _melvin(days: Sequence[SchoolDay]) -> Plan:
    return _share(days, lambda _ago: 0.055)


def _whole_days(days: Sequence[SchoolDay], kind: Callable[[int], str]) -> Plan:
    last = len(days) - 1
    told = ((at, kind(last - number)) for number, at in enumerate(days))
    return {at.day: whole_day(at, away) for at, away in told if away}


def _robin(days: Sequence[SchoolDay]) -> Plan:
    """Ill now and then, though not when a term begins; today the first day, nobody has called."""
    spells = {9, 10, 19, 33, 34, 52, 53, 54, 71, 88, 89}
    in_term = _in_term(days)[::-1]

    def kind(ago: int) -> str:
        if ago == 0:
            return UNEXCUSED
        return EXCUSED if ago in spells and in_term[ago] >= EARLY_DAYS - 2 else ""

    return _whole_days(days, kind)


def _leo(days: Sequence[SchoolDay]) -> Plan:
    """Two days of three away since some weeks, before that one of eight."""

    def kind(ago: int) -> str:
        if ago < 27:
            away = ago % 3 != 2
            return (EXCUSED if ago % 2 else UNEXCUSED) if away else ""
        return EXCUSED if ago % 8 == 0 else ""

    return _whole_days(days, kind)


def _alva(days: Sequence[SchoolDay]) -> Plan:
    """Mondays until the last two lessons, though never in the first week of a term."""
    plan: Plan = {}
    for at, in_term in zip(days, _in_term(days), strict=True):
        if at.day.weekday() == MONDAY and in_term >= 4:
            places = at.counting()
            missed = places[: max(1, len(places) - 2)]
            plan[at.day] = {place: (EXCUSED, at.lessons[place].minutes) for place in missed}
    return plan


def _noor(days: Sequence[SchoolDay]) -> Plan:
    """Away from physical education, from the second week of each term; else always there."""
    plan: Plan = {}
    for at, in_term in zip(days, _in_term(days), strict=True):
        missed = {
            place: (UNEXCUSED, at.lessons[place].minutes)
            for place in at.counting()
            if at.lessons[place].subject == IDH and in_term >= 5
        }
        if missed:
            plan[at.day] = missed
    return plan


def _elliot(days: Sequence[SchoolDay]) -> Plan:
    """Away for five weeks, and back since nine."""
    return _whole_days(days, lambda ago: EXCUSED if 45 <= ago < 70 else "")


PLANS: dict[str, Callable[[Sequence[SchoolDay]], Plan]] = {
    cast.SAGA: _saga,
    cast.ROBIN: _robin,
    cast.LEO: _leo,
    cast.ALVA: _alva,
    cast.NOOR: _noor,
    cast.ELLIOT: _elliot,
    cast.TINDRA: _tindra,
    cast.MELVIN: _melvin,
}
