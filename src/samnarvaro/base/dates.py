"""How days and stretches of days are written."""

from datetime import date

from django.utils.formats import date_format


def span(first: date, last: date) -> str:
    """Write a stretch of days as people say it: 2–20 november, 22 oktober–20 november."""
    if first == last:
        return date_format(first, "j F Y")
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')}–{date_format(last, 'j F Y')}"
    if first.month != last.month:
        return f"{date_format(first, 'j F')}–{date_format(last, 'j F Y')}"
    return f"{first.day}–{date_format(last, 'j F Y')}"


def weekday(number: int) -> str:
    """Name a weekday, 0 for Monday: måndag."""
    return date_format(date(2024, 1, 1 + number), "l")  # which was a Monday
