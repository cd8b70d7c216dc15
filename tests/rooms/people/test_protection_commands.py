"""Protection from the command line: sentences, exit codes, and nothing said of who the pupil is."""

from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.people import queries
from samnarvaro.people.models import NamedHandler, Pupil, Staff
from samnarvaro.project.commands import ALL
from tests.rooms.people.town import Town, scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def tindra(town: Town) -> Pupil:
    return town.pupil("Tindra", "Sund", town.class_8a)


def run(command: str, *arguments: str) -> Result:
    known = {each.name: each for each in ALL}
    return CliRunner().invoke(known[command], arguments)


def protect(pupil: Pupil) -> Result:
    return run("protect-pupil", pupil.pupil_id, "--level", "sekretessmarkering", "--alias", "T")


def name(pupil: Pupil, username: str = "karin", *decided_by: str) -> Result:
    deciders = decided_by or ("agda", "ulla")
    return run("name-handler", pupil.pupil_id, "--username", username, "--decided-by", *deciders)


def sees(staff: Staff, pupil: Pupil, days_ahead: int = 0) -> bool:
    on = clock.today() + timedelta(days=days_ahead)
    return queries.visible(by=scope(staff, on)).filter(pk=pupil.pk).exists()


def test_a_protected_pupil_exists_for_nobody_until_somebody_is_named(
    town: Town, tindra: Pupil
) -> None:
    result = protect(tindra)

    assert result.exit_code == 0
    assert "Tindra" not in result.output
    tindra.refresh_from_db()
    assert (tindra.given_name, tindra.alias) == ("", "T")
    assert not sees(town.ragnar, tindra)
    assert run("handlers", tindra.pupil_id).output.startswith("Ingen är utsedd")
    assert Writing.objects.get(act="pupil.protected").viewer == "system:protect-pupil"


def test_two_others_decide_who_handles_the_pupil(town: Town, tindra: Pupil) -> None:
    protect(tindra)

    assert name(tindra).exit_code == 0

    assert sees(town.karin, tindra)
    assert run("handlers", tindra.pupil_id).stdout.startswith("Karin Sjö\t")


@pytest.mark.parametrize(
    ("username", "decided_by", "why"),
    [
        ("karin", ("karin", "ulla"), "Ingen beslutar om sig själv."),
        ("karin", ("ulla", "ulla"), "Två olika personer måste besluta."),
        ("okänd", ("agda", "ulla"), "Inget konto som heter okänd"),
    ],
)
def test_a_naming_that_does_not_hold_is_refused_with_its_reasons(
    tindra: Pupil, username: str, decided_by: tuple[str, str], why: str
) -> None:
    protect(tindra)

    result = name(tindra, username, *decided_by)

    assert result.exit_code == 2
    assert why in result.stderr
    assert not NamedHandler.objects.exists()


def test_nobody_is_named_for_a_pupil_without_protection(town: Town, tindra: Pupil) -> None:
    result = name(tindra)

    assert result.exit_code == 2
    assert result.stderr == "Eleven har inte skyddade personuppgifter.\n"
    assert sees(town.ragnar, tindra)


def test_after_the_last_day_the_pupil_is_gone_for_the_handler(town: Town, tindra: Pupil) -> None:
    protect(tindra)
    name(tindra)

    assert run("end-handler", tindra.pupil_id, "--username", "karin").exit_code == 0

    assert sees(town.karin, tindra)
    assert not sees(town.karin, tindra, days_ahead=1)
    again = run("end-handler", tindra.pupil_id, "--username", "ulla")
    assert (again.exit_code, again.stderr) == (2, "ulla är inte utsedd för den eleven.\n")


def test_lifting_brings_no_name_back_and_ends_the_handling(town: Town, tindra: Pupil) -> None:
    protect(tindra)
    name(tindra)

    assert run("lift-protection", tindra.pupil_id).exit_code == 0

    tindra.refresh_from_db()
    assert (tindra.protection, tindra.given_name, tindra.name) == (0, "", "T")
    assert sees(town.ragnar, tindra)
    again = run("lift-protection", tindra.pupil_id)
    assert (again.exit_code, again.stderr) == (2, "Eleven har inte skyddade personuppgifter.\n")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("command", "rest"),
    [
        ("protect-pupil", ("--level", "sekretessmarkering")),
        ("lift-protection", ()),
        ("set-alias", ("T",)),
        ("handlers", ()),
        ("end-handler", ("--username", "karin")),
    ],
)
def test_an_unknown_pupil_is_told_and_nothing_is_written(
    command: str, rest: tuple[str, ...]
) -> None:
    before = Writing.objects.count()

    result = run(command, "finns-inte", *rest)

    assert (result.exit_code, result.stderr) == (2, "Det finns ingen elev med id finns-inte.\n")
    assert Writing.objects.count() == before


def test_the_alias_can_be_changed_while_the_protection_holds(tindra: Pupil) -> None:
    protect(tindra)

    assert run("set-alias", tindra.pupil_id, "Mia").exit_code == 0

    tindra.refresh_from_db()
    assert tindra.name == "Mia"
