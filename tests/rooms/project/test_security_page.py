"""Säkerhet: where I am signed in and the way to end it; out at the next request; what stays where."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock as clocks
from samnarvaro.base import devices, sessions
from samnarvaro.base.models import SignIn
from samnarvaro.consents import services as consents
from samnarvaro.people import services as people
from samnarvaro.people.models import Account
from tests.rooms.project.entering import (
    BACKEND,
    PASSWORD,
    Clock,
    counted,
    password_in,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
by_itself = pytest.fixture(autouse=True)(counted)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1 Version/26 Safari/604"
)
NEW = "en ny lång lösenfras för Mira"


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def public_of(client: Client) -> UUID:
    return SignIn.objects.get(pk=client.session.session_key).public


# Mina inloggningar


def test_one_sees_where_one_is_signed_in_and_which_one_is_this(mira: Account) -> None:
    here, phone = signed_in(mira), Client(headers={"User-Agent": PHONE})
    password_in(phone)
    signed_in(Account.objects.create_user("ragnar"))

    page = here.get("/sakerhet/").content.decode()

    assert "Safari på iPhone" in page
    assert page.count("Inloggad ") == 2
    assert page.count("den här</span>") == 1
    assert str(public_of(phone)) in page
    assert str(public_of(here)) not in page


def test_one_that_is_over_is_not_shown(mira: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    signed_in(mira)
    clock.passes(minutes=15)
    assert signed_in(mira).get("/sakerhet/").content.decode().count("Inloggad ") == 1


def test_ending_one_ends_that_one(mira: Account) -> None:
    here, there, third = (signed_in(mira) for _ in range(3))
    assert here.post(reverse("sign_in_end", args=[public_of(there)]))["Location"] == "/sakerhet/"
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    assert written("sign_in.ended") == [{"why": "by_owner"}]


def test_ending_all_others_leaves_this_one(mira: Account) -> None:
    here, *others = (signed_in(mira) for _ in range(3))
    other = signed_in(Account.objects.create_user("ragnar"))
    here.post(reverse("sign_in_end_others"))
    assert [is_in(client) for client in (here, *others, other)] == [True, False, False, True]
    assert written("sign_in.ended") == [{"why": "by_owner", "sessions": 2}]


def test_a_strangers_sign_in_is_answered_like_nothing(mira: Account) -> None:
    stranger = signed_in(Account.objects.create_user("ragnar"))
    here = signed_in(mira)
    there = here.post(reverse("sign_in_end", args=[public_of(stranger)]))
    nothing = here.post(reverse("sign_in_end", args=[uuid4()]))
    this = here.post(reverse("sign_in_end", args=[public_of(here)]))
    assert there.status_code == nothing.status_code == this.status_code == 404
    assert is_in(stranger)
    assert written("sign_in.ended") == []


@pytest.mark.parametrize(
    ("tells", "words"),
    [
        (PHONE, "Safari på iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140",
            "Edge på Windows",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit Chrome/140 Safari/537",
            "Chrome på Chromebook",
        ),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit Chrome/140 Mobile", "Chrome på Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Gecko Firefox/150.0", "Firefox på Mac"),
        ("curl/8 on Linux", "Linux"),
        ("<script>alert(1)</script>", "Okänd webbläsare"),
        ("", "Okänd webbläsare"),
    ],
)
def test_a_device_is_told_in_plain_words_and_nothing_more_is_kept(tells: str, words: str) -> None:
    kept = devices.short(tells)
    assert devices.in_words(kept) == words
    assert len(kept) <= 40


def test_the_page_tells_when_one_was_here_before(mira: Account) -> None:
    before = clocks.now() - timedelta(days=3)
    Account.objects.filter(pk=mira.pk).update(last_login=before)
    client = Client()
    password_in(client)
    page = client.get("/sakerhet/").content.decode()
    assert "Före den här gången loggade du in" in page
    assert "Före den här" not in signed_in(mira).get("/sakerhet/").content.decode()


def test_how_many_sign_ins_there_are_changes_no_count_of_queries(mira: Account) -> None:
    client = signed_in(mira)
    client.get("/sakerhet/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/sakerhet/")
        counts.append(len(asked))
        for _ in range(5):
            signed_in(mira)
    assert counts[0] == counts[1]


# Out at the next request


def test_a_closed_account_gets_nothing_more(mira: Account) -> None:
    clients = [signed_in(mira) for _ in range(3)]
    assert all(is_in(client) for client in clients)
    scope = consents.system_scope(purpose="test", on=clocks.today())
    people.close_account(account=mira.pk, by=scope, at=clocks.now())
    for _ in range(5):
        assert not any(is_in(client) for client in clients)
    assert password_in(Client()) != "/"


def test_an_account_that_is_only_marked_closed_gets_nothing_more_either(mira: Account) -> None:
    client = signed_in(mira)
    Account.objects.filter(pk=mira.pk).update(is_active=False)
    assert [client.get(path).status_code for path in ("/", "/sakerhet/", "/sok/")] == [302] * 3


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    fields = {"oldpassword": old, "password1": new, "password2": again}
    return client.post("/losenord/", fields).status_code


def test_a_changed_password_ends_all_other_sign_ins(mira: Account) -> None:
    here, there = signed_in(mira), signed_in(mira)
    key = here.session.session_key
    assert change(here) == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != key
    assert SignIn.objects.filter(account=mira.pk).count() == 1
    assert written("account.password_changed") == [{"sessions": 1}]


@pytest.mark.parametrize(
    "fields",
    [
        {"old": "fel"},
        {"new": "kort", "again": "kort"},
        {"again": "något annat"},
        {"new": "1234567890987654321", "again": "1234567890987654321"},
    ],
)
def test_a_password_that_will_not_do_changes_nothing(mira: Account, fields: dict[str, str]) -> None:
    here, there = signed_in(mira), signed_in(mira)
    assert change(here, **fields) == 200
    assert is_in(there)
    mira.refresh_from_db()
    assert mira.check_password(PASSWORD)
    assert written("account.password_changed") == []


def test_guessing_the_old_password_is_stopped(mira: Account) -> None:
    client = signed_in(mira)
    assert [change(client, old="fel") for _ in range(5)] == [200] * 5
    answer = client.post(
        "/losenord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 429
    assert "Vänta fem minuter" in answer.content.decode()
    mira.refresh_from_db()
    assert mira.check_password(PASSWORD)


# What is written down


def test_a_sign_in_is_written_down_and_a_failed_one_without_what_was_typed(mira: Account) -> None:
    client = Client()
    for username in ("mira", "hemligt-lösenord-på-fel-rad"):
        client.post("/logga-in/", {"login": username, "password": "fel-lösenord"})
    password_in(client)
    client.post("/logga-ut/")
    rows = Writing.objects.order_by("pk")
    known, unknown = f"account:{mira.public}", "account:unknown"
    assert [(row.act, row.target) for row in rows] == [
        ("sign_in.failed", known),
        ("sign_in.failed", unknown),
        ("sign_in.begun", known),
        ("sign_in.ended", known),
    ]
    told = str([(row.viewer, row.target, row.detail) for row in rows])
    assert "hemligt" not in told
    assert "fel-lösenord" not in told
    assert "mira" not in told


@pytest.mark.usefixtures("mira")
def test_a_sign_in_is_not_commented_on() -> None:
    client = Client()
    password_in(client)
    assert 'class="toast"' not in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/logga-in/", "/bekrafta/", "/losenord/"])
def test_no_page_leads_to_a_reset_that_is_closed(mira: Account, path: str) -> None:
    client = Client() if path == "/logga-in/" else signed_in(mira)
    page = client.get(path).content.decode()
    assert "/stangd/" not in page
    assert "Glömt lösenordet?" not in page


# What the browser keeps


@pytest.mark.parametrize(
    "path", ["/", "/sakerhet/", "/logga-in/", "/finns-inte/", "/inloggning/", "/health"]
)
def test_no_answer_stays_in_the_browser(mira: Account, path: str) -> None:
    for client in (Client(), signed_in(mira)):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_signing_out_clears_what_the_browser_has_kept(mira: Account) -> None:
    client = signed_in(mira)
    assert "Clear-Site-Data" not in client.get("/logga-ut/")
    answer = client.post("/logga-ut/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not SignIn.objects.filter(account=mira.pk).exists()


def test_the_key_changes_when_one_signs_in_and_when_one_changes_hats(mira: Account) -> None:
    client = Client()
    client.post("/logga-in/", {"login": "mira", "password": "fel"})
    client.get("/utkast/")
    before = client.session.session_key
    password_in(client)
    assert client.session.session_key != before

    session = client.session
    key, began = session.session_key, session[sessions.BEGAN]
    sessions.change_key(session, at=clocks.now())
    row = SignIn.objects.get(account=mira.pk)
    assert row.pk != key
    assert (session[sessions.BEGAN], row.device) == (began, "")
    assert row.used_at is not None


@pytest.mark.usefixtures("mira")
def test_a_session_from_before_the_sign_in_is_worth_nothing_after_it() -> None:
    client = Client()
    client.get("/sok/")
    client.post("/uppdrag/")  # says something, and so has a session
    fixed = client.session.session_key
    assert fixed
    password_in(client)
    other = Client()
    other.cookies["samnarvaro"] = fixed
    assert not is_in(other)


def test_no_address_carries_the_session(mira: Account) -> None:
    client = Client()
    client.force_login(mira, backend=BACKEND)
    key = client.session.session_key or ""
    for path in ("/", "/sakerhet/", "/sok/", "/losenord/"):
        answer = client.get(path)
        assert key not in answer.content.decode() + str(answer.headers)
