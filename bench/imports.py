"""How fast a million lesson marks come in: the whole path against the raw upsert of the same rows.

The reference reads the same file with the csv module and puts the same columns into the same
table: on SQLite by `executemany` of an upsert, on PostgreSQL by COPY into a staging table and
`INSERT … ON CONFLICT`. Ours checks every value, compares, keeps history and carries totals as well.
"""

import csv
import resource
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench import made
from bench.databases import Databases, run
from bench.figures import Table, grouped, judged, ratio, seconds

LAST = date(2026, 6, 5)
LESSONS = 6
SPEED = 0.5
PEAK = 500


def compare(databases: Databases, engines: list[str], rows: int, pupils: int, runs: int) -> None:
    """Take the same file in both ways, in turn, and print how fast they were."""
    days = made.school_days(-(-rows // (pupils * LESSONS)), LAST)
    path = databases.folder / f"marks-{rows}.csv"
    count = made.write(path, made.records(pupils, days, LESSONS))
    table = Table(
        f"Import of {grouped(count)} marks: {grouped(pupils)} pupils, {len(days)} days",
        "", "median", "min–max", "marks/s", "wanted", "", "peak",
    )  # fmt: skip
    for engine in engines:
        taken: dict[str, list[float]] = {"raw": [], "ours": []}
        peaks = {"raw": 0, "ours": 0}
        for _ in range(runs):
            for which, spent in taken.items():
                with databases.fresh(engine) as address:
                    answer = run(address, "import", which, str(path), folder=databases.folder)
                spent.append(answer["seconds"])
                peaks[which] = max(peaks[which], answer["peak"])
        for which, name in (("raw", "raw upsert"), ("ours", "ours, whole path")):
            speed = grouped(count / sorted(taken[which])[runs // 2])
            peak = f"{peaks[which]} MiB"
            table.add(f"{engine}: {name}", *seconds(taken[which]), speed, "", "", peak)
        middle, span, wanted, kept = judged(ratio(taken["raw"], taken["ours"]), least=SPEED)
        _, _, most, small = judged([peaks["ours"]], most=PEAK)
        table.add(
            f"{engine}: speed of ours to raw", middle, span, "", wanted, kept, f"{most} {small}"
        )
    table.show()
    path.unlink()


def take_in(which: str, path: Path) -> dict[str, float]:
    """Make the pupils of a file, then take it in one way or the other."""
    _prepare(path)
    start = time.perf_counter()
    _ours(path) if which == "ours" else _raw(path)
    spent = time.perf_counter() - start
    return {"seconds": spent, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def _prepare(path: Path) -> None:
    """Make the pupils and schools of the file, as a roster would have."""
    from samnarvaro.organisation import services as organisation
    from samnarvaro.people import services as people

    pupils: set[str] = set()
    units: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        first_day = None
        for pupil, code, day, *_ in reader:
            first_day = first_day or day
            if day != first_day:
                break
            pupils.add(pupil)
            units.add(code)
    organisation.create_nameless_units({c: n + 1 for n, c in enumerate(sorted(units))})
    people.create_nameless_pupils({p: n + 1 for n, p in enumerate(sorted(pupils))})


def _ours(path: Path) -> None:
    from samnarvaro.attendance import services
    from samnarvaro.base import clock
    from samnarvaro.consents.services import system_scope

    scope = system_scope(purpose="bench", on=clock.today())
    report = services.take_in(path, services.Options(), by=scope, at=clock.now())
    assert report.new == report.rows, report.numbers()


COLUMNS = (
    "day, pupil_id, start, unit_id, scheduled, excused, unexcused, other, reported, cancelled, "
    "late, subject, on_school_day, delivery_id"
)
UPSERT = "ON CONFLICT (day, pupil_id, start, unit_id) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in COLUMNS.split(", ")[4:]
)


def _typed(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows as the reference writes them: typed, not checked."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for pupil, code, day, start, minutes, subject, kind, absent in reader:
            whole = int(minutes)
            away = int(absent) if absent else whole
            yield (
                day, int(pupil[1:]) + 1, int(start[:2]) * 60 + int(start[3:]),
                int(code) - 10_000_000 + 1, whole,
                away if kind == "excused" else 0, away if kind in ("unexcused", "late") else 0,
                whole if kind == "other_activity" else 0, int(kind != "unreported"),
                int(kind == "cancelled"), int(kind == "late"), subject, 1, 1,
            )  # fmt: skip


def _raw(path: Path) -> None:
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        raw: Any = connection.connection
        raw.execute("BEGIN IMMEDIATE")
        places = ", ".join("?" * 14)
        raw.executemany(
            f"INSERT INTO attendance_mark ({COLUMNS}) VALUES ({places}) {UPSERT}", _typed(path)
        )
        raw.execute("COMMIT")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE raw_staged (LIKE attendance_mark)")
        inner: Any = cursor.cursor
        with inner.copy(f"COPY raw_staged ({COLUMNS}) FROM STDIN") as copy:
            line = "\t".join(["%s"] * 14) + "\n"
            batch: list[str] = []
            for row in _typed(path):
                batch.append(line % row)
                if len(batch) == 20_000:
                    copy.write("".join(batch))
                    batch.clear()
            copy.write("".join(batch))
        cursor.execute(
            f"INSERT INTO attendance_mark ({COLUMNS}) SELECT {COLUMNS} FROM raw_staged {UPSERT}"
        )
        cursor.execute("DROP TABLE raw_staged")
