"""How days, moments and stretches of days are written."""

from datetime import date, datetime

from django.utils.formats import date_format

from samnarvaro.base import clock
from samnarvaro.base.writing import remembered


@remembered
def span(first: date, last: date) -> str:
    """Write a stretch of days as people say it: 2–20 november, 22 oktober–20 november.

    Years are told when they are two.
    """
    if first == last:
        return date_format(first, "j F")
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')}–{date_format(last, 'j F Y')}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')}–{date_format(last, 'j F')}"
    return f"{first.day}–{date_format(last, 'j F')}"


@remembered
def weekday(number: int) -> str:
    """Name a weekday, 0 for Monday: måndag."""
    return date_format(date(2024, 1, 1 + number), "l")  # which was a Monday


def moment(at: datetime) -> str:
    """Write a moment by the Swedish clock: 20 november 06.10."""
    return date_format(at.astimezone(clock.SWEDEN), "j F H.i")


def clock_time(minute_of_day: int) -> str:
    """Write 490 as 08.10."""
    hour, minute = divmod(minute_of_day, 60)
    return f"{hour:02}.{minute:02}"


@remembered
def month(day: date) -> str:
    """Name the month that a day lies in: November 2026."""
    return date_format(day, "F Y").capitalize()
