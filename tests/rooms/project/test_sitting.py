"""A sign-in lasts while it is used, and not longer than a working day; what one sent is not lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from samnarvaro.audit.models import Writing
from samnarvaro.base import sessions
from samnarvaro.base.models import SignIn
from samnarvaro.people.models import Account
from tests.rooms.project.entering import (
    PASSWORD,
    Clock,
    counted,
    password_in,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
by_itself = pytest.fixture(autouse=True)(counted)
BACKGROUND = {"X-Background": "1"}
NOTE = "Pratade med hemmet i dag, och ringer igen på fredag."


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(("seconds", "stays"), [(14 * 60 + 59, True), (15 * 60, False)])
def test_a_sign_in_that_nobody_uses_ends_after_a_quarter(
    mira: Account, clock: Clock, seconds: int, stays: bool
) -> None:
    client = signed_in(mira)
    clock.passes(seconds=seconds)
    assert is_in(client) is stays


def test_use_makes_it_last(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    for _ in range(5):
        clock.passes(minutes=14)
        assert is_in(client)
    clock.passes(minutes=15)
    assert not is_in(client)


@pytest.mark.parametrize(("seconds", "stays"), [(-1, True), (0, False)])
def test_after_a_working_day_it_ends_however_much_it_is_used(
    mira: Account, clock: Clock, seconds: int, stays: bool
) -> None:
    client = signed_in(mira)
    for _ in range(59):
        clock.passes(minutes=10)
        assert is_in(client)
    clock.passes(minutes=10, seconds=seconds)
    assert is_in(client) is stays
    assert [d["why"] for d in written("sign_in.ended")] == ([] if stays else ["whole"])


def test_a_page_that_asks_by_itself_does_not_make_it_last(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    for _ in range(7):
        clock.passes(minutes=2)
        assert client.get("/", headers=BACKGROUND).status_code == 200
    clock.passes(minutes=1)
    assert client.get("/", headers=BACKGROUND).status_code == 302


def test_use_is_written_at_most_twice_a_minute(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    row = SignIn.objects.get(account=mira.pk)
    clock.passes(seconds=29)
    client.get("/")
    row.refresh_from_db()
    assert row.used_at is None
    at = clock.passes(seconds=1)
    client.get("/")
    row.refresh_from_db()
    assert row.used_at == at


def test_a_sign_in_without_a_beginning_is_over(mira: Account) -> None:
    client = signed_in(mira)
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert not is_in(client)


def test_one_is_led_back_to_where_one_was(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    clock.passes(minutes=15)
    answer = client.get("/sok/?q=Saga")
    assert answer["Location"] == "/logga-in/?next=/sok/%3Fq%3DSaga"
    page = client.get(answer["Location"])
    assert "Ingen rörde sidan på en stund" in page.content.decode()
    assert password_in(client, next="/sok/?q=Saga") == "/sok/?q=Saga"


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    clock.passes(minutes=15)
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/sok/?q=a"}
    answer = client.get("/sok/?q=Sa", headers=here)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/logga-in/?next=/sok/%3Fq%3Da"


@pytest.mark.parametrize(
    "seen", ["http://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_nobody_is_led_elsewhere(clock: Clock, mira: Account, seen: str) -> None:
    client = signed_in(mira)
    clock.passes(minutes=15)
    headers = {"HX-Request": "true", "HX-Current-URL": seen}
    answer = client.get("/sok/", headers=headers)
    assert answer["HX-Redirect"] == "/logga-in/?next=/"


# What was sent when the time was out


@pytest.fixture
def late(mira: Account, clock: Clock) -> Client:
    client = signed_in(mira)
    clock.passes(minutes=15)
    answer = client.post(reverse("wear_hat") + "?a=1", {"hat": NOTE, "password": "hemligt"})
    assert answer["Location"] == "/logga-in/?next=/utkast/"
    return client


def test_what_was_sent_too_late_is_carried_through_the_sign_in(late: Client) -> None:
    assert "inte sparat än" in late.get("/logga-in/").content.decode()
    assert password_in(late, next="/utkast/") == "/utkast/"
    page = late.get("/utkast/").content.decode()
    assert NOTE in page
    assert "hemligt" not in page
    again = late.post("/utkast/", {"hat": NOTE, "draft": "send"})
    assert (again.status_code, again["Location"]) == (307, "/uppdrag/?a=1")
    assert late.get("/utkast/")["Location"] == "/"


def test_it_is_thrown_away_when_its_writer_says_so(late: Client) -> None:
    password_in(late, next="/utkast/")
    assert late.post("/utkast/", {"draft": "drop"})["Location"] == "/"
    assert late.get("/utkast/")["Location"] == "/"


@pytest.mark.usefixtures("mira")
def test_nobody_else_reads_what_was_written(late: Client) -> None:
    Account.objects.create_user("ragnar", password=PASSWORD)
    password_in(late, "ragnar", next="/utkast/")
    assert late.get("/utkast/")["Location"] == "/"
    assert NOTE not in str(dict(late.session.items()))


def test_it_waits_an_hour_and_no_longer(late: Client, clock: Clock) -> None:
    clock.passes(minutes=59)
    password_in(late, next="/utkast/")
    assert late.get("/utkast/").status_code == 200
    clock.passes(minutes=2)
    assert late.get("/utkast/")["Location"] == "/"


def test_the_page_may_ask_first_and_send_then(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    clock.passes(minutes=15)
    assert client.get(reverse("sitting"), headers=BACKGROUND).status_code == 302
    assert client.post(reverse("wear_hat"), {"hat": NOTE})["Location"].endswith("/utkast/")


@pytest.mark.parametrize("much", [NOTE, "x" * 100_001])
def test_what_cannot_be_carried_is_told(mira: Account, clock: Clock, much: str) -> None:
    client = signed_in(mira)
    clock.passes(minutes=15)
    if much == NOTE:
        SignIn.objects.all().delete()  # ended from elsewhere: nobody knows whose it was
    answer = client.post(
        reverse("wear_hat"), {"hat": much}, headers={"Referer": "http://testserver/sok/"}
    )
    assert answer["Location"] == "/logga-in/?next=/sok/"
    assert "det du skickade är inte sparat" in client.get(answer["Location"]).content.decode()


def test_a_form_with_an_old_token_shows_what_was_written_to_who_sent_it(mira: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mira)
    ours = {"Origin": "http://testserver"}
    page = client.post(reverse("wear_hat"), {"hat": NOTE}, headers=ours)
    assert page.status_code == 403
    assert NOTE in page.content.decode()
    assert 'action="/uppdrag/"' in page.content.decode()


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}]
)
def test_what_comes_from_elsewhere_is_not_repeated(mira: Account, headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mira)
    page = client.post(reverse("wear_hat"), {"hat": NOTE}, headers=headers)
    assert page.status_code == 403
    assert NOTE not in page.content.decode()
    assert "Sidan väntade för länge" in page.content.decode()


def test_a_password_is_never_shown_back(mira: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mira)
    ours = {"Origin": "http://testserver"}
    for name in ("account_login", "account_reauthenticate", "account_change_password"):
        page = client.post(reverse(name), {"login": NOTE, "password": NOTE}, headers=ours)
        assert NOTE not in page.content.decode()


# How the page knows


def test_the_page_is_told_how_long_it_lasts(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    clock.passes(minutes=10)
    told = client.get(reverse("sitting"), headers=BACKGROUND).json()
    assert (told["left"], told["can_stay"]) == (5 * 60, True)
    more = client.post(reverse("sitting"), headers=BACKGROUND).json()
    assert more["left"] == 15 * 60


def test_staying_works_without_javascript(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    clock.passes(minutes=14)
    assert client.post(reverse("sitting"))["Location"] == "/"
    clock.passes(minutes=14)
    assert is_in(client)


def test_near_the_end_of_the_day_staying_helps_no_more(mira: Account, clock: Clock) -> None:
    client = signed_in(mira)
    SignIn.objects.update(used_at=clock.passes(hours=9, minutes=50))
    told = client.get(reverse("sitting")).json()
    assert (told["left"], told["can_stay"]) == (10 * 60, False)


def test_every_page_says_when_it_ends(mira: Account) -> None:
    page = signed_in(mira).get("/").content.decode()
    assert "<noscript><p>Du loggas ut klockan" in page
    assert 'data-left="900"' in page or 'data-left="899"' in page


def test_what_is_over_is_swept_away(mira: Account, clock: Clock) -> None:
    for _ in range(2):
        signed_in(mira)
    used, unused = SignIn.objects.order_by("pk")
    clock.passes(minutes=15)
    SignIn.objects.filter(pk=used.pk).update(used_at=clock.now - timedelta(minutes=5))
    assert sessions.sweep(now=clock.now) == 1
    assert not SignIn.objects.filter(pk=unused.pk).exists()
    clock.passes(hours=10)
    SignIn.objects.filter(pk=used.pk).update(used_at=clock.now)
    assert sessions.sweep(now=clock.now) == 1


def test_the_limits_are_those_of_the_house() -> None:
    assert timedelta(minutes=15) == settings.SIGN_IN_IDLE
    assert timedelta(hours=10) == settings.SIGN_IN_WHOLE
    assert not Writing.objects.exists()
