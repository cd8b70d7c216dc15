"""The same figures by other engines: hand-written SQL over the totals, DuckDB, NumPy.

Each gives rows of pupil, then scheduled, excused, unexcused, late and days in a row of each window.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.year import CANCELLED, CONTENTS, LESSONS, UNREPORTED, Year

# What somebody would write who knows the tables and wants just this; a block for each window.
IN_WINDOW = """
    t.scheduled - COALESCE({row}.scheduled, 0), t.excused - COALESCE({row}.excused, 0),
    t.unexcused - COALESCE({row}.unexcused, 0), t.late - COALESCE({row}.late, 0),
    {least}(t.run, t.days - COALESCE({row}.days, 0))"""
BY_HAND_SQLITE = """
    SELECT t.pupil_id, {figures} FROM people_pupil p
    CROSS JOIN attendance_daytotal t ON t.pupil_id = p.id AND t.day = (
        SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = p.id AND day <= %s)
    {joins}"""
JOIN_SQLITE = """
    LEFT JOIN attendance_daytotal {row} ON {row}.pupil_id = p.id AND {row}.day = (
        SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = p.id AND day < %s)"""
BY_HAND_POSTGRES = """
    SELECT t.pupil_id, {figures} FROM people_pupil p
    CROSS JOIN LATERAL (SELECT * FROM attendance_daytotal WHERE pupil_id = p.id AND day <= %s
        ORDER BY day DESC LIMIT 1) t
    {joins}"""
JOIN_POSTGRES = """
    LEFT JOIN LATERAL (SELECT * FROM attendance_daytotal WHERE pupil_id = p.id AND day < %s
        ORDER BY day DESC LIMIT 1) {row} ON true"""
LONGEST_BY_HAND = """
    SELECT p.id, MAX({least}(t.run, t.days - COALESCE(b.days, 0)))
    FROM people_pupil p
    LEFT JOIN attendance_daytotal b ON b.pupil_id = p.id AND b.day = (
        SELECT MAX(day) FROM attendance_daytotal WHERE pupil_id = p.id AND day < %s)
    CROSS JOIN attendance_daytotal t
    WHERE t.pupil_id = p.id AND t.day BETWEEN %s AND %s
    GROUP BY p.id
