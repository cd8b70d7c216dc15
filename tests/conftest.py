"""For all tests: no road out of this machine, nothing of the installation touched, cheap passwords.

The same tests run on both databases: SAMNARVARO_DATABASE_URL says on which (none: SQLite).
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from samnarvaro.base import wall

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")

FOLDER = pytest.StashKey[Path]()
PREFIX = "samnarvaro-tests-"


def pytest_configure(config: pytest.Config) -> None:
    """Move the installation's folder aside, into memory where there is room."""
    place = roomy_memory() or Path(tempfile.gettempdir())
    clear_up_after_killed_runs(place)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    config.stash[FOLDER] = folder

    settings.DATA_DIR = folder
    settings.CHECKPOINT_FOLDER = folder / "checkpoints"
    settings.SECOND_FACTOR_ROLES = frozenset()  # asked for in the tests that are about it
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as in production: connections of several threads see each other's commits only.
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    else:
        wall.stand_as_system("tests", as_owner=True)  # what is asked by pages asks as their viewers


def roomy_memory() -> Path | None:
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**31:
        return memory
    return None


def clear_up_after_killed_runs(place: Path) -> None:
    """Remove the folders of runs that were killed and could not do it themselves."""
    for folder in place.glob(f"{PREFIX}*-*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not Path("/proc", pid).exists():
            shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


class OutsideWorld(RuntimeError):
    """A test reached for another machine."""


HERE = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}


@pytest.fixture(scope="session", autouse=True)
def closed_sockets() -> Iterator[None]:
    """Let nothing connect but to this machine: what a test needs of the world it is to bring."""
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def guard(address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in HERE:
            raise OutsideWorld(f"A test reached for {host!r}; tests stay on this machine.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        guard(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        guard(address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **named: Any) -> Any:
        guard((host,))
        return getaddrinfo(host, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def nobody_stands_on() -> Iterator[None]:
    """A command that a test calls stands as the system for as long as its process would live.

    And says how to stand wherever the wall is raised anew, as the emptying of all tables does.
    """
    before, dresses = wall._process[0], list(wall._dresses)
    yield
    wall._dresses[:] = dresses
    if wall._process[0] is not before:
        wall._process[0] = before
        raw: Any = connection.connection
        if connection.vendor == "postgresql" and raw is not None and not raw.closed:
            raw.execute("RESET ROLE")
