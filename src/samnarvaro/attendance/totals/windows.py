"""Any window from the carried totals: the last row on or before its end, less that before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import connection

from samnarvaro.attendance.domain.measures import Figures
from samnarvaro.base import bulk
from samnarvaro.kernel.days import Window

_FETCH = 5000
_EVERYBODY = "(SELECT id AS pupil_id FROM people_pupil)"
# What can be told of a window; `run` is the absent days in a row at its end.
Told = Literal["scheduled", "excused", "unexcused", "unreported", "late", "days", "run", "absent"]
_ALL: tuple[Told, ...] = (
    "scheduled", "excused", "unexcused", "unreported", "late", "days", "run",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """A share of absence to look for: `percent` of the minutes in the last `days` days.

    `over` asks for more than the share, otherwise the share itself is enough.
    """

    days: int
    percent: int
    over: bool
    least_scheduled: int


def ending_on(
    day: date,
    lengths: Sequence[int],
    tells: Sequence[Told],
    bounds: Sequence[Bound] = (),
    *,
    pupils: str = _EVERYBODY,
    since: date | None = None,
) -> Iterator[tuple[int, ...]]:
    """Yield pupil and unit, then what is asked for of each window of so many days up to a day.

    Of every pupil with a mark by then; with `bounds` only those that reach one of them, with
    `since` only those with a mark from then on. `pupils` is SQL for the pupil ids to look at.
    """
    befores = [f"b{number}" for number in range(len(lengths))]
    joins = [_Join("t", "<="), *(_Join(row, "<") for row in befores)]
    days: list[date] = [day, *(day - timedelta(days=length - 1) for length in lengths)] * 2
    wanted = [f"{_last('pupil_id')} IS NOT NULL"]
    if since is not None:
        wanted.append(f"{_last('day')} >= %s")
        days.append(since)
    if bounds:
        row_of = dict(zip(lengths, befores, strict=True))
        wanted.append(" OR ".join(_reaches(bound, row_of[bound.days]) for bound in bounds))
    columns = [_told(name, row) for row in befores for name in tells]
    sql = f"""
        SELECT p.pupil_id, {", ".join([_last("unit_id"), *columns])} FROM {pupils} AS p
        {" ".join([join.near for join in joins] + [join.far for join in joins])}
        WHERE {" AND ".join(f"({each})" for each in wanted)}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, days)
        while some := cursor.fetchmany(_FETCH):
            yield from some


class _Join:
    """A pupil's last row before (or on) a day: the pupils stand first and are called p.

    Nearly all pupils have one on the last day that anybody has: `near`. Only of the others their
    own last day is looked for: `far`.
    """

    def __init__(self, name: str, comparison: str) -> None:
        before = f"x.day {comparison} %s"
        near = f"SELECT MAX(x.day) FROM attendance_daytotal x WHERE {before}"
        of_pupil = (
            f"FROM attendance_daytotal x WHERE {name}.pupil_id IS NULL "
            f"AND x.pupil_id = p.pupil_id AND {before}"
        )
        self.near = _row_on(name, f"({near})")
        if bulk.on_postgres():
            row = f"SELECT x.* {of_pupil} ORDER BY x.day DESC LIMIT 1"
            self.far = f"LEFT JOIN LATERAL ({row}) AS {name}_far ON true"
        else:
            self.far = _row_on(f"{name}_far", f"(SELECT MAX(x.day) {of_pupil})")


def _row_on(name: str, day: str) -> str:
    return (
        f"LEFT JOIN attendance_daytotal {name} ON {name}.pupil_id = p.pupil_id "
        f"AND {name}.day = {day}"
    )


def _last(column: str) -> str:
    return f"COALESCE(t.{column}, t_far.{column})"


def _between(row: str, column: str) -> str:
    return f"({_last(column)} - COALESCE({row}.{column}, {row}_far.{column}, 0))"


def _told(name: Told, row: str) -> str:
    if name == "absent":
        return f"({_between(row, 'excused')} + {_between(row, 'unexcused')})"
    if name == "run":
        return f"{bulk.least()}({_last('run')}, {_between(row, 'days')})"
    return _between(row, name)


def _reaches(bound: Bound, row: str) -> str:
    scheduled, absent = _told("scheduled", row), _told("absent", row)
    sign = ">" if bound.over else ">="
    return (
        f"({scheduled} >= {bound.least_scheduled:d} "
        f"AND {absent} * 100 {sign} {bound.percent:d} * {scheduled})"
    )


def longest_runs(window: Window) -> dict[int, int]:
    """The longest run of absent days inside the window, for each pupil with a row in it."""
    sql = f"""
        SELECT p.pupil_id, MAX({bulk.least()}(t.run, t.days - COALESCE(b.days, 0)))
        FROM {_EVERYBODY} AS p
        LEFT JOIN attendance_daytotal b ON b.pupil_id = p.pupil_id AND b.day = (
            SELECT MAX(x.day) FROM attendance_daytotal x
            WHERE x.pupil_id = p.pupil_id AND x.day < %s)
        CROSS JOIN attendance_daytotal t
        WHERE t.pupil_id = p.pupil_id AND t.day BETWEEN %s AND %s
        GROUP BY p.pupil_id"""
    return dict(bulk.fetch(sql, [window.first, window.first, window.last]))


def figures(window: Window, unit_codes: dict[int, str]) -> dict[int, Figures]:
    """Return the measures of every pupil (id) with a mark of any kind in the window."""
    longest = longest_runs(window)
    length = (window.last - window.first).days + 1
    found = ending_on(window.last, [length], _ALL, since=window.first)
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
        for pupil, unit, scheduled, excused, unexcused, unreported, late, days, run in found
    }


def absences(
    day: date, lengths: Sequence[int], bounds: Sequence[Bound] = (), *, pupils: str = _EVERYBODY
) -> list[tuple[int, ...]]:
    """Return (pupil, unit, then scheduled and absent minutes of each window that ends on `day`).

    With `bounds` only pupils that reach one of them; `pupils` is SQL for the pupil ids to look at.
    """
    return list(ending_on(day, lengths, ("scheduled", "absent"), bounds, pupils=pupils))
