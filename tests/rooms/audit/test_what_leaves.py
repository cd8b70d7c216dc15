"""Nothing of a pupil leaves before its line is written, and a closed door is written down unseen."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samnarvaro.audit.models import Reading
from samnarvaro.base import bulk, clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests import house as houses
from tests.house import House

NOBODY = UUID("12345678-1234-4234-8234-123456789012")


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield houses.build(clock.today())
        transaction.set_rollback(True)


def client_of(role: Role, house: House) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=house.accounts[role]),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def page(public: UUID, name: str = "pupil") -> str:
    return reverse(name, kwargs={"public": public})


def refuse_inserts() -> None:
    """Let the table of readings take no row any more, as a full disk or a lost right would."""
    if bulk.on_postgres():
        bulk.run(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'full'; END $$"
        )
        bulk.run("CREATE TRIGGER refuse BEFORE INSERT ON audit_reading EXECUTE FUNCTION refuse()")
    else:
        bulk.run(
            "CREATE TRIGGER refuse BEFORE INSERT ON audit_reading"
            " BEGIN SELECT RAISE(ABORT, 'full'); END"
        )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pupil", "attendance:lessons", "followup:measures"])
def test_a_log_that_takes_no_line_shows_nothing_and_says_to_come_back(
    house: House, name: str
) -> None:
    client = client_of(Role.MENTOR, house)
    assert b"Saga" in client.get(page(house.own, name)).content

    with transaction.atomic():
        refuse_inserts()
        shown, missing = client.get(page(house.own, name)), client.get(page(NOBODY, name))
        transaction.set_rollback(True)

    assert (shown.status_code, missing.status_code) == (503, 404)
    assert b"Saga" not in shown.content
    assert str(house.own).encode() not in shown.content


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["foreign", "protected", "nothing"])
def test_a_closed_door_is_written_down_the_same_whoever_is_behind_it(
    house: House, which: str
) -> None:
    public = {"foreign": house.foreign, "protected": house.protected, "nothing": NOBODY}[which]
    client = client_of(Role.MENTOR, house)
    before = Reading.objects.count()

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page(public))

    row = Reading.objects.order_by("-pk")[0]
    assert (answer.status_code, Reading.objects.count() - before) == (404, 1)
    assert (row.outcome, row.pupils, row.classes, row.count) == ("denied", [], [], 0)
    assert (row.objects_shown, row.what, row.role) == ([str(public)], "pupil", "mentor")
    with CaptureQueriesContext(connection) as of_nothing:
        client.get(page(NOBODY))
    assert len(asked) == len(of_nothing), "no question is asked for one and not for the other"


@pytest.mark.django_db
def test_an_address_that_is_not_for_the_role_is_a_closed_door_as_well(house: House) -> None:
    client_of(Role.ANALYST, house).get(page(house.own))

    row = Reading.objects.order_by("-pk")[0]
    assert (row.outcome, row.role, row.objects_shown) == ("denied", "analyst", [str(house.own)])


@pytest.mark.django_db
def test_what_is_shown_says_what_opened_it(house: House) -> None:
    client_of(Role.MENTOR, house).get(page(house.own))

    row = Reading.objects.order_by("-pk")[0]
    assert (row.outcome, row.objects_shown) == ("allowed", [])
    assert row.ground
