"""Rows into a temporary table, fast, on both databases. The one place that tells them apart.

A temporary table lies in a file of its own, is seen by its connection alone and goes with it: the
database's one writer is not held while a long file is read, and a crash leaves nothing behind.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from gc import disable, enable, isenabled
from itertools import islice
from typing import Any

from django.db import connection, transaction

_BATCH = 20_000
_ROOM_KB = 64 * 1024

# The same function, by two names.
GREATER = {"sqlite": "MAX", "postgresql": "GREATEST"}
LESSER = {"sqlite": "MIN", "postgresql": "LEAST"}


def on_postgres() -> bool:
    return connection.vendor == "postgresql"


def least() -> str:
    """The function that gives the lesser of two values."""
    return LESSER[connection.vendor]


def greatest() -> str:
    """The function that gives the greater of two values."""
    return GREATER[connection.vendor]


def create_temporary(name: str, columns: str, *, key: str = "") -> None:
    """Make an empty temporary table. On SQLite a `key` keeps its rows in order; PostgreSQL sorts."""
    run(f"DROP TABLE IF EXISTS {name}")
    if key and not on_postgres():
        run(f"CREATE TEMPORARY TABLE {name} ({columns}, PRIMARY KEY ({key})) WITHOUT ROWID")
    else:
        run(f"CREATE TEMPORARY TABLE {name} ({columns})")


def drop_temporary(*names: str) -> None:
    for name in names:
        run(f"DROP TABLE IF EXISTS {name}")


def analyse(name: str) -> None:
    """Let PostgreSQL know what a temporary table holds; it does not find out by itself."""
    if on_postgres():
        run(f"ANALYZE {name}")


def run(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run one statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        touched: int = cursor.rowcount
        return touched


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def as_day(value: date | str) -> date:
    """Return a day of an answer. SQLite knows no dates: it gives them back as they were written."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def pour(name: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows of numbers and text into a table. Text must hold no tab or line break."""
    iterator = iter(rows)
    pour_batches(name, columns, iter(lambda: list(islice(iterator, _BATCH)), []))


def pour_batches(
    name: str, columns: Sequence[str], batches: Iterable[list[tuple[Any, ...]]]
) -> None:
    """Put rows into a table, as they come some thousand at a time."""
    connection.ensure_connection()
    with _without_collector():
        if on_postgres():
            _copy(name, columns, batches)
        else:
            _insert_many(name, columns, batches)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of short-lived rows hold no circles: looking for some takes longer than the rows."""
    was_on = isenabled()
    disable()
    try:
        yield
    finally:
        if was_on:
            enable()


def _insert_many(
    name: str, columns: Sequence[str], batches: Iterable[list[tuple[Any, ...]]]
) -> None:
    raw: Any = connection.connection
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
    own = not raw.in_transaction
    if own:
        raw.execute("BEGIN")
    try:
        for batch in batches:
            batch.sort()
            raw.executemany(sql, batch)
    except BaseException:
        if own:
            raw.execute("ROLLBACK")
        raise
    if own:
        raw.execute("COMMIT")


def _copy(name: str, columns: Sequence[str], batches: Iterable[list[tuple[Any, ...]]]) -> None:
    """A COPY for every some thousand rows: between two, whoever makes the rows may ask the database."""
    line = "\t".join(["%s"] * len(columns)) + "\n"
    sql = f"COPY {name} ({', '.join(columns)}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor:
        raw: Any = cursor.cursor
        for rows in _gathered(batches):
            text = "".join([line % row for row in rows])
            with raw.copy(sql) as copy:
                copy.write(text.replace("\\", "\\\\"))


def _gathered(batches: Iterable[list[tuple[Any, ...]]]) -> Iterator[list[tuple[Any, ...]]]:
    """Put small batches together into larger ones."""
    gathered: list[tuple[Any, ...]] = []
    for batch in batches:
        gathered += batch
        if len(gathered) >= _BATCH // 2:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def give_room() -> None:
    """Let PostgreSQL sort a delivery in memory, where it would by default use the disk for most."""
    if on_postgres():
        run(
            "SELECT set_config('work_mem', %s, false) FROM pg_settings "
            "WHERE name = 'work_mem' AND setting::bigint < %s",
            [f"{_ROOM_KB}kB", _ROOM_KB],
        )


def give_room_back() -> None:
    if on_postgres():
        run("RESET work_mem")
