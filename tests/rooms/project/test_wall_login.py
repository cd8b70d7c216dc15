"""Another sign-in than the tables' owner serves the pages: whoever has it and runs statements of its
own reads with a token and not without, and changes neither the wall nor the log.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from samnarvaro.base import wall
from samnarvaro.project.wall import raising
from tests.rooms.consents.agreed import NOON, scope
from tests.rooms.project.walled import WalledTown, fetch, on_postgres

# The other sign-in sees what is committed, so each of these commits.
pytestmark = [pytest.mark.django_db(transaction=True), on_postgres]
PUPILS = "SELECT id FROM public.people_pupil ORDER BY id"
TABLES = ["people_pupil", "attendance_daytotal", "worklist_item", "consents_consent", "people_enrolment"]  # fmt: skip
# Each as one that asks for nobody, for a request or for a job would try it.
REFUSED = [
    "ALTER TABLE people_pupil DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE people_pupil NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE people_pupil OWNER TO {me}",
    "DROP TABLE audit_reading",
    "TRUNCATE audit_reading",
    "DROP POLICY person ON people_pupil",
    "CREATE POLICY mine ON people_pupil USING (true)",
    "CREATE OR REPLACE FUNCTION wall.app_is_system() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER FUNCTION wall.app_is_system() SECURITY INVOKER",
    "DROP FUNCTION wall.app_visible(text) CASCADE",
    "GRANT EXECUTE ON FUNCTION wall.mark(text) TO {me}",
    "SELECT wall.mark('system||||||||9999999999|x')",
    "SELECT * FROM wall.key",
    "UPDATE wall.key SET within = ''",
    "UPDATE wall.names SET web = 'x'",
    "CREATE VIEW wall.mine AS SELECT 1",
    "SET ROLE {owner}",
    "SET ROLE {tables}",
    "SET SESSION AUTHORIZATION {owner}",
    "GRANT {owner} TO {me}",
    "CREATE ROLE another",
    "UPDATE audit_reading SET viewer = 'x'",
    "DELETE FROM audit_reading",
    "UPDATE audit_writing SET viewer = 'x'",
    "DELETE FROM audit_writing",
    "CREATE TRIGGER quiet BEFORE INSERT ON audit_reading EXECUTE FUNCTION unknown()",
    "CREATE RULE quiet AS ON INSERT TO audit_reading DO INSTEAD NOTHING",
    "UPDATE django_migrations SET app = 'x'",
    "SET row_security = off; SELECT id FROM people_pupil",
    "ALTER ROLE {me} BYPASSRLS",
]  # fmt: skip


@dataclass(frozen=True)
class SignIn:
    name: str
    password: str

    def connect(self) -> "psycopg.Connection[Any]":
        told = connection.get_connection_params()
        told |= {"user": self.name, "password": self.password}
        for unwanted in ("cursor_factory", "context", "client_encoding", "prepare_threshold"):
            told.pop(unwanted, None)
        return psycopg.connect(**told, autocommit=True)

    def url(self) -> str:
        told = connection.settings_dict
        who = f"{self.name}:{self.password}"
        port = f":{told['PORT']}" if told["PORT"] else ""
        more = {
            name: value
            for name, value in told["OPTIONS"].items()
            if isinstance(value, str) and name != "options"
        }
        asked = f"?{urlencode(more)}" if more else ""
        return f"postgresql://{who}@{quote(told['HOST'], safe='')}{port}/{told['NAME']}{asked}"


@pytest.fixture
def serves() -> Iterator[SignIn]:
    """A sign-in that the owner of the tables makes for the pages, as the guide says."""
    login = SignIn(f"serves_{secrets.token_hex(4)}", secrets.token_hex(8))
    fetch_nothing(f"CREATE ROLE {login.name} LOGIN PASSWORD '{login.password}'")
    try:
        raising.raise_wall(login.name)
        yield login
    finally:
        fetch_nothing(f"DROP ROLE {login.name}")


@pytest.fixture
def town() -> WalledTown:
    return WalledTown()


def fetch_nothing(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def roles() -> dict[str, str]:
    (row,) = fetch("SELECT owner, web, job, seal FROM wall.names")
    return dict(zip(("owner", "web", "job", "seal"), row, strict=True))


def as_one(raw: "psycopg.Connection[Any]", role: str, token: str, statement: str) -> list[Any]:
    with raw.transaction():
        raw.execute(
            "SELECT set_config('role', %s, true), set_config('app.token', %s, true)", [role, token]
        )
        return raw.execute(statement.encode()).fetchall()


def test_without_a_token_it_reads_nothing_as_whatever_role(
    serves: SignIn, town: WalledTown
) -> None:
    by = scope(town.mira)
    made_up = f"{wall.viewers_token(by, NOON)[:-64]}{'0' * 64}"
    with serves.connect() as raw:
        for role in ("none", roles()["web"], roles()["job"]):
            for token in ("", made_up, "system||||||||9999999999|x|" + "0" * 64):
                for table in TABLES:
                    assert as_one(raw, role, token, f"SELECT 1 FROM public.{table}") == []


def test_with_a_token_it_reads_what_that_person_may(serves: SignIn, town: WalledTown) -> None:
    web = roles()["web"]
    tokens = {who: wall.viewers_token(scope(town.person(who)), NOON) for who in ("mira", "sonja")}
    with serves.connect() as raw:
        assert as_one(raw, web, tokens["mira"], PUPILS) == [(town.saga.pk,), (town.noor.pk,)]
        assert as_one(raw, web, tokens["sonja"], PUPILS) == [(town.saga.pk,)]
        assert as_one(raw, web, "", PUPILS) == []


def test_it_changes_neither_the_wall_nor_the_log_nor_itself(
    serves: SignIn, town: WalledTown
) -> None:
    names = roles() | {"me": serves.name, "tables": str(fetch("SELECT current_user")[0][0])}
    token = wall.viewers_token(scope(town.mira), NOON)
    done = []
    with serves.connect() as raw:
        for role in ("none", names["web"], names["job"], names["seal"]):
            for statement in REFUSED:
                try:
                    with raw.transaction(force_rollback=True):
                        raw.execute(
                            "SELECT set_config('role', %s, true), set_config('app.token', %s, true)",
                            [role, token],
                        )
                        raw.execute(statement.format(**names).encode())
                        done.append((role, statement))
                except psycopg.errors.InsufficientPrivilege:
                    continue
    assert done == []


def test_the_program_runs_as_it_and_says_that_the_wall_stands(serves: SignIn) -> None:
    environment = os.environ | {
        "SAMNARVARO_DATABASE_URL": serves.url(),
        "SAMNARVARO_SECRET_KEY": settings.SECRET_KEY,
        "SAMNARVARO_DATA_DIR": str(settings.DATA_DIR),
    }
    program = [sys.executable, "-c", "from samnarvaro.project.cli import main; main()"]
    found = subprocess.run(
        [*program, "wall", "--check"], env=environment, capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stdout.splitlines()) == (0, ["Den andra muren står."])
    refused = subprocess.run(
        [*program, "wall"], env=environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert raising.is_there()
