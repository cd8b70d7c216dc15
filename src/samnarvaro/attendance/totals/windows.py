"""Any window from the carried totals: the last row on or before its end, less that before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from samnarvaro.attendance.domain.measures import Figures
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window

_FETCH = 5000


def _last_before(alias: str, comparison: str) -> str:
    """The pupil's last day with a row, on or before a day."""
    return (
        f"(SELECT MAX({alias}.day) FROM attendance_daytotal {alias} "
        f"WHERE {alias}.pupil_id = p.pupil_id AND {alias}.day {comparison} %s)"
    )


def _is_last(alias: str) -> str:
    """Hold `t` to the pupil's last row on or before a day.

    Said after a CROSS JOIN, which SQLite keeps in the order written: without statistics it would
    read every total there is, and look each one's pupil up, rather than begin with the pupils.
    """
    return f"t.pupil_id = p.pupil_id AND t.day = {_last_before(alias, '<=')}"


def _between(row: str, column: str) -> str:
    return f"t.{column} - COALESCE({row}.{column}, 0)"


def rows(window: Window, *, pupils: str = "", parameters: Sequence[Any] = ()) -> Iterator[Any]:
    """Yield (pupil, unit, scheduled, excused, unexcused, unreported, late, days, run in window)
    of each pupil with a row in the window. `pupils` is SQL for a table of pupil ids to look at.
    """
    of = pupils or "(SELECT id AS pupil_id FROM people_pupil)"
    days = _between("b", "days")
    sql = f"""
        SELECT t.pupil_id, t.unit_id, {_between("b", "scheduled")}, {_between("b", "excused")},
            {_between("b", "unexcused")}, {_between("b", "unreported")}, {_between("b", "late")},
            {days}, {bulk.least()}(t.run, {days})
        FROM {of} AS p
        CROSS JOIN attendance_daytotal t
        LEFT JOIN attendance_daytotal b ON b.pupil_id = p.pupil_id
            AND b.day = {_last_before("y", "<")}
        WHERE {_is_last("x")} AND t.day >= %s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, window.first, window.last, window.first])
        while some := cursor.fetchmany(_FETCH):
            yield from some


def longest_runs(window: Window) -> dict[int, int]:
    """The longest run of absent days inside the window, for each pupil with a row in it."""
    sql = f"""
        SELECT t.pupil_id, MAX({bulk.least()}(t.run, t.days - COALESCE(b.days, 0)))
        FROM (SELECT id AS pupil_id FROM people_pupil) AS p
        LEFT JOIN attendance_daytotal b ON b.pupil_id = p.pupil_id
            AND b.day = {_last_before("y", "<")}
        CROSS JOIN attendance_daytotal t
        WHERE t.pupil_id = p.pupil_id AND t.day BETWEEN %s AND %s
        GROUP BY t.pupil_id"""
    return dict(bulk.fetch(sql, [window.first, window.first, window.last]))


def figures(window: Window, unit_codes: dict[int, str]) -> dict[int, Figures]:
    """Return the measures of every pupil (id) with a mark of any kind in the window."""
    longest = longest_runs(window)
    return {
        pupil: Figures(
            unit=unit_codes.get(unit, ""),
            scheduled=scheduled,
            excused=excused,
            unexcused=unexcused,
            unreported=unreported,
            late_count=late,
            absent_days_in_row=run,
            longest_absent_run=longest[pupil],
            school_days=days,
        )
        for pupil, unit, scheduled, excused, unexcused, unreported, late, days, run in rows(window)
    }


@dataclass(frozen=True, slots=True)
class Bound:
    """A share of absence to look for: `percent` of the minutes in the last `days` days.

    `over` asks for more than the share, otherwise the share itself is enough.
    """

    days: int
    percent: int
    over: bool
    least_scheduled: int


def absences(
    day: date, lengths: Sequence[int], bounds: Sequence[Bound] = (), *, pupils: str = ""
) -> list[tuple[Any, ...]]:
    """Return (pupil, unit, then scheduled and absent minutes of each window that ends on `day`).

    With `bounds` only pupils that reach one of them; `pupils` is SQL for the pupil ids to look at.
    """
    joins, columns, firsts = [], [], []
    for number, length in enumerate(lengths):
        row = f"b{number}"
        joins.append(
            f"LEFT JOIN attendance_daytotal {row} ON {row}.pupil_id = p.pupil_id "
            f"AND {row}.day = {_last_before(f'x{number}', '<')}"
        )
        absent = f"{_between(row, 'excused')} + {_between(row, 'unexcused')}"
        columns.append((_between(row, "scheduled"), absent))
        firsts.append(day - timedelta(days=length - 1))
    reached = [_reached(bound, *columns[list(lengths).index(bound.days)]) for bound in bounds]
    of = pupils or "(SELECT id AS pupil_id FROM people_pupil)"
    sql = f"""
        SELECT t.pupil_id, t.unit_id, {", ".join(f"{s}, {a}" for s, a in columns)}
        FROM {of} AS p
        CROSS JOIN attendance_daytotal t
        {" ".join(joins)}
        WHERE {_is_last("z")} {f"AND ({' OR '.join(reached)})" if reached else ""}"""
    return bulk.fetch(sql, [*firsts, day])


def _reached(bound: Bound, scheduled: str, absent: str) -> str:
    sign = ">" if bound.over else ">="
    return (
        f"(({scheduled}) >= {bound.least_scheduled:d} "
        f"AND ({absent}) * 100 {sign} {bound.percent:d} * ({scheduled}))"
    )
