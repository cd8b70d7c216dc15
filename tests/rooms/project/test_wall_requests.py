"""Requests as they are in production: what is asked outside a view is nobody's, not the system's."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock, events, wall
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account, Pupil, Staff
from samnarvaro.project.middleware import WallMiddleware
from tests import house as houses
from tests.house import House
from tests.rooms.project.walled import fetch, on_postgres

pytestmark = [pytest.mark.django_db, on_postgres]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:  # noqa: ARG001
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield houses.build(clock.today())
        transaction.set_rollback(True)


@pytest.fixture
def nobody(house: House) -> Iterator[House]:
    """Outside a request's own transaction the connection is as it signed in, as in the web server."""
    system = wall._process[0]
    names = wall.roles()
    assert names is not None
    wall._process[0] = wall.ITSELF
    wall._take(wall.ITSELF, names)
    assert fetch("SELECT id FROM people_pupil") == []
    yield house
    wall._process[0] = system
    wall._take(system, names)


def client_of(role: Role, house: House) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=house.accounts[role]),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_a_page_shows_what_it_may_and_what_it_shows_is_written_down(nobody: House) -> None:
    client = client_of(Role.MENTOR, nobody)
    opened = client.get(reverse("pupil", kwargs={"public": nobody.own}))
    shut = client.get(reverse("pupil", kwargs={"public": nobody.foreign}))

    assert (opened.status_code, shut.status_code) == (200, 404)
    assert b"Saga" in opened.content
    with wall.system("test"):
        rows = Reading.objects.order_by("pk").values_list("outcome", "pupils", "objects_shown")
        assert list(rows)[-2:] == [
            ("allowed", [str(nobody.own)], []),
            ("denied", [], [str(nobody.foreign)]),
        ]


def test_each_role_comes_to_its_own_day(nobody: House) -> None:
    for role in Role:
        assert client_of(role, nobody).get("/").status_code == 200, role


def test_signing_in_failing_to_and_signing_out_are_written_down(nobody: House) -> None:
    account = Account.objects.get(pk=nobody.accounts[Role.MENTOR])
    account.set_password("ett långt lösenord")
    account.save()
    client, page = Client(), reverse("account_login")

    client.post(page, {"login": account.username, "password": "fel"})
    client.post(page, {"login": account.username, "password": "ett långt lösenord"})
    client.post(reverse("account_logout"))

    with wall.system("test"):
        acts = list(Writing.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-3:] == ["sign_in.failed", "sign_in.begun", "sign_in.ended"]


def test_a_view_that_ends_in_an_error_leaves_nothing_written(nobody: House) -> None:
    def breaks(_request: HttpRequest) -> HttpResponse:
        Staff.objects.create(given_name="Halv", family_name="Skriven")
        raise Http404

    request = RequestFactory().get("/")
    request.now = clock.now()  # type: ignore[attr-defined]  # what the middleware before it sets
    with pytest.raises(Http404):
        WallMiddleware(lambda _request: HttpResponse()).process_view(request, breaks, (), {})

    assert not Staff.objects.filter(given_name="Halv").exists()
    assert nobody


class Happened:
    """Something that a room tells of."""


def test_what_follows_of_a_persons_doing_is_the_systems(nobody: House) -> None:
    seen: list[int] = []
    events.listen(Happened, lambda _event: seen.append(Pupil.objects.count()), within=True)

    with wall.request_of(None, clock.now()):
        events.publish(Happened())
        assert Pupil.objects.count() == 0

    with wall.system("test"):
        assert seen == [Pupil.objects.count()]
    assert nobody


def test_the_wall_adds_a_question_or_two_to_a_page(nobody: House) -> None:
    client = client_of(Role.MENTOR, nobody)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")

    added = [each for each in asked.captured_queries if "app.token" in each["sql"]]
    assert len(added) <= 4  # around who it is, and around the view; half of them are this test's
