"""The worker's sign of life: one holds it, a dead one lets go, a hung one is seen to stand still."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from samnarvaro.base import presence

HOLDS = """
import sys, time
from django.conf import settings
settings.configure(DATA_DIR=sys.argv[1])
from samnarvaro.base import presence
with presence.held() as is_mine:
    print(is_mine, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "var"
    settings.DATA_DIR = folder
    return folder


def test_before_there_was_a_worker_there_is_no_sign() -> None:
    presence.touch()

    assert presence.sign() == presence.Sign(is_there=False, seen_at=None)


def test_one_at_a_time_holds_it() -> None:
    with presence.held() as first, presence.held() as second:
        assert (first, second) == (True, False)
        assert presence.sign().is_there

    assert not presence.sign().is_there
    with presence.held() as third:
        assert third


def test_a_worker_that_is_killed_lets_go(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert presence.sign().is_there
        process.kill()

    assert not presence.sign().is_there


def test_a_worker_that_stands_still_is_seen_to_do_so(folder: Path) -> None:
    with presence.held():
        seen = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
        os.utime(folder / "worker.lock", (seen.timestamp(), seen.timestamp()))
        sign = presence.sign()

    assert sign.seen_at == seen
    assert sign.is_fresh(seen + presence.FRESH - timedelta(seconds=1))
    assert not sign.is_fresh(seen + presence.FRESH)


def test_at_work_it_touches() -> None:
    with presence.held():
        os.utime(presence._file(), (0, 0))
        presence.touch()
        seen_at = presence.sign().seen_at

    assert seen_at is not None
    assert seen_at > datetime(2026, 1, 1, tzinfo=UTC)
