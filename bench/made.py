"""Made marks for the benchmarks: as many pupils, days and lessons as asked for, the same each time.

The shares follow what a municipality looks like: most lessons present, some six of a hundred
absent, a few late, unreported or cancelled.
"""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from samnarvaro.attendance.imports.reader import HEADER
from samnarvaro.organisation.domain.school_days import SchoolCalendar

STARTS = ("08:10", "09:20", "10:30", "12:00", "13:10", "14:20", "15:10", "16:00")
SUBJECTS = ("MA", "SV", "EN", "IDH", "SO", "NO", "BL", "MU")
PUPILS_A_SCHOOL = 400
# kind and absent_minutes, as often as they come in a hundred
KINDS = (
    [("present", "0")] * 88 + [("excused", "")] * 5 + [("unexcused", "")] * 2 + [("late", "5")] * 2
    + [("other_activity", "0")] + [("unreported", "")] + [("cancelled", "")]
)  # fmt: skip


def school_days(count: int, last: date) -> list[date]:
    """Return that many school days, the last one on or before `last`, in order."""
    calendar = SchoolCalendar()
    days: list[date] = []
    day = last
    while len(days) < count:
        if calendar.is_school_day(day):
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def unit_code(pupil: int) -> str:
    return f"{10_000_000 + pupil // PUPILS_A_SCHOOL}"


def records(pupils: int, days: list[date], lessons: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield the records of a delivery, day by day."""
    dice = random.Random(seed)
    names = [(f"P{number:06d}", unit_code(number)) for number in range(pupils)]
    for day in days:
        text = day.isoformat()
        for pupil_id, code in names:
            for lesson in range(lessons):
                kind, absent = KINDS[int(dice.random() * 100)]
                yield [
                    pupil_id, code, text, STARTS[lesson], "60", SUBJECTS[lesson], kind, absent,
                ]  # fmt: skip


def write(path: Path, rows: Iterator[list[str]]) -> int:
    """Write a delivery; return how many records."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
