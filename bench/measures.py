"""Measures from the carried totals: against hand-written SQL over the same rows, and against the
best engine over lesson marks.

Sums (scheduled, excused, unexcused), late count and days in a row, for both windows of the city
model (30 and 60 days), all pupils. All of them must give the same figures.

    python -m bench.measures --pupils 10000
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

LAST = date(2026, 6, 5)
DAYS = 178
LENGTHS = (30, 60)
Rows = list[tuple[Any, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    compare(arguments.pupils, arguments.runs)


def compare(pupils: int, runs: int) -> None:
    from django.db import connection

    from bench import made, municipality

    days = made.school_days(DAYS, LAST)
    poured, rebuilt = municipality.build(pupils, days)
    print(
        f"measures of {pupils} pupils × {len(days)} days × {municipality.LESSONS} lessons, "
        f"{connection.vendor} (marks put in {poured:.1f} s, totals rebuilt {rebuilt:.1f} s)"
    )
    with tempfile.TemporaryDirectory() as folder:
        parquet = write_parquet(pupils, days, Path(folder))
        engines: dict[str, Callable[[], Rows]] = {
            "ours": ours,
            "hand-written SQL": by_hand,
            "DuckDB, lessons": lambda: over_lessons(parquet),
        }
        expected = sorted(by_hand())
        seconds: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(runs):
            for name, engine in engines.items():
                start = time.perf_counter()
                found = engine()
                seconds[name].append(time.perf_counter() - start)
                assert sorted(found) == expected, name
        report(seconds, pupils, days)
    longest()


def report(seconds: dict[str, list[float]], pupils: int, days: list[date]) -> None:
    for name, taken in seconds.items():
        print(
            f"  {name:18} median {statistics.median(taken):8.3f} s  ({min(taken):.3f}–{max(taken):.3f})"
        )
    hand = ratio(seconds["ours"], seconds["hand-written SQL"])
    lessons = ratio(seconds["DuckDB, lessons"], seconds["ours"])
    print(f"  ours / hand-written SQL: {hand:.2f}  (wanted ≤ 1.5)")
    print(f"  best engine over lessons / ours: {lessons:.1f}  (wanted ≥ 5)")
    print(f"  floor, dense NumPy scan: {floor(pupils, days):.4f} s")


def ratio(over: list[float], under: list[float]) -> float:
    """The median of the ratios pair by pair: both runs of a pair met the same machine."""
    return statistics.median(a / b for a, b in zip(over, under, strict=True))


def ours() -> Rows:
    from samnarvaro.attendance.totals import windows

    told: list[windows.Told] = ["scheduled", "excused", "unexcused", "late", "run"]
    return [(row[0], *row[2:]) for row in windows.ending_on(LAST, LENGTHS, told)]


def by_hand() -> Rows:
    """What somebody would write who knows the tables and wants just this."""
    from samnarvaro.base import bulk

    least = bulk.least()
    windows, joins, values = [], [], []
    for n, length in enumerate(LENGTHS):
        windows.append(
            f"t.scheduled - COALESCE(b{n}.scheduled, 0), t.excused - COALESCE(b{n}.excused, 0), "
            f"t.unexcused - COALESCE(b{n}.unexcused, 0), t.late - COALESCE(b{n}.late, 0), "
            f"{least}(t.run, t.days - COALESCE(b{n}.days, 0))"
        )
        joins.append(
            f"LEFT JOIN attendance_daytotal b{n} ON b{n}.pupil_id = p.id AND b{n}.day = ("
            f"SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = p.id AND day < %s)"
        )
        values.append(LAST - timedelta(days=length - 1))
    sql = f"""SELECT p.id, {", ".join(windows)} FROM people_pupil p
        CROSS JOIN attendance_daytotal t {" ".join(joins)}
        WHERE t.pupil_id = p.id AND t.day >= %s AND t.day = (
            SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = p.id AND day <= %s)"""
    return bulk.fetch(sql, [*values, values[0], LAST])


def write_parquet(pupils: int, days: list[date], folder: Path) -> Path:
    """The same marks, one file, for the engine over lessons."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from bench import municipality

    path = folder / "marks.parquet"
    ids = np.repeat(np.arange(1, pupils + 1, dtype=np.int32), municipality.LESSONS)
    writer = None
    for day in days:
        kinds = municipality.day_of_marks(pupils, day, 1).ravel()
        table = pa.table(
            {
                "day": pa.array([day] * len(ids), pa.date32()),
                "pupil": ids,
                "scheduled": np.full(len(ids), municipality.MINUTES, np.int16),
                "excused": np.where(kinds == 1, 60, 0).astype(np.int16),
                "unexcused": np.where(kinds == 2, 60, np.where(kinds == 3, 5, 0)).astype(np.int16),
                "late": kinds == 3,
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return path


def over_lessons(path: Path) -> Rows:
    """One pass over the lessons by pupil, and a small second one for the days in a row."""
    import duckdb

    first = [LAST - timedelta(days=length - 1) for length in LENGTHS]
    sums = ", ".join(
        f"SUM(scheduled) FILTER (day >= '{f}'), COALESCE(SUM(excused) FILTER (day >= '{f}'), 0), "
        f"COALESCE(SUM(unexcused) FILTER (day >= '{f}'), 0), "
        f"COUNT(*) FILTER (day >= '{f}' AND late)"
        for f in first
    )
    source = f"read_parquet('{path}')"
    with duckdb.connect() as database:
        rows = database.execute(
            f"""SELECT pupil, {sums}, MAX(day) FILTER (excused + unexcused < scheduled) FROM {source}
                WHERE day BETWEEN '{first[1]}' AND '{LAST}' GROUP BY pupil"""
        ).fetchall()
        streaks: list[dict[int, int]] = []
        for f in first:
            present = f"""(SELECT pupil, MAX(day) FILTER (excused + unexcused < scheduled) AS last
                FROM {source} WHERE day BETWEEN '{f}' AND '{LAST}' GROUP BY pupil)"""
            streaks.append(
                dict(
                    database.execute(
                        f"""SELECT m.pupil, COUNT(DISTINCT m.day) FROM {source} m JOIN {present} s
                            ON s.pupil = m.pupil WHERE m.day BETWEEN '{f}' AND '{LAST}'
                            AND (s.last IS NULL OR m.day > s.last) GROUP BY m.pupil"""
                    ).fetchall()
                )
            )
    month, two = streaks
    return [
        (row[0], *map(int, row[1:5]), month.get(row[0], 0), *map(int, row[5:9]), two.get(row[0], 0))
        for row in rows
    ]


def floor(pupils: int, days: list[date]) -> float:
    """Sums over dense matrices in memory: what the machine itself could do."""
    import numpy as np

    inside = [day for day in days if day >= LAST - timedelta(days=LENGTHS[1] - 1)]
    matrix = np.random.default_rng(1).integers(0, 360, (3, len(inside), pupils), dtype=np.uint16)
    start = time.perf_counter()
    for length in LENGTHS:
        matrix[:, -length * 5 // 7 :, :].sum(axis=1, dtype=np.int32)
    return time.perf_counter() - start


def longest() -> None:
    from samnarvaro.attendance.totals import windows
    from samnarvaro.kernel.days import trailing

    start = time.perf_counter()
    windows.longest_runs(trailing(LAST, LENGTHS[1]))
    print(f"  longest run of 60 days, apart: {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main()
