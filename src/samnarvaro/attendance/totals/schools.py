"""The totals of the pupils of one school, for its pages: one statement each, whatever their number.

Which pupils is a query of `people`, narrowed by the viewer's scope, with the columns id and
class_id. They stand first, and a CROSS JOIN keeps them there: SQLite would otherwise read every
total there is and look up whose it is.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window

_MINUTES = ("scheduled", "excused", "unexcused", "unreported")


def named(pupils: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """The pupils as the head of a statement that calls them p(pupil_id, class_id).

    Made once: a pupil's class is looked up for the pupil, not for each of its days.
    """
    sql, parameters = pupils.query.sql_with_params()
    return f"WITH p (pupil_id, class_id) AS MATERIALIZED ({sql})", parameters


def _last_day(comparison: str) -> str:
    return (
        "(SELECT MAX(x.day) FROM attendance_daytotal x "
        f"WHERE x.pupil_id = p.pupil_id AND x.day {comparison} %s)"
    )


def windows(pupils: QuerySet[Any, Any], day: date, lengths: list[int]) -> list[tuple[Any, ...]]:
    """Return pupil, last day with marks, days absent in a row, then scheduled, excused, unexcused
    and unreported minutes of each window that ends on the day, of every pupil with marks by then.
    """
    head, parameters = named(pupils)
    joins, columns = [], []
    for number in range(len(lengths)):
        row = f"b{number}"
        joins.append(
            f"LEFT JOIN attendance_daytotal {row} ON {row}.pupil_id = p.pupil_id "
            f"AND {row}.day = {_last_day('<')}"
        )
        columns += [f"t.{name} - COALESCE({row}.{name}, 0)" for name in _MINUTES]
    firsts = [day - timedelta(days=length - 1) for length in lengths]
    return bulk.fetch(
        f"""{head} SELECT p.pupil_id, t.day, t.run, {", ".join(columns)}
            FROM p CROSS JOIN attendance_daytotal t {" ".join(joins)}
            WHERE t.pupil_id = p.pupil_id AND t.day = {_last_day("<=")}""",
        [*parameters, *firsts, day],
    )


def class_days(pupils: QuerySet[Any, Any], window: Window) -> list[tuple[Any, ...]]:
    """Return class (group id, or None), day, and the day's scheduled and absent minutes."""
    head, parameters = named(pupils)
    absent = "(t.excused + t.unexcused)"
    return bulk.fetch(
        f"""{head} SELECT class_id, day, SUM(scheduled), SUM(absent) FROM (
                SELECT p.class_id, t.day,
                    t.scheduled - COALESCE(LAG(t.scheduled) OVER w, 0) AS scheduled,
                    {absent} - COALESCE(LAG({absent}) OVER w, 0) AS absent
                FROM p CROSS JOIN attendance_daytotal t
                WHERE t.pupil_id = p.pupil_id AND t.day <= %s
                    AND t.day >= COALESCE({_last_day("<")}, %s)
                WINDOW w AS (PARTITION BY t.pupil_id ORDER BY t.day)
            ) AS own WHERE day >= %s GROUP BY class_id, day ORDER BY day""",
        [*parameters, window.last, window.first, window.first, window.first],
    )
