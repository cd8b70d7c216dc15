"""Installations for the journeys, on the kind of database that the tests run on."""

import os
import shutil
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.journeys.installation import Installation, SetUp


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SetUp]:
    """Make installations, new or like another, on the kind of database that the tests run on."""
    server = os.environ.get("SAMNARVARO_DATABASE_URL", "")
    made: list[str] = []

    def one(like: Installation | None) -> Installation:
        folder = tmp_path_factory.mktemp("installation")
        if not server.startswith("postgres"):
            if like:
                shutil.copy(like.folder / "marks.sqlite3", folder)
            return Installation(folder, f"sqlite:///{folder}/marks.sqlite3")
        made.append(f"journey_{uuid.uuid4().hex}")
        template = f" TEMPLATE {like.database.rpartition('/')[2]}" if like else ""
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}{template}".encode())
        installation = Installation(folder, server.rpartition("/")[0] + "/" + made[-1])
        if like:  # its second wall is to know the key of its own
            assert installation.run("migrate").returncode == 0
        return installation

    yield one

    for name in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def migrated(set_up: SetUp) -> Installation:
    """Ready to use, and empty: no test below leaves anything in it."""
    installation = set_up(None)
    for _ in range(2):
        done = installation.run("migrate")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return installation


@pytest.fixture
def vik(set_up: SetUp, migrated: Installation) -> Installation:
    """One more like it, to write in."""
    return set_up(migrated)
