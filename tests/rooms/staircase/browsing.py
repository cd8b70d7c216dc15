"""Looking at pages as somebody who works at the school."""

import re
from html import unescape
from typing import Any

from django.test import Client

from samnarvaro.people.models import Account, Staff

HTMX = {"HX-Request": "true"}


def signed_in(staff: Staff, language: str = "sv") -> Client:
    client = Client(headers={"accept-language": language})
    assert staff.account_id is not None
    client.force_login(
        Account.objects.get(pk=staff.account_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are alike but for what differs by itself: the forms' tokens."""
    tokens = re.compile(rb'value="[A-Za-z0-9]{64}"')
    return tokens.sub(b"", one.content) == tokens.sub(b"", other.content)


def words(response: Any) -> str:
    """The page as text in one line, with plain spaces."""
    text = unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())
