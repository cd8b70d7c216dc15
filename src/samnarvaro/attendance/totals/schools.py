"""The totals of the pupils of one school, for its pages: one statement each, whatever their number.

Which pupils is a question of `people`, narrowed by the viewer's scope, with the columns id and
class_id. They stand first, and a CROSS JOIN keeps them there: SQLite would otherwise read every
total there is and look up whose it is.
"""

from datetime import date, timedelta
from typing import Any

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question
from samnarvaro.kernel.days import Window

_MINUTES = ("scheduled", "excused", "unexcused", "unreported")


def named(pupils: Question) -> tuple[str, tuple[Any, ...]]:
    """The pupils as the head of a statement that calls them p(pupil_id, class_id).

    Made once: a pupil's class is looked up for the pupil, not for each of its days.
    """
    return f"WITH p (pupil_id, class_id) AS MATERIALIZED ({pupils.sql})", pupils.parameters


def _last_day(comparison: str) -> str:
    return (
        "(SELECT MAX(x.day) FROM attendance_daytotal x "
        f"WHERE x.pupil_id = p.pupil_id AND x.day {comparison} %s)"
    )


def windows(pupils: Question, day: date, lengths: list[int]) -> list[tuple[Any, ...]]:
    """Return pupil, last day with marks, days absent in a row, then scheduled, excused, unexcused
    and unreported minutes of each window that ends on the day, of every pupil with marks by then.

    The days are found first, so that PostgreSQL looks the rows up by them: behind the second wall it
    compares a pupil's every row with a day that it is still to find.
    """
    head, parameters = named(pupils)
    found, joins, columns = [f"{_last_day('<=')} AS last"], [], []
    for number in range(len(lengths)):
        row, before = f"b{number}", f"day{number}"
        found.append(f"{_last_day('<')} AS {before}")
        joins.append(
            f"LEFT JOIN attendance_daytotal {row} ON {row}.pupil_id = d.pupil_id "
            f"AND {row}.day = d.{before}"
        )
        columns += [f"t.{name} - COALESCE({row}.{name}, 0)" for name in _MINUTES]
    firsts = [day - timedelta(days=length - 1) for length in lengths]
    return bulk.fetch(
        f"""{head}, d AS MATERIALIZED (SELECT p.pupil_id, {", ".join(found)} FROM p)
            SELECT d.pupil_id, t.day, t.run, {", ".join(columns)}
            FROM d CROSS JOIN attendance_daytotal t {" ".join(joins)}
            WHERE t.pupil_id = d.pupil_id AND t.day = d.last""",
        [*parameters, day, *firsts],
    )


def class_days(pupils: Question, window: Window) -> list[tuple[Any, ...]]:
    """Return class (group id, or None), day, and the day's scheduled, absent and unreported minutes."""
    head, parameters = named(pupils)
    sums = {
        "scheduled": "t.scheduled",
        "absent": "(t.excused + t.unexcused)",
        "unreported": "t.unreported",
    }
    own = ", ".join(f"{sql} - COALESCE(LAG({sql}) OVER w, 0) AS {c}" for c, sql in sums.items())
    return bulk.fetch(
        f"""{head} SELECT class_id, day, {", ".join(f"SUM({c})" for c in sums)} FROM (
                SELECT p.class_id, t.day, {own} FROM p CROSS JOIN attendance_daytotal t
                WHERE t.pupil_id = p.pupil_id AND t.day <= %s
                    AND t.day >= COALESCE({_last_day("<")}, %s)
                WINDOW w AS (PARTITION BY t.pupil_id ORDER BY t.day)
            ) AS own WHERE day >= %s GROUP BY class_id, day ORDER BY day""",
        [*parameters, window.last, window.first, window.first, window.first],
    )


def last_day(pupils: Question, day: date) -> date | str | None:
    """Return the last day on or before one with marks of any of the pupils."""
    head, parameters = named(pupils)
    found = bulk.fetch(f"{head} SELECT MAX({_last_day('<=')}) FROM p", [*parameters, day])
    return found[0][0]  # type: ignore[no-any-return]  # rows are bare
