"""The command line: rosters in, accounts made; sentences, JSON and exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.people.domain.duties import NoSuchAccount, NoSuchDuty
from samnarvaro.people.domain.protection import NotAHandler
from samnarvaro.people.models import Account, Duty, Pupil, Staff
from samnarvaro.project import people_texts
from samnarvaro.project.cli import samnarvaro
from samnarvaro.project.commands import ALL
from tests.rooms.people.delivered import STRANDSKOLAN, many, row, stays, text_of

pytestmark = pytest.mark.django_db
SHAPE = {
    "rows", "new", "changed", "same", "duplicate", "faulty", "warnings", "errors",
    "errors_left_out", "removed", "enrolled", "stopped",
}  # fmt: skip


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return tmp_path / "elevlista.csv"


def run(command: str, *arguments: str, given: str = "") -> Result:
    known = {each.name: each for each in ALL}
    return CliRunner().invoke(known[command], arguments, input=given)


def take_in(path: Path, rows: list[dict[str, str]], *arguments: str) -> Result:
    path.write_text(text_of(rows), encoding="utf-8")
    return run("import-roster", str(path), *arguments)


def data(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_good_roster_ends_with_nought(roster: Path) -> None:
    result = take_in(roster, [row("a"), row("b")], "--as-of", "2026-10-12", "--json")

    assert result.exit_code == 0
    told = data(result)
    assert set(told) == SHAPE
    assert (told["rows"], told["new"], told["removed"], told["stopped"]) == (2, 2, 0, False)
    assert Writing.objects.get(act="roster.taken_in").viewer == "system:import-roster"


def test_a_roster_without_a_day_is_of_today(roster: Path) -> None:
    take_in(roster, [row("a")])

    assert stays("a")[0][2] == clock.today()


def test_faulty_rows_end_with_one_and_the_good_ones_are_written(roster: Path) -> None:
    result = take_in(roster, [row("a"), row("b", birth_date="x")], "--json")

    assert result.exit_code == 1
    told = data(result)
    assert (told["new"], told["faulty"]) == (1, 1)
    [error] = told["errors"]
    assert (error["line"], error["column"], error["value"]) == (3, "birth_date", "x")
    assert error["code"] == "not_a_date"
    assert error["reason"] == "Skriv dagen som 2026-11-20."
    assert Pupil.objects.count() == 1


def test_a_person_is_told_in_sentences(roster: Path) -> None:
    take_in(roster, [row("a"), row("b")], "--as-of", "2026-10-12")

    result = take_in(roster, [row("a"), row("c", grade="x")], "--as-of", "2026-11-02")

    assert "2 rader: 0 nya, 0 ändrade, 1 oförändrade, 0 dubbla, 1 felaktiga." in result.stdout
    assert "rad 3: grade='x':" in result.stdout
    assert "1 av 2 inskrivna elever avslutas." in result.stdout


def test_the_guard_ends_with_two_and_says_what_to_do(roster: Path) -> None:
    take_in(roster, many(20), "--as-of", "2026-10-12")

    result = take_in(roster, many(10), "--as-of", "2026-11-02")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "10 av 20 elever" in result.stderr
    assert "--confirm-removals" in result.stderr
    told = take_in(roster, many(10), "--as-of", "2026-11-02", "--json")
    assert told.exit_code == 2
    assert (data(told)["removed"], data(told)["enrolled"], data(told)["stopped"]) == (10, 20, True)
    assert stays("p0015")[0][3] is None

    assert take_in(roster, many(10), "--as-of", "2026-11-02", "--confirm-removals").exit_code == 0
    assert stays("p0015")[0][3] is not None


def test_a_preview_writes_nothing(roster: Path) -> None:
    result = take_in(roster, [row("a")], "--dry-run", "--json")

    assert (result.exit_code, data(result)["new"]) == (0, 1)
    assert not Pupil.objects.exists()


def test_a_file_that_cannot_be_used_ends_with_two(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(text_of([row("a", "Åsa Öberg")]).encode("cp1252"))

    for path in (latin, tmp_path / "missing.csv", tmp_path):
        result = run("import-roster", str(path), "--json")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.strip()
    assert not Pupil.objects.exists()


@pytest.mark.parametrize("day", ["2026-02-30", "igår", "20261012", "1926-10-12", "9999-12-31"])
def test_a_day_that_cannot_be_meant_ends_with_two(roster: Path, day: str) -> None:
    result = take_in(roster, [row("a")], "--as-of", day)

    assert result.exit_code == 2
    assert not Pupil.objects.exists()


def test_nothing_of_a_protected_pupil_is_printed(roster: Path) -> None:
    tindra = row("t1", "Tindra Sund", protected_identity="1", birth_date="x" * 9)

    for arguments in (["--json"], []):
        result = take_in(roster, [tindra], *arguments)
        assert result.exit_code == 1
        assert not any(word in result.output for word in ("Tindra", "Sund", "t1", "xxx"))


PASSWORD = "korsbär-i-maj"
MENTOR = ("--role", "mentor", "--unit-code", STRANDSKOLAN, "--class-name", "8B")


def create(*arguments: str, username: str = "mira", password: str = PASSWORD) -> Result:
    return run(
        "create-account", "--username", username, "--password-stdin", *arguments,
        given=password + "\n",
    )  # fmt: skip


@pytest.fixture
def school(roster: Path) -> None:
    take_in(roster, [row("a")])


@pytest.mark.usefixtures("school")
def test_a_mentor_gets_an_account_and_a_duty() -> None:
    result = create("--staff-name", "Mira Ek", *MENTOR)

    assert (result.exit_code, result.stdout) == (0, "")
    assert authenticate(username="mira", password=PASSWORD)
    duty = Duty.objects.select_related("staff", "group").get()
    assert (duty.staff.name, duty.role) == ("Mira Ek", "mentor")
    assert duty.group is not None
    assert duty.group.name == "8B"


def test_the_first_account_of_an_empty_installation_can_be_made() -> None:
    result = create("--role", "system_administrator", username="isa")

    assert result.exit_code == 0
    assert Duty.objects.get().unit.name == "Huvudmannens kansli"
    assert Staff.objects.get().name == "isa"


def test_the_password_is_asked_for_twice_and_not_shown() -> None:
    result = run("create-account", "--username", "isa", given=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert authenticate(username="isa", password=PASSWORD)


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        ((), "kort", "för kort"),
        (("--role", "mentor", "--unit-code", STRANDSKOLAN), PASSWORD, "måste ha en klass"),
        ((*MENTOR[:-1], "9Z"), PASSWORD, "ingen klass 9Z"),
        (("--role", "principal", "--unit-code", "1"), PASSWORD, "ingen skola med koden 1"),
        (("--role", "principal"), PASSWORD, "skolenhetskoden"),
        (("--unit-code", STRANDSKOLAN), PASSWORD, "--role"),
        (("--role", "queen"), PASSWORD, "queen"),
    ],
)
def test_an_account_that_cannot_be_made_ends_with_two_and_leaves_nothing(
    arguments: tuple[str, ...], password: str, said: str
) -> None:
    result = create(*arguments, password=password)

    assert result.exit_code == 2
    assert said in result.stderr
    assert not Account.objects.exists()
    assert not Staff.objects.exists()
    assert not Writing.objects.filter(act="account.created").exists()


def test_each_reason_has_words() -> None:
    codes = {*NoSuchAccount, *NoSuchDuty, *NotAHandler}

    assert set(people_texts.REASONS) == codes
    assert "minst 12 tecken" in people_texts.sentence([NoSuchAccount.PASSWORD_TOO_SHORT])


def test_the_commands_stand_in_the_help() -> None:
    assert {"import-roster", "import-marks", "create-account"} <= {each.name for each in ALL}
    assert samnarvaro.name == "samnarvaro"
