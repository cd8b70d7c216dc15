"""Nobody to reach by phone: a home that is to be called, and no guardian has a number."""

from datetime import date

NO_NUMBER = "outreach.no_number"  # the kind of the row of work
LOOKS_BACK = 7  # calendar days in which a call was asked for
WITHIN = 2  # school days until there is to be a number


def subject_of(pupil: int, month: date) -> str:
    """What makes the row about a pupil (id), once a month: done and not mended, it comes again."""
    return f"{NO_NUMBER}:{pupil}:{month:%Y-%m}"


def months_of(first: date, last: date) -> list[date]:
    """Return the first day of each month from one day to another."""
    months = [first.replace(day=1)]
    while (later := _after(months[-1])) <= last:
        months.append(later)
    return months


def _after(month: date) -> date:
    year, number = divmod(month.year * 12 + month.month, 12)
    return date(year, number + 1, 1)
