"""The worker as a process of its own: it works at once, stops when asked, and a second one waits."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

SAMNARVARO = Path(sys.executable).with_name("samnarvaro")
PATIENCE = 60.0

pytestmark = pytest.mark.slow


def at(folder: Path) -> dict[str, str]:
    """The settings of an installation of its own, on SQLite."""
    return {
        **os.environ,
        "SAMNARVARO_DATA_DIR": str(folder),
        "SAMNARVARO_DATABASE_URL": f"sqlite:///{folder}/worker.sqlite3",
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([SAMNARVARO, "migrate"], env=at(folder), check=True)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> dict[str, str]:
    """An installation with its tables in place, and nothing else."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return at(tmp_path)


@contextmanager
def a_worker(place: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([SAMNARVARO, "worker"], env=place, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def ask(place: dict[str, str], sql: str) -> list[tuple[str, ...]]:
    path = place["SAMNARVARO_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=20)) as database:
        return list(database.execute(sql))


def wait_for(is_so: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.1)


def done(place: dict[str, str]) -> set[str]:
    return {job for (job,) in ask(place, "SELECT job FROM base_jobrun WHERE state = 'done'")}


def test_it_does_what_is_due_and_stops_when_asked(place: dict[str, str]) -> None:
    with a_worker(place) as first:
        wait_for(lambda: done(place) == {"nightly", "totals", "tidy", "checkpoint", "log-review"})

        with a_worker(place) as second:
            assert second.stderr is not None
            assert "another worker is at work" in second.stderr.readline()
            first.send_signal(signal.SIGTERM)
            assert first.wait(timeout=PATIENCE) == 0
            assert "worker.started" in second.stderr.readline()

            second.send_signal(signal.SIGINT)
            assert second.wait(timeout=PATIENCE) == 0
    assert len(ask(place, "SELECT job FROM base_jobrun")) == 5


def test_killed_it_leaves_a_place_where_the_next_one_goes_on(place: dict[str, str]) -> None:
    with a_worker(place) as first:
        wait_for(lambda: ask(place, "SELECT 1 FROM base_jobrun") != [])
        first.kill()
        first.wait()

    with a_worker(place):
        wait_for(lambda: done(place) >= {"nightly", "totals", "tidy", "checkpoint", "log-review"})
        wait_for(
            lambda: (
                ask(
                    place,
                    "SELECT status FROM django_tasks_database_dbtaskresult WHERE status <> 'SUCCESSFUL'",
                )
                == []
            )
        )
