"""Lesson marks of two terms up to a day, as a school's system would deliver them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from samnarvaro.project.vik import habits, stories
from samnarvaro.project.vik.habits import (
    CANCELLED,
    EXCUSED,
    OTHER_ACTIVITY,
    PRESENT,
    UNEXCUSED,
    UNREPORTED,
    Plan,
    SchoolDay,
)
from samnarvaro.project.vik.roster import Classes, Placement, Roster, SchoolClass, roster
from samnarvaro.project.vik.schooldays import Term, school_days
from samnarvaro.project.vik.timetable import week_of

COLUMNS: Final = (
    "pupil_id", "school_unit_code", "date", "start", "minutes", "subject", "kind",
    "absent_minutes",
)  # fmt: skip

Row = tuple[str, str, str, str, str, str, str, str]

LAST_START_TODAY: Final = "15:00"
NOT_CALLED, CALLED_OFF, OUTING = 0.024, 0.006, 0.006
CORRECTED_DAYS: Final = 25
CORRECTED_SHARE: Final = 0.4


@dataclass(frozen=True, slots=True)
class _Member:
    pupil_id: str
    first: date
    last: date
    plan: Plan


@dataclass(frozen=True, slots=True)
class _ClassTerm:
    days: dict[date, SchoolDay]
    members: list[_Member]


def _fate(lessons: int, chance: Random) -> dict[int, str]:
    """What befell lessons for the whole class: an outing, a roll not called, a teacher ill."""
    if chance.random() < OUTING:
        return dict.fromkeys(range(lessons), OTHER_ACTIVITY)
    fate = {}
    for place in range(lessons):
        draw = chance.random()
        if draw < NOT_CALLED + CALLED_OFF:
            fate[place] = UNREPORTED if draw < NOT_CALLED else CANCELLED
    return fate


def _class_days(term: Term, place: SchoolClass, today: date) -> dict[date, SchoolDay]:
    week = week_of(term, place.unit, place.name)
    chance = Random(f"fate {term.name} {place.unit} {place.name}")
    days = {}
    for day in school_days(term, place.unit):
        if day > today:
            break
        lessons = week[day.weekday()]
        fate = _fate(len(lessons), chance)
        if day == today:
            lessons = tuple(lesson for lesson in lessons if lesson.start < LAST_START_TODAY)
            fate = {at: kind for at, kind in fate.items() if at < len(lessons)}
        days[day] = SchoolDay(day, place.unit, lessons, fate)
    return days


ByClass = dict[SchoolClass, dict[date, SchoolDay]]


def _all_class_days(whole: Roster, today: date) -> tuple[ByClass, ByClass]:
    def of(term: Term, part: tuple[Placement, ...]) -> ByClass:
        places = dict.fromkeys(placed.place for placed in part)
        return {place: _class_days(term, place, today) for place in places}

    earlier, current = (
        of(term, part) for term, part in zip(whole.terms, whole.placements, strict=True)
    )
    return earlier, current


def _days_of(placed: Placement, by_class: ByClass) -> list[SchoolDay]:
    days = by_class[placed.place].values()
    return [at for at in days if placed.first <= at.day <= placed.last]


def _story_plans(whole: Roster, class_days: tuple[ByClass, ByClass]) -> dict[str, Plan]:
    here = {pupil.pupil_id for pupil in whole.pupils}
    days: dict[str, list[SchoolDay]] = {one: [] for one in stories.PLANS if one in here}
    for part, by_class in zip(whole.placements, class_days, strict=True):
        for placed in part:
            if placed.pupil_id in days:
                days[placed.pupil_id] += _days_of(placed, by_class)
    return {pupil_id: stories.PLANS[pupil_id](days[pupil_id]) for pupil_id in days}


@lru_cache(maxsize=2)
def _prepared(today: date, classes: Classes = None) -> tuple[list[_ClassTerm], list[_ClassTerm]]:
    whole = roster(today, classes)
    class_days = _all_class_days(whole, today)
    planted = _story_plans(whole, class_days)

    def of(part: tuple[Placement, ...], by_class: ByClass) -> list[_ClassTerm]:
        made = {place: _ClassTerm(days, []) for place, days in by_class.items()}
        for placed in part:
            plan = planted.get(placed.pupil_id)
            if plan is None:
                habit = habits.habits_of(placed.pupil_id, placed.place.grade)
                days = _days_of(placed, by_class)
                plan = habits.ordinary_plan(placed.pupil_id, habit, days)
            member = _Member(placed.pupil_id, placed.first, placed.last, plan)
            made[placed.place].members.append(member)
        return list(made.values())

    earlier, current = (
        of(part, by_class) for part, by_class in zip(whole.placements, class_days, strict=True)
    )
    return earlier, current


def _told(at: SchoolDay, place: int, told: habits.Told | None) -> habits.Told:
    """What befell the class comes first; only an outing can be missed."""
    fate = at.fate.get(place, PRESENT)
    if told is None or fate in (UNREPORTED, CANCELLED):
        return fate, 0
    return told


def _rows_of_day(at: SchoolDay, members: list[_Member]) -> Iterator[Row]:
    day, iso, unit = at.day, at.day.isoformat(), at.unit
    lessons = [(each.start, str(each.minutes), each.subject) for each in at.lessons]
    usual = [(*lesson, at.fate.get(place, PRESENT), "0") for place, lesson in enumerate(lessons)]
    for member in members:
        if not member.first <= day <= member.last:
            continue
        pupil_id = member.pupil_id
        plan = member.plan.get(day)
        if plan is None:
            for whole in usual:
                yield (pupil_id, unit, iso, *whole)
            continue
        for place, lesson in enumerate(lessons):
            kind, absent = _told(at, place, plan.get(place))
            yield (pupil_id, unit, iso, *lesson, kind, str(absent))


def marks(today: date, classes: Classes = None) -> Iterator[Row]:
    """All marks of the two terms, day by day; today those of lessons begun before three."""
    for class_terms in _prepared(today, classes):
        for day in sorted({day for each in class_terms for day in each.days}):
            for each in class_terms:
                if at := each.days.get(day):
                    yield from _rows_of_day(at, each.members)


def last_school_day(today: date) -> date:
    return max(day for part in _prepared(today) for each in part for day in each.days)


def corrections(today: date, classes: Classes = None) -> Iterator[Row]:
    """A second delivery: guardians have reported afterwards, so unexcused became excused."""
    earlier, current = _prepared(today, classes)
    days = sorted({day for each in earlier + current for day in each.days})
    for day in days[-CORRECTED_DAYS:-1]:
        for each in earlier + current:
            at = each.days.get(day)
            if at is None:
                continue
            late_reported = [
                member
                for member in each.members
                if UNEXCUSED in {kind for kind, _ in member.plan.get(day, {}).values()}
                and Random(f"correction {member.pupil_id} {day}").random() < CORRECTED_SHARE
            ]
            for row in _rows_of_day(at, late_reported):
                if row[6] == UNEXCUSED:
                    yield (*row[:6], EXCUSED, row[7])


def write(path: Path, rows: Iterable[Row]) -> int:
    """Write a file of marks, and say how many rows; no field ever needs quoting."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(COLUMNS) + "\n")
        for row in rows:
            file.write(",".join(row) + "\n")
            count += 1
    return count
