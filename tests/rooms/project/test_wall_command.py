"""What those who run the installation are told of the second wall."""

import pytest
from click.testing import CliRunner
from django.db import connection

from samnarvaro.organisation.models import Agency, Unit
from samnarvaro.project.commands import house
from samnarvaro.project.commands.wall import wall
from samnarvaro.project.wall import checking, raising
from tests.rooms.base.office import Office, signed_in, words
from tests.rooms.project.walled import on_postgres

pytestmark = pytest.mark.django_db
PAGE = "/drift/korningar/"
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")


@on_sqlite
def test_on_sqlite_the_command_says_what_holds_and_ends_with_one() -> None:
    done = CliRunner().invoke(wall, ["--check"])

    assert done.exit_code == 1
    assert "SQLite, som inte har någon andra mur" in done.output
    assert "Byt till PostgreSQL" not in done.output


@on_sqlite
def test_a_second_agency_on_sqlite_is_advised_to_change() -> None:
    office = Office()
    shown = words(signed_in(office.isa).get(PAGE))
    assert "SQLite, som inte har någon andra mur" in shown
    assert "Byt till PostgreSQL" not in shown

    unit = Unit.objects.select_related("agency").first()
    assert unit is not None
    Agency.objects.create(
        authority=unit.agency.authority, kind="social", name="Socialtjänsten", zone="social:9999"
    )

    assert "Byt till PostgreSQL" in words(signed_in(office.isa).get(PAGE))
    assert "Här finns mer än en myndighet" in CliRunner().invoke(wall, ["--check"]).output


@on_postgres
def test_on_postgres_the_command_raises_it_and_says_that_it_stands() -> None:
    for arguments in ([], ["--check"]):
        done = CliRunner().invoke(wall, arguments)
        assert (done.exit_code, done.output.splitlines()[0]) == (0, "Den andra muren står.")


@on_postgres
def test_a_gap_is_named_and_ends_with_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE worklist_item DISABLE ROW LEVEL SECURITY")

    done = CliRunner().invoke(wall, ["--check"])
    assert (done.exit_code, "worklist_item" in done.output) == (1, True)
    assert CliRunner().invoke(wall, []).exit_code == 0


@on_postgres
def test_who_may_not_make_roles_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_login: str = "") -> None:
        raise raising.NotAllowed("permission denied to create role")

    monkeypatch.setattr(raising, "raise_wall", refused)
    monkeypatch.setattr(house, "call_command", lambda *_a, **_n: None)

    assert CliRunner().invoke(wall, []).exit_code == 2
    house.make_ready()
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "får inte göra dess roller eller funktioner (permission denied to create role)" in said


@on_postgres
def test_a_sign_in_that_may_no_longer_build_still_puts_the_rules_of_its_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(raising, "_may_build", lambda _owner: False)
    raising.open_for_owner()
    raising.raise_wall()
    assert checking.look().faults == {}

    monkeypatch.setattr(raising, "_mark", lambda: "another version")
    with pytest.raises(raising.NotAllowed, match="another version"):
        raising.raise_wall()


@on_postgres
def test_the_page_of_runs_shows_that_it_stands() -> None:
    assert "Muren står" in words(signed_in(Office().isa).get(PAGE))
