"""A password that is forgotten and a factor that is gone: put right from the command line, and logged."""

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate

from samnarvaro.audit.models import Writing
from samnarvaro.people.models import Account
from samnarvaro.project.commands import ALL
from tests.rooms.project.entering import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
NEW = "korsbär-i-maj-igen"


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


def set_password(username: str, password: str) -> tuple[int, str]:
    command = {each.name: each for each in ALL}["set-password"]
    done = CliRunner().invoke(command, [username, "--password-stdin"], input=password + "\n")
    return done.exit_code, done.output


def test_a_forgotten_password_is_replaced_and_its_sign_ins_end(mira: Account) -> None:
    client = signed_in(mira)
    code, said = set_password("mira", NEW)
    assert (code, NEW in said) == (0, False)
    assert authenticate(username="mira", password=NEW) == mira
    assert authenticate(username="mira", password=PASSWORD) is None
    assert client.get("/").status_code == 302
    entry = Writing.objects.get(act="account.password_set")
    assert (entry.viewer, entry.target) == ("system:set-password", f"account:{mira.public}")
    assert entry.detail == {"sessions": 1}


@pytest.mark.parametrize(
    ("username", "password", "word"),
    [
        ("mira", "kort", "12 tecken"),
        ("mira", "1234567890987654321", "vanligt"),
        ("nobody", NEW, "nobody"),
    ],
)
def test_what_will_not_do_changes_nothing(
    mira: Account, username: str, password: str, word: str
) -> None:
    client = signed_in(mira)
    code, said = set_password(username, password)
    assert (code, word in said) == (2, True), said
    assert authenticate(username="mira", password=PASSWORD) == mira
    assert client.get("/").status_code == 200
    assert not Writing.objects.filter(act="account.password_set").exists()
