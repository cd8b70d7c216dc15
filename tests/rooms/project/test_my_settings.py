"""A person's own settings: nobody else's, each part by itself, the same without scripts."""

from typing import Any

import pytest
from django.test import Client

from samnarvaro.audit.models import Writing
from samnarvaro.messages.queries import wants_digest
from samnarvaro.people.models import Account
from samnarvaro.people.queries import email_of
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.worklist.conftest import school
from tests.rooms.worklist.school import School

__all__ = ["school"]
URL = "/installningar/"


def test_address_and_digest_are_kept_for_oneself_alone(school: School) -> None:
    client = signed_in(school.mira)
    account = school.mira.account_id or 0
    sent = {"part": "digest", "email": " mira@vik.example ", "digest": "on"}
    assert client.post(URL, sent)["Location"] == URL
    assert email_of(account) == "mira@vik.example"
    assert wants_digest(account)

    client.post(URL, {"part": "digest", "email": "mira@vik.example"})
    assert not wants_digest(account)
    assert wants_digest(school.ragnar.account_id or 0)
    assert email_of(school.ragnar.account_id or 0) == ""
    row = Writing.objects.get(act="account.email_set")
    assert "vik.example" not in str(row.detail)


@pytest.mark.parametrize("wrong", ["mira", "mira@", "a b@vik.se", "x" * 250 + "@vik.se", "a@b\nc"])
def test_what_is_no_address_is_refused_and_nothing_changes(school: School, wrong: str) -> None:
    client = signed_in(school.mira)
    answer = client.post(URL, {"part": "digest", "email": wrong})
    assert answer.status_code == 422
    assert email_of(school.mira.account_id or 0) == ""
    assert wants_digest(school.mira.account_id or 0), "the whole part is kept, or none of it"


def test_an_address_that_somebody_else_has_is_taken_without_a_word(school: School) -> None:
    Account.objects.filter(username="ragnar").update(email="vik@vik.example")
    client = signed_in(school.mira)
    assert client.post(URL, {"part": "digest", "email": "vik@vik.example"}).status_code == 302


def test_single_keys_are_switched_off_and_on_again(school: School) -> None:
    client = signed_in(school.mira)
    assert 'data-shortcuts="off"' not in client.get(URL).content.decode()
    client.post(URL, {"part": "keys"})
    page = client.get(URL).content.decode()
    assert 'data-shortcuts="off"' in page
    assert 'aria-keyshortcuts="F9"' in page
    client.post(URL, {"part": "keys", "on": "on"})
    assert 'data-shortcuts="off"' not in client.get(URL).content.decode()


def test_the_page_says_whether_letters_are_sent(school: School, settings: Any) -> None:
    client = signed_in(school.mira)
    said = "skickar inga veckobrev just nu"
    settings.DIGEST = False
    assert said in words(client.get(URL))
    settings.DIGEST = True
    assert said not in words(client.get(URL))


def test_who_has_no_duty_has_its_keys_and_no_letters(school: School) -> None:
    school.mira.refresh_from_db()
    account = Account.objects.create(username="utan")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    page = words(client.get(URL))
    assert "Tangenter" in page
    assert "Veckobrev" not in page
    assert client.post(URL, {"part": "digest", "email": "a@b.se"}).status_code == 422
    assert email_of(account.pk) == ""
