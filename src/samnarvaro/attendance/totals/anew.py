"""Which marks lie on school days, when a calendar has changed; the totals follow."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from samnarvaro.attendance.totals import carry
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window
from samnarvaro.organisation.queries import Calendars

_ONE_DAY = timedelta(days=1)


def lay_school_days(units: Collection[int], days: Window, calendars: Calendars) -> int:
    """Set anew whether the marks of these units (ids) and days lie on a school day, and carry the
    totals, in the caller's transaction. Return how many pupils' days changed.
    """
    carry.start()
    changed = 0
    for day in _days_with_marks(days):
        for is_school_day in (True, False):
            alike = [unit for unit in units if calendars.is_school_day(unit, day) is is_school_day]
            changed += _set(day, alike, is_school_day=is_school_day)
    carry.carry()
    return changed


def _days_with_marks(days: Window) -> Iterator[date]:
    """Step from one day with marks to the next instead of reading all marks."""
    day = days.first
    while True:
        (found,) = bulk.fetch(
            "SELECT MIN(day) FROM attendance_mark WHERE day BETWEEN %s AND %s", [day, days.last]
        )[0]
        if found is None:
            return
        day = date.fromisoformat(str(found))
        yield day
        day += _ONE_DAY


def _set(day: date, units: Collection[int], *, is_school_day: bool) -> int:
    """Give the marks of one day at these units that answer, where they have the other one."""
    if not units:
        return 0
    other = f"day = %s AND on_school_day <> %s AND unit_id IN ({', '.join(map(str, units))})"
    touched = bulk.run(
        f"INSERT INTO {carry.CHANGED} (pupil_id, day) "
        f"SELECT DISTINCT m.pupil_id, m.day FROM attendance_mark m WHERE {other} "
        f"AND NOT EXISTS (SELECT 1 FROM {carry.CHANGED} c "
        "WHERE c.pupil_id = m.pupil_id AND c.day = m.day)",
        [day, is_school_day],
    )
    bulk.run(
        f"UPDATE attendance_mark SET on_school_day = %s WHERE {other}",
        [is_school_day, day, is_school_day],
    )
    return touched
