"""Finding by words: what is open to the viewer and nothing else, and the quiet page."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from samnarvaro.project.addresses import FOLLOWERS, RULES, SCHOOL_WIDE
from tests import house as houses
from tests.house import House
from tests.rooms.staircase.browsing import HTMX

pytestmark = pytest.mark.django_db
# Pieces of what is behind secrecy for everybody but a named handler, and of another school's.
CANARIES = ("Tindra", "AliasTindra", "HemligTindra", "Alva", "HemligAlva", "7A", "Bergskolan")
ASKED = ("", "al", "alias", "hemlig", "tindra", "alva", "7a", "7", "berg", "an", "%", "__", "'")


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


def hits(role: Role, text: str, house: House) -> dict[str, str]:
    """What the finder shows, by where it leads."""
    answer = client_of(role, house).get("/sok/", {"q": text}, headers=HTMX)
    assert answer.status_code == 200
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', answer.content.decode(), re.DOTALL)
    return {
        address: " ".join(unescape(re.sub(r"<[^>]*>", " ", words)).split())
        for address, words in found
    }


@pytest.mark.parametrize("role", Role)
def test_nothing_that_is_not_open_to_a_role_is_found_by_any_words(role: Role, house: House) -> None:
    for text in ASKED:
        answer = client_of(role, house).get("/sok/", {"q": text}, headers=HTMX)
        told = answer.content.decode()
        assert [canary for canary in CANARIES if canary in told] == [], text


@pytest.mark.parametrize("role", Role)
def test_every_hit_leads_to_a_page_that_opens(role: Role, house: House) -> None:
    client = client_of(role, house)
    for text in ("", "saga", "8b", "strand", "min", "l"):
        for address in hits(role, text, house):
            try:
                name = resolve(address).view_name
            except Resolver404:  # pragma: no cover  # says which, and fails
                pytest.fail(f"{address} leads nowhere")
            assert RULES[name].is_public or RULES[name].opens_to(role), address
            assert client.get(address).status_code in {200, 302}, address


@pytest.mark.parametrize("role", sorted(FOLLOWERS))
def test_who_follows_pupils_finds_them_and_their_class(role: Role, house: House) -> None:
    assert "Saga HemligSaga 8B" in hits(role, "saga", house).values()
    assert "8B Strandskolan" in hits(role, "8b", house).values()


@pytest.mark.parametrize("role", sorted(set(Role) - FOLLOWERS))
def test_who_follows_nobody_finds_pages_only(role: Role, house: House) -> None:
    assert hits(role, "saga", house) == {}
    assert "Min dag" in hits(role, "dag", house).values()


@pytest.mark.parametrize("role", sorted(SCHOOL_WIDE))
def test_the_lists_of_a_school_are_found_by_what_they_are_called(role: Role, house: House) -> None:
    assert list(hits(role, "ingen har agerat", house).values()) == [
        "Flaggade, ingen har agerat Strandskolan"
    ]
    assert "Steg 2 Strandskolan" in hits(role, "strand steg", house).values()


def test_without_words_the_pages_are_shown_and_nobodys_name(house: House) -> None:
    before = Reading.objects.count()
    found = hits(Role.PRINCIPAL, "", house).values()
    assert {"Min dag", "Släck skärmen", "Logga ut"} <= set(found)
    assert "8B Strandskolan" not in found
    assert Reading.objects.count() == before


def test_one_letter_lists_no_pupils_and_two_do(house: House) -> None:
    assert "Saga HemligSaga 8B" not in hits(Role.MENTOR, "s", house).values()
    assert "Saga HemligSaga 8B" in hits(Role.MENTOR, "sa", house).values()


def test_a_search_is_logged_with_whom_it_showed(house: House) -> None:
    hits(Role.PRINCIPAL, "hemlig", house)
    row = Reading.objects.order_by("-pk")[0]
    assert row.action == "search"
    assert sorted(row.pupils) == sorted([str(house.own), str(house.classmate)])


def test_finding_costs_the_same_however_much_is_found(house: House) -> None:
    client = client_of(Role.PRINCIPAL, house)
    client.get("/sok/")
    counts = set()
    for text in ("saga", "hemlig"):
        with CaptureQueriesContext(connection) as seen:
            client.get("/sok/", {"q": text}, headers=HTMX)
        counts.add(len(seen))
    assert len(counts) == 1


def test_somebody_without_a_duty_has_no_finder(house: House) -> None:
    client = Client()
    client.force_login(Account.objects.create(username="utan"))
    assert house.own
    assert client.get("/sok/").status_code == 404
    assert b'id="palette"' not in client.get("/").content


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/skolor/?page=2", "/skolor/?page=2"),
        ("http://elsewhere.example/x", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_quiet_page_leads_back_to_a_page_of_ours(came_from: str, back: str) -> None:
    answer = Client().get("/slack/", headers={"referer": came_from})
    assert f'href="{back}"' in answer.content.decode()
    assert "<title>Paus</title>" in answer.content.decode()
    assert "Samnärvaro" not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.MENTOR, {"Arbetslagets konferens"}),
        (Role.COUNSELLOR, {"Elevhälsans möte"}),
        (Role.SCHOOL_ADMINISTRATOR, set()),
    ],
)
def test_meetings_are_found_by_who_takes_part(role: Role, found: set[str], house: House) -> None:
    assert set(hits(role, "agenda", house).values()) == found
