"""The night after one new day, against raw SQL that leaves the same rows behind.

Ours carries the totals of the new day and lets the staircase find what holds. The reference adds the
day to yesterday's rows by one statement, and writes the same episodes and rows of work as they are:
it finds out nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bench.figures import COLUMNS, Seconds, Table, grouped, judged, ratio, seconds
from bench.trials import fetch, trial
from bench.year import DAYS, Year, insert_day

MOST = 3
OURS, TOTALS, RAW = "ours: totals and staircase", "of which totals", "raw SQL"
INCREMENT = """
    INSERT INTO attendance_daytotal (day, pupil_id, scheduled, excused, unexcused, unreported, late,
        days, run, unit_id)
    SELECT n.day, n.pupil_id, b.scheduled + n.scheduled, b.excused + n.excused,
        b.unexcused + n.unexcused, b.unreported + n.unreported, b.late + n.late,
        b.days + CASE WHEN n.lessons > 0 THEN 1 ELSE 0 END,
        CASE WHEN n.lessons = 0 THEN b.run WHEN n.scheduled = n.excused + n.unexcused THEN b.run + 1
            ELSE 0 END, n.unit_id
    FROM (
        SELECT day, pupil_id, MAX(unit_id) AS unit_id,
            SUM(CASE WHEN reported AND NOT cancelled THEN 1 ELSE 0 END) AS lessons,
            SUM(CASE WHEN reported AND NOT cancelled THEN scheduled ELSE 0 END) AS scheduled,
            SUM(excused) AS excused, SUM(unexcused) AS unexcused,
            SUM(CASE WHEN reported OR cancelled THEN 0 ELSE scheduled END) AS unreported,
            SUM(CASE WHEN late THEN 1 ELSE 0 END) AS late
        FROM attendance_mark WHERE day = %s GROUP BY day, pupil_id) AS n
    JOIN attendance_daytotal b ON b.pupil_id = n.pupil_id AND b.day = %s
"""
Rows = list[tuple[Any, ...]]


def measure(year: Year, runs: int, delivery: int) -> dict[str, Seconds]:
    """Let a night pass, put one more day in, and time the next night both ways."""
    yesterday, new = year.days[-1], year.new_day
    _staircase(yesterday)
    for day, kinds in year.kinds():
        if day == new:
            insert_day(year, day, kinds, delivery)
    spent: dict[str, Seconds] = {OURS: [], TOTALS: [], RAW: []}
    for _ in range(runs):
        took, left = trial(lambda: _ours(new), lambda: (_totals(new), Signals.of(new)))
        spent[OURS].append(took)
        spent[TOTALS].append(trial(lambda: _carry(new))[0])
        totals, signals = left
        took, raw_totals = trial(lambda: _raw(yesterday, new, signals), lambda: _totals(new))  # noqa: B023 # at once
        spent[RAW].append(took)
        assert raw_totals == totals
    spent["signals"] = [float(signals.count)]
    return spent


def _ours(day: date) -> None:
    _carry(day)
    _staircase(day)


def _carry(day: date) -> None:
    from samnarvaro.attendance.totals import carry
    from samnarvaro.kernel.days import Window

    assert carry.add_new_day(Window(day, day))


def _staircase(day: date) -> None:
    from samnarvaro.base import clock
    from samnarvaro.consents.services import system_scope
    from samnarvaro.staircase import services

    services.nightly(as_of=day, by=system_scope(purpose="bench", on=day), at=clock.now())


def _raw(yesterday: date, day: date, signals: "Signals") -> None:
    from samnarvaro.base import bulk

    bulk.run(INCREMENT, [day, yesterday])
    signals.write()


def _totals(day: date) -> Rows:
    return fetch("SELECT * FROM attendance_daytotal WHERE day = %s ORDER BY pupil_id", day)


class Signals:
    """What a night wrote of the staircase, as rows."""

    def __init__(self, opened: Rows, ended: Rows, raised: Rows, recovered: Rows) -> None:
        self._opened, self._raised = opened, raised
        self._ended, self._recovered = ended, recovered

    @classmethod
    def of(cls, day: date) -> "Signals":
        return cls(
            fetch("SELECT * FROM staircase_episode WHERE opened_on = %s", day),
            fetch("SELECT ended_on, id FROM staircase_episode WHERE ended_on = %s", day),
            fetch("SELECT * FROM worklist_item WHERE raised_on = %s", day),
            fetch("SELECT recovered_on, id FROM worklist_item WHERE recovered_on = %s", day),
        )

    @property
    def count(self) -> int:
        return len(self._opened) + len(self._ended)

    def write(self) -> None:
        _insert("staircase_episode", self._opened)
        _insert("worklist_item", self._raised)
        _update("UPDATE staircase_episode SET ended_on = %s WHERE id = %s", self._ended)
        _update("UPDATE worklist_item SET recovered_on = %s WHERE id = %s", self._recovered)


def _insert(table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        places = ", ".join(["%s"] * len(rows[0]))
        _update(f"INSERT INTO {table} VALUES ({places})", rows)


def _update(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    from django.db import connection

    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def show(engine: str, pupils: int, spent: dict[str, Seconds]) -> None:
    changed = grouped(spent["signals"][0])
    table = Table(
        f"One new day of {grouped(pupils)} pupils × {DAYS} days, {changed} signals changed, {engine}",
        *COLUMNS,
    )
    for way in (OURS, TOTALS, RAW):
        table.add(way, *seconds(spent[way]))
    table.add("ours to raw", *judged(ratio(spent[OURS], spent[RAW]), most=MOST))
    table.show()