"""


def by_hand(day: date, lengths: Sequence[int]) -> list[tuple[Any, ...]]:
    from django.db import connection

    on_sqlite = connection.vendor == "sqlite"
    whole, join = (BY_HAND_SQLITE, JOIN_SQLITE) if on_sqlite else (BY_HAND_POSTGRES, JOIN_POSTGRES)
    rows, least = [f"b{n}" for n in range(len(lengths))], "MIN" if on_sqlite else "LEAST"
    figures = ", ".join(IN_WINDOW.format(row=row, least=least) for row in rows)
    with connection.cursor() as cursor:
        cursor.execute(
            whole.format(figures=figures, joins="".join(join.format(row=row) for row in rows)),
            [day, *_firsts(day, lengths)],
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def longest_by_hand(day: date, length: int) -> list[tuple[Any, ...]]:
    from django.db import connection

    least = "MIN" if connection.vendor == "sqlite" else "LEAST"
    first = day - timedelta(days=length - 1)
    with connection.cursor() as cursor:
        cursor.execute(LONGEST_BY_HAND.format(least=least), [first, first, day])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _firsts(day: date, lengths: Sequence[int]) -> list[date]:
    return [day - timedelta(days=length - 1) for length in lengths]


ROW_GROUP = 120_000  # rows; what DuckDB itself would choose, but for whole days

# What each kind of lesson adds: it counts in nothing when it is unreported or cancelled.
_COUNTS = np.array([kind not in (UNREPORTED, CANCELLED) for kind in range(len(CONTENTS))])
_OF_KIND = {
    name: np.where(_COUNTS, np.array([content[place] for content in CONTENTS]), 0).astype(np.int16)
    for name, place in (("scheduled", 0), ("excused", 1), ("unexcused", 2), ("late", 6))
}


def write_parquet(year: Year, path: Path) -> None:
    """Write the counting lessons by day, in row groups of whole days: DuckDB reads those it needs."""
    pupils: Any = np.repeat(np.arange(1, year.pupils + 1, dtype=np.int32), LESSONS)
    fields = [("pupil", pa.int32()), ("day", pa.date32())]
    schema = pa.schema([*fields, *((name, pa.int16()) for name in _OF_KIND)])
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for day, kinds in year.kinds():
            lessons = kinds.ravel()
            counts = _COUNTS[lessons]
            columns = [pupils[counts], np.full(counts.sum(), day, dtype="datetime64[D]")]
            columns += [of_kind[lessons[counts]] for of_kind in _OF_KIND.values()]
            if day != year.new_day:
                waiting.append(pa.table([pa.array(c) for c in columns], schema=schema))
            rows = sum(table.num_rows for table in waiting)
            if waiting and (rows >= ROW_GROUP or day == year.new_day):
                writer.write_table(pa.concat_tables(waiting), row_group_size=max(rows, 1))
                waiting.clear()


class DuckDB:
    """One pass over the lessons of the longest window; a small second one for the days in a row."""

    def __init__(self, parquet: Path) -> None:
        import duckdb

        self._connection = duckdb.connect()
        self._lessons = f"read_parquet('{parquet}')"

    def rows(self, day: date, lengths: Sequence[int]) -> Any:
        """Return the figures as arrays, the way this engine gives them fastest."""
        firsts = _firsts(day, lengths)
        inside = f"day BETWEEN DATE '{min(firsts)}' AND DATE '{day}'"
        sums = ", ".join(
            f"SUM({name}) FILTER (day >= DATE '{first}') AS {name}{number}"
            for number, first in enumerate(firsts)
            for name in ("scheduled", "excused", "unexcused", "late")
        )
        runs = ", ".join(
            f"COUNT(DISTINCT day) FILTER (day >= DATE '{first}') AS run{number}"
            for number, first in enumerate(firsts)
        )
        columns = ", ".join(
            f"s.scheduled{n}, s.excused{n}, s.unexcused{n}, s.late{n}, COALESCE(r.run{n}, 0) AS run{n}"
            for n in range(len(firsts))
        )
        return self._connection.execute(
            f"""
            CREATE OR REPLACE TEMPORARY TABLE s AS
            SELECT pupil, {sums}, MAX(day) AS last,
                MAX(day) FILTER (excused + unexcused < scheduled) AS present
            FROM {self._lessons} WHERE {inside} GROUP BY pupil;
            CREATE OR REPLACE TEMPORARY TABLE r AS
            SELECT m.pupil, {runs} FROM {self._lessons} m JOIN (
                SELECT pupil, COALESCE(present, DATE '1900-01-01') AS present FROM s
                WHERE present IS NULL OR present < last
            ) AS away ON away.pupil = m.pupil AND m.day > away.present
            WHERE {inside.replace("day", "m.day", 1)} GROUP BY m.pupil;
            SELECT s.pupil, {columns} FROM s LEFT JOIN r ON r.pupil = s.pupil
            """
        ).fetchnumpy()


class Dense:
    """The floor: whole days as matrices in memory, day × pupil, and nothing but sums over them."""

    def __init__(self, year: Year) -> None:
        self._days = year.days
        shape = (len(year.days), year.pupils)
        self._sums: dict[str, Any] = {name: np.zeros(shape, dtype=np.uint16) for name in _OF_KIND}
        self._counts: Any = np.zeros(shape, dtype=bool)
        self._away: Any = np.zeros(shape, dtype=bool)
        days = (kinds for day, kinds in year.kinds() if day != year.new_day)
        for place, kinds in enumerate(days):
            for name, of_kind in _OF_KIND.items():
                self._sums[name][place] = of_kind[kinds].sum(axis=1)
            own = {name: self._sums[name][place] for name in ("scheduled", "excused", "unexcused")}
            self._counts[place] = own["scheduled"] > 0
            absent = own["excused"] + own["unexcused"]
            self._away[place] = self._counts[place] & (absent == own["scheduled"])

    def rows(self, day: date, lengths: Sequence[int]) -> list[Any]:
        columns: list[Any] = []
        for first in _firsts(day, lengths):
            inside = slice(
                sum(each < first for each in self._days), sum(each <= day for each in self._days)
            )
            columns += [days[inside].sum(axis=0, dtype=np.uint32) for days in self._sums.values()]
            columns.append(self._run(inside))
        return columns

    def _run(self, inside: slice) -> Any:
        """Count each pupil's last absent days, and stop looking when nobody is still away."""
        run: Any = np.zeros(self._away.shape[1], dtype=np.uint32)
        going = np.arange(self._away.shape[1])
        for place in range(inside.stop - 1, inside.start - 1, -1):
            run[going] += self._away[place, going]
            going = going[self._away[place, going] | ~self._counts[place, going]]
            if not len(going):
                break
        return run
