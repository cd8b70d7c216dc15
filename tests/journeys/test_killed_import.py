"""The program is killed in the middle of an import: before or after, never between."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.journeys.installation import PROGRAM, Installation, SetUp

pytestmark = pytest.mark.slow
PUPILS, STARTS = 150, [f"{hour:02}:{minute}" for hour in range(8, 15) for minute in ("05", "45")]
DAYS = [f"2026-11-{day:02}" for day in range(2, 7)]


def records(kind: str, days: list[str]) -> list[str]:
    return [
        f"p{pupil},99000002,{day},{start},40,MA,{kind},"
        for day in days
        for pupil in range(PUPILS)
        for start in STARTS
    ]


@pytest.fixture(scope="module")
def delivered(set_up: SetUp, migrated: Installation) -> Installation:
    """A first file is in; the second one, to be broken off, changes half of it and adds as much."""
    installation = set_up(migrated)
    first = installation.write(*records("present", DAYS[:3]))
    assert installation.told(first, "--create-missing")[0] == 0
    installation.write(*records("excused", DAYS[1:]), name="second.csv")
    return installation


Facts = tuple[int, ...]


WHAT = (
    "COUNT(*) FROM attendance_mark",
    "SUM(excused) FROM attendance_mark",
    "COUNT(*) FROM attendance_markversion",
    "COUNT(*) FROM attendance_daytotal",
    "SUM(excused) FROM attendance_daytotal",
    "COUNT(*) FROM base_delivery",
    "COUNT(*) FROM audit_writing WHERE act = 'marks.taken_in'",
)
ASKED = """
from samnarvaro.base import bulk
for what in {what!r}:
    print(bulk.fetch(f"SELECT {{what}}")[0][0])
"""
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def facts(vik: Installation) -> Facts:
    if vik.is_postgres:
        with psycopg.connect(vik.database, autocommit=True) as connection:
            while connection.execute(OTHERS).fetchone() != (0,):
                time.sleep(0.01)  # the server is still to find out that its client is gone
        return tuple(map(int, vik.python(ASKED.format(what=WHAT))))
    with sqlite3.connect(vik.folder / "marks.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return tuple(connection.execute(f"SELECT {what}").fetchone()[0] for what in WHAT)


@contextmanager
def written(vik: Installation, size: int) -> Iterator[Callable[[], bool]]:
    """Tell whether the database has written so many bytes of what is not committed yet."""
    if not vik.is_postgres:
        log = vik.folder / "marks.sqlite3-wal"
        yield lambda: log.exists() and log.stat().st_size >= size
        return
    with psycopg.connect(vik.database, autocommit=True) as connection:
        begun = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
        asked = f"""SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s) >= {size:d}
                    AND ({OTHERS} AND backend_xid IS NOT NULL) > 0"""
        yield lambda: connection.execute(asked.encode(), begun).fetchone() == (True,)


BEFORE = (150 * 14 * 3, 0, 0, 150 * 3, 0, 1, 1)
# Running sums: two changed days and two new ones, each of 14 lessons of 40 minutes.
AFTER = (150 * 14 * 5, 150 * 14 * 40 * 4, 150 * 14 * 2, 150 * 5, 150 * 14 * 40 * 10, 2, 2)


def kill_when(vik: Installation, it_is_time: Callable[[], bool]) -> int:
    """Start the import and kill it without warning; return how it ended."""
    file = vik.folder / "second.csv"
    with subprocess.Popen(
        [PROGRAM, "import-marks", file],
        env=vik.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            if it_is_time():
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.0005)
    return process.returncode


def copied(set_up: SetUp, delivered: Installation) -> Installation:
    vik = set_up(delivered)
    (vik.folder / "second.csv").write_bytes((delivered.folder / "second.csv").read_bytes())
    return vik


def check(vik: Installation) -> Facts:
    found = facts(vik)
    assert found in (BEFORE, AFTER)
    code, told = vik.told(str(vik.folder / "second.csv"))
    assert code == 0
    assert (told["new"], told["changed"]) == ((4200, 4200) if found == BEFORE else (0, 0))
    assert facts(vik)[:5] == AFTER[:5]
    return found


@pytest.mark.parametrize("size", [1, 200_000, 600_000])
def test_killed_while_the_database_writes(
    set_up: SetUp, delivered: Installation, size: int
) -> None:
    vik = copied(set_up, delivered)

    with written(vik, size) as is_written:
        ended = kill_when(vik, is_written)

    assert ended == -signal.SIGKILL
    check(vik)


@pytest.mark.parametrize("share", [0.6, 0.75, 0.9])
def test_killed_at_any_time(set_up: SetUp, delivered: Installation, share: float) -> None:
    undisturbed = copied(set_up, delivered)
    began = time.monotonic()
    assert kill_when(undisturbed, lambda: False) == 0
    took = time.monotonic() - began
    assert check(undisturbed) == AFTER
    vik = copied(set_up, delivered)
    began = time.monotonic()

    kill_when(vik, lambda: time.monotonic() - began > share * took)

    check(vik)
