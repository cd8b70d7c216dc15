"""A database of its own for everything that is measured: a file, or one on the PostgreSQL server.

The tables are made once; each measurement begins with a copy of them.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
SERVER = "SAMNARVARO_TEST_POSTGRES_URL"


def engines() -> list[str]:
    return [SQLITE, *([POSTGRES] if os.environ.get(SERVER) else [])]


class Databases:
    """Makes databases in a folder and on the server, and takes them away again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._templates: dict[str, str] = {}

    @contextmanager
    def fresh(self, engine: str) -> Iterator[str]:
        """Give the address of a new database with all tables and nothing in them."""
        if engine not in self._templates:
            self._templates[engine] = self._create(engine)
            run(self._templates[engine], "migrate", folder=self.folder)
        address = self._create(engine, self._templates[engine])
        try:
            yield address
        finally:
            self._drop(address)

    def close(self) -> None:
        for address in self._templates.values():
            self._drop(address)

    def _create(self, engine: str, template: str = "") -> str:
        name = f"bench_{os.getpid()}_{next(self._numbers)}"
        if engine == SQLITE:
            path = self.folder / f"{name}.sqlite3"
            if template:
                shutil.copyfile(_path(template), path)
            return f"sqlite:///{path}"
        copied = f' TEMPLATE "{_name(template)}"' if template else ""
        _on_server(f'CREATE DATABASE "{name}"{copied}')
        return urlsplit(os.environ[SERVER])._replace(path=f"/{name}").geturl()

    def _drop(self, address: str) -> None:
        if address.startswith("sqlite"):
            path = _path(address)
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        else:
            _on_server(f'DROP DATABASE "{_name(address)}" WITH (FORCE)')


def run(address: str, *arguments: str, folder: Path) -> Any:
    """Let a process of its own do one thing with a database; return what it says at the end."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.child", *arguments],
        env=os.environ
        | {
            "SAMNARVARO_DATABASE_URL": address,
            "SAMNARVARO_DATA_DIR": str(folder),
            "SAMNARVARO_SECRET_KEY": "only-for-benchmarks",
            "SAMNARVARO_SECOND_FACTOR": "none",
        },
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _path(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def _name(address: str) -> str:
    return urlsplit(address).path.removeprefix("/")


def _on_server(statement: str) -> None:
    with psycopg.connect(os.environ[SERVER], autocommit=True) as connection:
        connection.execute(statement.encode())
