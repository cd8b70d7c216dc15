"""Signing in: local accounts, few tries, nobody signs up, and errors that tell nothing of the inside."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from structlog.stdlib import ProcessorFormatter

from samnarvaro.people.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "en lång lösenfras för Mira"  # of a person who does not exist


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


def try_in(client: Client, password: str, **more: str) -> int:
    answer = client.post(reverse("account_login"), {"login": "mira", "password": password, **more})
    return answer.status_code


@pytest.mark.usefixtures("mira")
def test_the_right_password_opens_my_day() -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "mira", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("mira")
def test_after_five_wrong_passwords_the_right_one_is_refused_too() -> None:
    client = Client()
    for _ in range(5):
        assert try_in(client, "fel lösenfras") != 302
    assert try_in(client, PASSWORD) != 302
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("mira")
def test_one_is_sent_on_only_inside_the_installation() -> None:
    client = Client()
    answer = client.post(
        reverse("account_login"),
        {"login": "mira", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/"


def test_nobody_signs_up(mira: Account) -> None:
    client = Client()
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("account_signup", "account_reset_password"):
        assert client.get(reverse(name)).status_code == 404


def test_a_closed_account_is_out_at_the_next_request(mira: Account) -> None:
    client = Client()
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200
    Account.objects.filter(pk=mira.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session(mira: Account) -> None:
    client = Client()
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("path", ["/finns-inte/", "/elev/inte-ett-id/", "/demo/", "/%2e%2e/x"])
def test_what_is_not_there_is_said_calmly_and_tells_nothing_of_the_inside(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "urlpatterns" not in page
    assert "Traceback" not in page
    assert "samnarvaro." not in page


def test_an_error_of_ours_tells_nothing_of_the_inside(
    mira: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Saga Lind 20120304-1234")

    monkeypatch.setattr("samnarvaro.base.sections.collect", broken)
    client = Client(raise_request_exception=False)
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Saga" not in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()


def test_the_log_tells_where_it_broke_and_never_about_whom(
    mira: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Saga Lind 20120304-1234")

    monkeypatch.setattr("samnarvaro.base.sections.collect", broken)
    client = Client(raise_request_exception=False)
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/?q=Saga")
    ours = next(
        h for h in logging.getLogger().handlers if isinstance(h.formatter, ProcessorFormatter)
    )
    logged = "\n".join(ours.format(record) for record in caplog.records)
    assert "builtins.RuntimeError" in logged
    assert "pages.py" in logged
    assert "Saga" not in logged
    assert "20120304" not in logged


def test_every_answer_says_what_the_browser_may_do(mira: Account) -> None:
    client = Client()
    client.force_login(mira, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer.cookies == {} or all(c["httponly"] for c in answer.cookies.values())
