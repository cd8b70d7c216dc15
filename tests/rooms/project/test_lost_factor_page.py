"""The page where the system administrator takes away a lost second factor."""

from dataclasses import dataclass

import pytest
from django.test import Client

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests import house as houses
from tests.rooms.project.entering import (
    PASSWORD,
    code_now,
    counted,
    factors_of,
    give_app,
    password_in,
    show_again,
    signed_in,
)

pytestmark = pytest.mark.django_db
by_itself = pytest.fixture(autouse=True)(counted)
PAGE = "/drift/andra-faktor/"
ASKED = {"whose": "mira", "is_known": "on"}


@dataclass(slots=True)
class Office:
    administrator: Account
    mira: Account
    client: Client


@pytest.fixture
def office() -> Office:
    house = houses.build(clock.today())
    administrator = Account.objects.get(pk=house.accounts[Role.SYSTEM_ADMINISTRATOR])
    administrator.set_password(PASSWORD)
    administrator.save()
    mira = Account.objects.create_user("mira", password=PASSWORD)
    give_app(mira)
    return Office(administrator, mira, signed_in(administrator))


def test_a_lost_factor_is_taken_away_and_it_is_logged_by_whom(office: Office) -> None:
    hers = Client()
    password_in(hers)
    hers.post("/logga-in/kod/", {"code": code_now()})
    assert hers.get("/").status_code == 200

    answer = office.client.post(PAGE, ASKED)

    assert answer["Location"] == "/sakerhet/"
    assert factors_of(office.mira) == set()
    assert hers.get("/").status_code == 302
    entry = Writing.objects.get(act="factor.reset")
    assert entry.viewer == str(office.administrator.public)
    assert (entry.role, entry.target) == ("system_administrator", f"account:{office.mira.public}")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"whose": "mira"}, "måste fyllas i"),
        ({"is_known": "on"}, "måste fyllas i"),
        ({"whose": "nobody", "is_known": "on"}, "Det finns inget konto"),
        ({"whose": "system_administrator", "is_known": "on"}, "Din egen"),
    ],
)
def test_what_will_not_do_is_told_and_changes_nothing(
    office: Office, given: dict[str, str], words: str
) -> None:
    give_app(office.administrator)
    show_again(office.client)
    answer = office.client.post(PAGE, given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert factors_of(office.mira) == factors_of(office.administrator) == {"totp", "recovery_codes"}
    assert not Writing.objects.filter(act="factor.reset").exists()


def test_the_administrator_shows_once_more_who_it_is(office: Office) -> None:
    give_app(office.administrator)
    assert office.client.post(PAGE, ASKED)["Location"].startswith("/bekrafta/")
    assert factors_of(office.mira) == {"totp", "recovery_codes"}


def test_the_way_there_is_shown_to_the_administrator_alone(office: Office) -> None:
    assert PAGE in office.client.get("/sakerhet/").content.decode()
    assert PAGE not in signed_in(office.mira).get("/sakerhet/").content.decode()
