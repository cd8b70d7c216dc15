"""The second factor: set up, asked for, tried too often, lost, and not walked around."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.test import Client, override_settings
from django.urls import reverse

from samnarvaro.audit.models import Writing
from samnarvaro.base.models import SignIn
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from samnarvaro.project.commands import ALL
from samnarvaro.project.signin.adapters import Factors
from tests.rooms.project.entering import (
    PASSWORD,
    SECRET,
    Clock,
    code_now,
    counted,
    factors_of,
    give_app,
    password_in,
    secret_on,
    show_again,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
by_itself = pytest.fixture(autouse=True)(counted)
EVERYBODY = override_settings(SECOND_FACTOR_ROLES=frozenset(role.value for role in Role))
CODE = "/logga-in/kod/"
# What the package does when its transaction is through, it does in a test when told to.
AtCommit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks: AtCommit) -> AtCommit:
    return django_capture_on_commit_callbacks


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


def try_code(client: Client, code: str) -> int:
    return client.post(CODE, {"code": code}).status_code


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


# Setting up


@EVERYBODY
def test_who_must_have_one_is_led_to_the_setup_and_from_there_to_work(
    mira: Account, at_commit: AtCommit
) -> None:
    client = Client()
    password_in(client)
    assert client.get("/")["Location"] == "/sakerhet/"
    assert "Ett steg innan du börjar" in client.get("/sakerhet/").content.decode()

    page = client.get("/sakerhet/app/")
    with at_commit(execute=True):
        answer = client.post("/sakerhet/app/", {"code": code_now(secret_on(page.content))})

    assert answer["Location"] == "/sakerhet/koder/"
    assert factors_of(mira) == {"totp", "recovery_codes"}
    assert is_in(client)
    assert [d["kind"] for d in written("factor.added")] == ["totp", "recovery_codes"]


def test_the_recovery_codes_are_shown_once(mira: Account, at_commit: AtCommit) -> None:
    client = signed_in(mira)
    page = client.get("/sakerhet/app/")
    with at_commit(execute=True):
        client.post("/sakerhet/app/", {"code": code_now(secret_on(page.content))})
    show_again(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    shown = [f"{code[:4]} {code[4:]}" for code in codes]

    first, second = (client.get("/sakerhet/koder/").content.decode() for _ in range(2))

    assert all(code in first for code in shown)
    assert not any(code in second for code in shown)
    assert "visas inte igen" in second


def test_a_wrong_code_connects_nothing_and_keeps_the_picture(mira: Account) -> None:
    client = signed_in(mira)
    secret = secret_on(client.get("/sakerhet/app/").content)
    page = client.post("/sakerhet/app/", {"code": "000000"})
    assert secret_on(page.content) == secret
    assert factors_of(mira) == set()


def test_the_picture_is_drawn_here_and_the_key_stands_as_text(mira: Account) -> None:
    page = signed_in(mira).get("/sakerhet/app/").content.decode()
    assert '<svg class="qr"' in page
    assert "data:image" not in page
    assert "style=" not in page.split("<main")[1].split("</main>")[0]


def test_the_database_alone_makes_nobodys_codes(mira: Account) -> None:
    give_app(mira)
    for row in Authenticator.objects.all():
        shut = row.data["secret" if row.type == "totp" else "seed"]
        opened = Factors().decrypt(shut)
        assert opened == SECRET or row.type == "recovery_codes"
        assert opened not in str(row.data)
        with override_settings(SECRET_KEY="another"):
            assert Factors().decrypt(shut) != opened


def test_a_secret_shut_with_another_key_fits_no_code(mira: Account) -> None:
    codes = give_app(mira)
    with override_settings(SECRET_KEY="another"):
        assert Factors().decrypt(Authenticator.objects.get(type="totp").data["secret"]) != SECRET
        client = Client()
        password_in(client)
        assert (try_code(client, code_now()), try_code(client, codes[0])) == (200, 200)


# Being asked


def test_the_password_alone_does_not_let_in(mira: Account) -> None:
    give_app(mira)
    client = Client()
    assert password_in(client) == CODE
    assert not is_in(client)
    assert client.get("/sakerhet/").status_code == 302

    assert try_code(client, code_now()) == 302
    assert is_in(client)
    assert written("sign_in.begun") == [{"way": "password+totp"}]


def test_a_code_is_good_once(mira: Account) -> None:
    give_app(mira)
    code = code_now()
    one, other = Client(), Client()
    for client in (one, other):
        password_in(client)
    assert (try_code(one, code), try_code(other, code)) == (302, 200)
    assert not is_in(other)


def test_a_recovery_code_lets_in_once(mira: Account) -> None:
    codes = give_app(mira)
    for code, status in ((codes[0], 302), (codes[0], 200), (f"{codes[1][:4]} {codes[1][4:]}", 302)):
        client = Client()
        password_in(client)
        assert try_code(client, code) == status


def test_after_five_wrong_codes_the_right_one_is_refused_too(mira: Account) -> None:
    give_app(mira)
    client = Client()
    password_in(client)
    for _ in range(5):
        assert try_code(client, "000000") == 200
    page = client.post(CODE, {"code": code_now()})
    assert page.status_code == 200
    assert "Vänta fem minuter" in page.content.decode()
    assert not is_in(client)
    assert written("sign_in.failed") == [{"way": "totp"}] * 5


def test_the_code_page_is_for_who_has_shown_the_password() -> None:
    assert Client().get(CODE)["Location"] == "/logga-in/"


# Changing


def test_taking_a_factor_away_demands_to_show_who_one_is(mira: Account) -> None:
    give_app(mira)
    client = signed_in(mira)
    for method in (client.get, client.post):
        answer = method("/sakerhet/app/bort/")
        assert answer["Location"].startswith("/bekrafta/")
    assert client.post("/sakerhet/koder/nya/")["Location"].startswith("/bekrafta/")
    assert client.post("/sakerhet/nyckel/")["Location"].startswith("/bekrafta/")
    assert factors_of(mira) == {"totp", "recovery_codes"}

    show_again(client)
    assert client.post("/sakerhet/app/bort/")["Location"] == "/sakerhet/"
    assert factors_of(mira) == set()
    assert {d["kind"] for d in written("factor.removed")} == {"totp", "recovery_codes"}


def test_a_first_factor_needs_a_sign_in_that_is_fresh(
    mira: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    client = signed_in(mira)
    assert client.get("/sakerhet/app/").status_code == 200
    clock.passes(minutes=5, seconds=1)
    assert client.get("/sakerhet/app/")["Location"].startswith("/bekrafta/")


def test_new_codes_make_the_old_ones_worthless(mira: Account) -> None:
    old = give_app(mira)
    client = signed_in(mira)
    show_again(client)
    client.post("/sakerhet/koder/nya/")
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert not set(old) & set(new)


def test_nobody_takes_away_the_key_of_another(mira: Account) -> None:
    ragnar = Account.objects.create_user("ragnar", password=PASSWORD)
    key = Authenticator.objects.create(user=ragnar, type="webauthn", data={"name": "x"})
    client = signed_in(mira)
    show_again(client)
    there = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    nothing = client.post(reverse("mfa_remove_webauthn", args=[key.pk + 1]))
    assert there.status_code == nothing.status_code == 404
    assert factors_of(ragnar) == {"webauthn"}


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', "x"])
@pytest.mark.parametrize("address", ["/logga-in/nyckel/", "/sakerhet/nyckel/", CODE])
def test_what_is_no_passkey_opens_nothing(mira: Account, address: str, credential: str) -> None:
    client = signed_in(mira) if address == "/sakerhet/nyckel/" else Client()
    if address == CODE:
        give_app(mira)
        password_in(client)
    answer = client.post(address, {"credential": credential})
    assert answer.status_code in (200, 302)
    assert "webauthn" not in factors_of(mira)
    assert (client.get("/").status_code == 200) is (address == "/sakerhet/nyckel/")


# Losing


def reset(username: str) -> tuple[int, str]:
    command = {each.name: each for each in ALL}["reset-second-factor"]
    done = CliRunner().invoke(command, [username])
    return done.exit_code, done.output


def test_a_lost_factor_is_reset_from_the_command_line(mira: Account) -> None:
    give_app(mira)
    client = signed_in(mira)
    code, said = reset("mira")
    assert (code, factors_of(mira)) == (0, set())
    assert "mira" in said
    assert not is_in(client)
    entry = Writing.objects.get(act="factor.reset")
    assert (entry.viewer, entry.target) == ("system:reset-second-factor", f"account:{mira.public}")
    assert entry.detail == {"factors": 1, "sessions": 1}


def test_nobody_of_that_name_changes_nothing(mira: Account) -> None:
    give_app(mira)
    code, said = reset("nobody")
    assert (code, "nobody" in said) == (2, True)
    assert factors_of(mira) == {"totp", "recovery_codes"}
    assert not Writing.objects.filter(act="factor.reset").exists()
    assert not SignIn.objects.exists()
