"""How an ordinary pupil of Vik is absent: illness in spells, more on Mondays, late arrivals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import exp
from random import Random
from typing import Final

from samnarvaro.project.vik.timetable import Lesson

PRESENT: Final = "present"
LATE: Final = "late"
EXCUSED: Final = "excused"
UNEXCUSED: Final = "unexcused"
OTHER_ACTIVITY: Final = "other_activity"
UNREPORTED: Final = "unreported"
CANCELLED: Final = "cancelled"

WEEKDAY: Final = (1.35, 1.0, 0.95, 0.95, 1.15)

# Of a lesson: its kind and the minutes absent. Of a day: the lessons, by their place in the day.
Told = tuple[str, int]
DayPlan = dict[int, Told]
Plan = dict[date, DayPlan]


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A day of a class: its lessons, and what happened to a lesson for the whole class."""

    day: date
    unit: str
    lessons: tuple[Lesson, ...]
    fate: dict[int, str] = field(default_factory=dict)

    def counting(self) -> list[int]:
        """The lessons a pupil can be marked for."""
        return [place for place in range(len(self.lessons)) if place not in self.fate]

    def minutes(self) -> int:
        void = {place for place, kind in self.fate.items() if kind != OTHER_ACTIVITY}
        return sum(lesson.minutes for at, lesson in enumerate(self.lessons) if at not in void)


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances a day; a spell goes on with the same chance every day."""

    spell: float
    spell_goes_on: float
    skip: float
    late: float
    leave: float
    excused: float  # share of the absence that a guardian reports


# How many of a thousand pupils are away how much of the time, beside ordinary illness.
MUCH_AWAY: Final = (
    (6, 0.46, 0.75),
    (28, 0.22, 0.31),
    (46, 0.12, 0.17),
)


def _steady(share: float, length: float) -> tuple[float, float]:
    """The chances that give an absent share in spells of that length."""
    return share / ((1 - share) * length), 1 - 1 / length


def _excused_share(grade: str, chance: Random) -> float:
    if grade in "F123":
        return 0.98
    return 0.94 if grade in "456" else chance.choice((0.9, 0.9, 0.8, 0.6))


def habits_of(pupil_id: str, grade: str) -> Habits:
    chance = Random(f"habits {pupil_id}")
    older = grade in "789"
    excused = _excused_share(grade, chance)
    late = min(0.25, chance.expovariate(1 / (0.06 if older else 0.025)))
    draw = chance.randrange(1000)
    for of_thousand, least, most in MUCH_AWAY:
        if draw < of_thousand:
            spell, goes_on = _steady(chance.uniform(least, most), chance.uniform(1.6, 3.2))
            return Habits(spell, goes_on, 0.03, late, 0.02, excused * 0.85)
        draw -= of_thousand
    spell = 0.0095 * exp(chance.gauss(0, 0.45))
    skip = chance.expovariate(1 / 0.012) if older else 0.0005
    return Habits(spell, 0.42, min(skip, 0.06), late, 0.018, excused)


def whole_day(at: SchoolDay, kind: str) -> DayPlan:
    return {place: (kind, at.lessons[place].minutes) for place in at.counting()}


def _late(at: SchoolDay, chance: Random) -> DayPlan:
    place = 0 if chance.random() < 0.7 else chance.randrange(len(at.lessons))
    minutes = min(1 + int(chance.expovariate(1 / 7)), at.lessons[place].minutes - 1)
    return {place: (LATE, minutes)}


def _some_lessons(at: SchoolDay, kind: str, chance: Random) -> DayPlan:
    """A lesson skipped, or a visit to the dentist: one or two lessons, the second in part."""
    place = chance.randrange(len(at.lessons))
    plan = {place: (kind, at.lessons[place].minutes)}
    if kind == EXCUSED and place + 1 < len(at.lessons) and chance.random() < 0.5:
        part = at.lessons[place + 1].minutes // 2 // 5 * 5
        plan[place + 1] = (kind, part)
    return plan


def _small_thing(at: SchoolDay, habits: Habits, draw: float, chance: Random) -> DayPlan | None:
    if draw < habits.skip:
        return _some_lessons(at, UNEXCUSED, chance)
    if draw < habits.skip + habits.late:
        return _late(at, chance)
    if draw < habits.skip + habits.late + habits.leave:
        return _some_lessons(at, EXCUSED, chance)
    return None


def ordinary_plan(pupil_id: str, habits: Habits, days: Sequence[SchoolDay]) -> Plan:
    """The days of one term on which something is to be said of the pupil."""
    if not days:
        return {}
    chance = Random(f"plan {pupil_id} {days[0].day}")
    plan: Plan = {}
    away = ""
    for at in days:
        if away and chance.random() < habits.spell_goes_on:
            plan[at.day] = whole_day(at, away)
            continue
        away = ""
        draw = chance.random() / WEEKDAY[at.day.weekday()]
        if draw < habits.spell:
            away = EXCUSED if chance.random() < habits.excused else UNEXCUSED
            plan[at.day] = whole_day(at, away)
        elif small := _small_thing(at, habits, draw - habits.spell, chance):
            plan[at.day] = small
    return plan
