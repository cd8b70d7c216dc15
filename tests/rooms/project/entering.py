"""People at the door: an account with its password, codes as the app makes them, the clock moved."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock
from samnarvaro.people.models import Account

PASSWORD = "en lång lösenfras för Mira"  # of a person who does not exist
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = generate_totp_secret()


def code_now(secret: str = SECRET) -> str:
    """The code an app shows now."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1])))


def give_app(account: Account) -> list[str]:
    """Connect an app to the account; return its recovery codes."""
    TOTP.activate(account, SECRET)
    return list(RecoveryCodes.activate(account).get_unused_codes())


def password_in(client: Client, username: str = "mira", **more: str) -> str:
    """Write the password; return where one is led."""
    answer = client.post(
        reverse("account_login"), {"login": username, "password": PASSWORD, **more}
    )
    return answer["Location"] if answer.status_code == 302 else ""


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def show_again(client: Client) -> None:
    """Show once more who one is, by the password."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


def secret_on(page: bytes) -> str:
    found = re.search(rb'class="secret">([A-Z2-7]+)<', page)
    assert found is not None
    return found[1].decode()


def factors_of(account: Account) -> set[str]:
    return set(Authenticator.objects.filter(user=account).values_list("type", flat=True))


def written(act: str) -> list[dict[str, object]]:
    return [row.detail for row in Writing.objects.filter(act=act).order_by("pk")]


class Clock:
    """The clock of the house, to be moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def passes(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now


def counted() -> Iterator[None]:
    """A fixture's body: the table that counts tries, empty before and after."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    yield
    cache.clear()
