"""Looks that come back: the mentor's through the class each week, the team's control each month."""

from dataclasses import dataclass
from datetime import date, timedelta

from samnarvaro.attendance.domain.measures import Absence

OVER_PERCENT = 10  # of the lessons' time in the last 30 days
WINDOW = 30
CONTROL_WITHIN = 5  # school days from the first of the month


@dataclass(frozen=True, slots=True)
class Figures:
    """What a look begins with: the pupils, their time together, and how many are over a tenth."""

    pupils: int
    scheduled: int
    absent: int
    over: int


def figures(absences: list[Absence]) -> Figures:
    return Figures(
        pupils=len(absences),
        scheduled=sum(each.scheduled for each in absences),
        absent=sum(each.absent for each in absences),
        over=sum(each.absent * 100 > OVER_PERCENT * each.scheduled for each in absences),
    )


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def of_week(group: int, day: date) -> str:
    """What makes the look through a class in the week of a day, and makes it once."""
    return f"look:week:{group}:{monday_of(day)}"


def of_month(unit: int, day: date) -> str:
    """What makes the control of a school in the month of a day, and makes it once."""
    return f"look:month:{unit}:{day:%Y-%m}"


def of_rolls(group: int, day: date) -> str:
    """What makes the row of a class's uncalled rolls of a day, and makes it once."""
    return f"rolls:{group}:{day}"
