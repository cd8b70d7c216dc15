"""The night after one new day, and a thousand corrections far back, against raw SQL.

Night: the totals of the new day are carried and the staircase finds what holds; the reference adds
the same day's rows to the totals by one hand-written statement and writes the same episodes and rows
of work as they are. Corrections: a thousand lessons of a thousand pupils 40 days back are changed;
the reference only adds the difference to the later rows of each pupil.

    python -m bench.nightly --pupils 10000
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

LAST = date(2026, 6, 5)
DAYS = 60
CORRECTIONS = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    compare(arguments.pupils, arguments.runs)


class Undo(Exception):
    """Ends a trial and takes back what it wrote."""


def trial(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do the work in a transaction that is taken back; return (seconds, what it gave)."""
    from django.db import transaction

    seconds, gave = 0.0, None
    try:
        with transaction.atomic():
            start = time.perf_counter()
            gave = work()
            seconds = time.perf_counter() - start
            raise Undo
    except Undo:
        return seconds, gave


def compare(pupils: int, runs: int) -> None:
    from django.db import connection, transaction

    from bench import made, municipality

    *before, new_day = made.school_days(DAYS, LAST)
    municipality.build(pupils, before)
    night(before[-1])
    with transaction.atomic():
        municipality.pour_marks(pupils, [new_day])
    print(f"nightly of {pupils} pupils, {connection.vendor}")
    ours: list[float] = []
    raw: list[float] = []
    for _ in range(runs):
        took, (episodes, items) = trial(lambda: our_night(new_day))
        ours.append(took)
        raw.append(trial(partial(raw_night, new_day, episodes, items))[0])
    told("one new day", ours, raw)
    ours, raw = [], []
    back = before[-40]
    for _ in range(runs):
        ours.append(trial(lambda: our_corrections(back, min(CORRECTIONS, pupils)))[0])
        raw.append(trial(lambda: raw_corrections(back, min(CORRECTIONS, pupils)))[0])
    told(f"{min(CORRECTIONS, pupils)} corrections 40 days back", ours, raw)


def told(what: str, ours: list[float], raw: list[float]) -> None:
    share = statistics.median(a / b for a, b in zip(ours, raw, strict=True))
    print(
        f"  {what}: ours {statistics.median(ours):.3f} s, raw {statistics.median(raw):.3f} s, "
        f"ratio {share:.2f}  (wanted ≤ 3)"
    )


def night(day: date) -> None:
    from samnarvaro.base import clock
    from samnarvaro.consents.services import system_scope
    from samnarvaro.staircase import services

    scope = system_scope(purpose="bench", on=day)
    services.nightly(as_of=day, by=scope, at=clock.now())


def our_night(day: date) -> tuple[list[Any], list[Any]]:
    from samnarvaro.attendance.totals import carry
    from samnarvaro.base import bulk
    from samnarvaro.staircase.models import Episode
    from samnarvaro.worklist.models import Item

    carry.start()
    bulk.run(
        f"INSERT INTO {carry.CHANGED} (pupil_id, day) "
        "SELECT DISTINCT pupil_id, day FROM attendance_mark WHERE day = %s",
        [day],
    )
    carry.carry()
    night(day)
    return (
        list(Episode.objects.filter(opened_on=day).values()),
        list(Item.objects.filter(raised_on=day).values()),
    )


def raw_night(day: date, episodes: list[dict[str, Any]], items: list[dict[str, Any]]) -> None:
    """The day's rows by one statement, and the same episodes and rows of work as they are."""
    from samnarvaro.base import bulk
    from samnarvaro.staircase.models import Episode
    from samnarvaro.worklist.models import Item

    bulk.run(
        """INSERT INTO attendance_daytotal (pupil_id, day, scheduled, excused, unexcused, unreported,
            late, days, run, unit_id)
        SELECT n.pupil_id, n.day, b.scheduled + n.scheduled, b.excused + n.excused,
            b.unexcused + n.unexcused, b.unreported, b.late + n.late, b.days + 1,
            CASE WHEN n.scheduled = n.excused + n.unexcused THEN b.run + 1 ELSE 0 END, n.unit_id
        FROM (SELECT pupil_id, day, SUM(scheduled) AS scheduled, SUM(excused) AS excused,
                SUM(unexcused) AS unexcused, SUM(CASE WHEN late THEN 1 ELSE 0 END) AS late,
                MAX(unit_id) AS unit_id
            FROM attendance_mark WHERE day = %s GROUP BY pupil_id, day) AS n
        JOIN attendance_daytotal b ON b.pupil_id = n.pupil_id AND b.day = (
            SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = n.pupil_id AND day < %s)""",
        [day, day],
    )
    Episode.objects.filter(ended_on=day).update(ended_on=day)
    Episode.objects.bulk_create([Episode(**row) for row in episodes], batch_size=1000)
    Item.objects.bulk_create([Item(**row) for row in items], batch_size=1000)


def our_corrections(day: date, count: int) -> None:
    from samnarvaro.attendance.totals import carry
    from samnarvaro.base import bulk

    change(day, count)
    carry.start()
    bulk.run(
        f"INSERT INTO {carry.CHANGED} (pupil_id, day) "
        "SELECT DISTINCT pupil_id, day FROM attendance_mark WHERE day = %s AND pupil_id <= %s",
        [day, count],
    )
    carry.carry()


def raw_corrections(day: date, count: int) -> None:
    from samnarvaro.base import bulk

    change(day, count)
    bulk.run(
        "UPDATE attendance_daytotal SET excused = excused + 1 WHERE day >= %s AND pupil_id <= %s",
        [day, count],
    )


def change(day: date, count: int) -> None:
    """Change one lesson of each of the first pupils that day."""
    from samnarvaro.base import bulk

    bulk.run(
        "UPDATE attendance_mark SET other = 1 WHERE day = %s AND pupil_id <= %s AND start = 490 "
        "AND excused + unexcused = 0",
        [day, count],
    )


if __name__ == "__main__":
    main()
