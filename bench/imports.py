"""How fast a million lesson marks come in: the whole path against the raw upsert of the same rows.

The reference reads the same file with the csv module and puts the same columns into the same
table: on SQLite by `executemany` of an upsert, on PostgreSQL by COPY into a staging table and
`INSERT … ON CONFLICT`. Ours checks every value, compares, keeps history and carries totals as well.

    python -m bench.imports --rows 1000000 --pupils 10000
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

LAST = date(2026, 6, 5)
LESSONS = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pupils", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", choices=["ours", "raw"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        _one(arguments.one, arguments.file)
        return
    _compare(arguments.rows, arguments.pupils, arguments.runs)


def _compare(rows: int, pupils: int, runs: int) -> None:
    from bench import made

    days = made.school_days(-(-rows // (pupils * LESSONS)), LAST)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marks.csv"
        count = made.write(path, made.records(pupils, days, LESSONS))
        found: dict[str, list[tuple[float, int]]] = {"ours": [], "raw": []}
        for _ in range(runs):
            for which in ("raw", "ours"):
                found[which].append(_measured(which, path, Path(folder)))
    print(f"import of {count} marks, {pupils} pupils, {len(days)} days, {_engine()}")
    for which, results in found.items():
        seconds = sorted(result[0] for result in results)
        peak = max(result[1] for result in results)
        middle = seconds[len(seconds) // 2]
        print(
            f"  {which:5} median {middle:7.2f} s  ({seconds[0]:.2f}–{seconds[-1]:.2f})  "
            f"{count / middle:9.0f} rows/s  peak {peak} MiB"
        )
    ratios = sorted(raw[0] / ours[0] for raw, ours in zip(found["raw"], found["ours"], strict=True))
    print(
        f"  speed against raw: {ratios[len(ratios) // 2]:.2f}  ({ratios[0]:.2f}–{ratios[-1]:.2f}, wanted ≥ 0.5)"
    )


def _engine() -> str:
    url = os.environ.get("SAMNARVARO_DATABASE_URL", "")
    return "PostgreSQL" if url.startswith("postgres") else "SQLite"


def _measured(which: str, path: Path, folder: Path) -> tuple[float, int]:
    """Run one import in a process and a database of its own; return (seconds, peak MiB)."""
    environment = dict(os.environ)
    if _engine() == "SQLite":
        database = folder / f"{which}.sqlite3"
        for leftover in folder.glob(f"{which}.sqlite3*"):
            leftover.unlink()
        environment["SAMNARVARO_DATABASE_URL"] = f"sqlite:///{database}"
    done = subprocess.run(
        [sys.executable, "-m", "bench.imports", "--one", which, "--file", str(path)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), int(peak)


def _one(which: str, path: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if _engine() == "PostgreSQL":
        call_command("flush", verbosity=0, interactive=False)
    _prepare(path)
    start = time.perf_counter()
    _ours(path) if which == "ours" else _raw(path)
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _prepare(path: Path) -> None:
    """Make the pupils and schools of the file, as a roster would have."""
    from samnarvaro.organisation import services as organisation
    from samnarvaro.people import services as people

    pupils: set[str] = set()
    units: set[str] = set()
    first = ""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            if number:
                if row[0] in pupils and row[2] != first:
                    break
                first = row[2]
                pupils.add(row[0])
                units.add(row[1])
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


if __name__ == "__main__":
    main()
