"""The week of a class: four to seven lessons a day, seeded."""

from dataclasses import dataclass
from random import Random

from samnarvaro.project.vik.schooldays import Term

IDH = "IDH"  # idrott och hälsa, the subject Noor avoids

LOWER = {"SV": 7, "MA": 5, "SO": 2, "NO": 2, "BL": 1, "MU": 1, "EN": 1, "TK": 1}
MIDDLE = {"SV": 5, "MA": 5, "EN": 3, "SO": 3, "NO": 3, "BL": 1, "MU": 1, "SL": 2, "TK": 1}
UPPER = {
    "SV": 4, "MA": 4, "EN": 3, "M2": 3, "SO": 4, "NO": 4, "BL": 1, "MU": 1, "SL": 2,
    "HKK": 1, "TK": 1,
}  # fmt: skip
LONG = {IDH: 60, "SL": 80, "HKK": 80}
LENGTHS = (40, 45, 50, 60)
LUNCH_FROM = 11 * 60
LATEST_END = 15 * 60 + 50
MORE_THAN_TWICE = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    subject: str
    start: str
    minutes: int


Week = tuple[tuple[Lesson, ...], ...]


def _shape(grade: str) -> tuple[dict[str, int], tuple[int, ...]]:
    """How many lessons of each subject a week, and how many lessons each day."""
    if grade in "F123":
        return LOWER, (5, 4, 5, 4, 4)
    if grade in "456":
        return MIDDLE, (5, 5, 6, 5, 5)
    return UPPER, (6, 6, 7, 6, 5)


def _subjects_by_day(grade: str, chance: Random) -> list[list[str]]:
    weekly, sizes = _shape(grade)
    gym = chance.choice(((0, 2), (0, 3), (1, 3), (1, 4), (2, 4)))
    rest = [subject for subject, times in weekly.items() for _ in range(times)]
    days: list[list[str]] = []
    for _ in range(30):
        chance.shuffle(rest)
        left = iter(rest)
        days = [
            [IDH, *(next(left) for _ in range(size - 1))]
            if weekday in gym
            else [next(left) for _ in range(size)]
            for weekday, size in enumerate(sizes)
        ]
        if all(day.count(subject) < MORE_THAN_TWICE for day in days for subject in day):
            break
    for day in days:
        chance.shuffle(day)
    return days


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day(subjects: list[str], begins: int, chance: Random) -> tuple[Lesson, ...]:
    lessons, now, eaten = [], begins, False
    for place, subject in enumerate(subjects):
        many_left = len(subjects) - place > (LATEST_END - now) // 65
        length = 40 if many_left else LONG.get(subject) or chance.choice(LENGTHS)
        lessons.append(Lesson(subject, _clock(now), length))
        now += length + chance.choice((10, 15, 20))
        if not eaten and now >= LUNCH_FROM:
            now, eaten = now + 30, True
    return tuple(lessons)


def week_of(term: Term, unit: str, group: str) -> Week:
    """The timetable of a class in a term, Monday to Friday."""
    chance = Random(f"timetable {term.name} {unit} {group}")
    begins = chance.choice((490, 500, 510))
    days = _subjects_by_day(group[:-1], chance)
    return tuple(_day(subjects, begins, chance) for subjects in days)
