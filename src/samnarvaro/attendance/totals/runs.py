"""One day by itself and the absent days in a row, from the carried totals.

`days` counts the counting days so far and `run` the absent ones in a row, so that a run begins on
the day whose number is `days - run + 1`, whatever lies between.
"""

from datetime import date
from typing import Any

from samnarvaro.attendance.totals.schools import named
from samnarvaro.base import bulk
from samnarvaro.base.asked import Question

Pupils = Question | None  # of one school, with the columns id and class_id; None: all
# Pupils first, and a CROSS JOIN to keep them there: SQLite would otherwise read every total.
_PUPILS = "p CROSS JOIN attendance_daytotal t"
_EVERYBODY = "WITH p (pupil_id) AS (SELECT id FROM people_pupil)"
_MINUTES = ("scheduled", "excused", "unexcused")


def _less(row: str) -> str:
    return ", ".join(f"{row}.{name} - COALESCE(b.{name}, 0)" for name in _MINUTES)


def _base_before(row: str, day: str) -> str:
    """Join the pupil's last row before a day: what there was to add to."""
    return (
        f"LEFT JOIN attendance_daytotal b ON b.pupil_id = {row}.pupil_id AND b.day = ("
        "SELECT MAX(x.day) FROM attendance_daytotal x "
        f"WHERE x.pupil_id = {row}.pupil_id AND x.day < {day})"
    )


def _head(pupils: Pupils) -> tuple[str, tuple[Any, ...]]:
    return (_EVERYBODY, ()) if pupils is None else named(pupils)


def own_days(day: date, pupils: Pupils = None) -> list[tuple[Any, ...]]:
    """Return pupil, unit, scheduled, excused and unexcused minutes of the day, and the run up to it,
    of each pupil with absent minutes on it.
    """
    head, parameters = _head(pupils)
    return bulk.fetch(
        f"""{head} SELECT t.pupil_id, t.unit_id, {_less("t")}, t.run
            FROM {_PUPILS} {_base_before("t", "t.day")}
            WHERE t.pupil_id = p.pupil_id AND t.day = %s
                AND t.excused + t.unexcused > COALESCE(b.excused + b.unexcused, 0)""",
        [*parameters, day],
    )


def runs(day: date, at_least: int, pupils: Pupils = None) -> list[tuple[Any, ...]]:
    """Return pupil, unit, days in the run, its first and last absent day, and its scheduled, excused
    and unexcused minutes, of each pupil with so many absent days in a row now.
    """
    head, parameters = _head(pupils)
    numbered = (
        "(SELECT MIN(x.day) FROM attendance_daytotal x "
        "WHERE x.pupil_id = t.pupil_id AND x.days = {number})"
    )
    return bulk.fetch(
        f"""{head} SELECT c.pupil_id, c.unit_id, c.run, c.first_day, c.last_day, {_less("c")}
            FROM (
                SELECT t.*, {numbered.format(number="t.days - t.run + 1")} AS first_day,
                    {numbered.format(number="t.days")} AS last_day
                FROM {_PUPILS}
                WHERE t.pupil_id = p.pupil_id AND t.run >= {at_least:d} AND t.day = (
                    SELECT MAX(y.day) FROM attendance_daytotal y
                    WHERE y.pupil_id = p.pupil_id AND y.day <= %s)
            ) AS c {_base_before("c", "c.first_day")}""",
        [*parameters, day],
    )
