"""A letter tells that there is something to look at, and nothing of anybody."""

import re
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail

from samnarvaro.messages import services
from samnarvaro.messages.domain.outbox import Kind
from samnarvaro.messages.models import Choice, Message
from samnarvaro.people import services as people
from tests.rooms.worklist.school import NOON, School, raised, system

ADDRESS = "https://narvaro.vik.example"


@pytest.fixture
def sent(school: School, settings: Any) -> mail.EmailMessage:
    """The letter to Ragnar, in whose school there is much to tell."""
    settings.ADDRESS = ADDRESS
    settings.DEFAULT_FROM_EMAIL = "Samnärvaro <narvaro@vik.example>"
    for pupil in (school.saga, school.noor):
        raised(pupil, 2)
    account = school.ragnar.account_id or 0
    people.set_email(account, "rektor@vik.example", by=system(), at=NOON)
    services.put(Kind.DIGEST, "digest:2026-W43", [account], by=system(), at=NOON)
    services.send_due(by=system(), at=NOON)
    return mail.outbox[0]


def whole(letter: mail.EmailMessage) -> str:
    """Everything that leaves, decoded: headers and all parts, without what chance makes up."""
    parsed = message_from_bytes(letter.message().as_bytes(), policy=default)
    by_chance = {"message-id", "date", "content-type"}
    headers = [f"{key}: {value}" for key, value in parsed.items() if key.lower() not in by_chance]
    parts = [part.get_content() for part in parsed.walk() if not part.is_multipart()]
    return "\n".join([*headers, *map(str, parts)])


def test_a_letter_tells_of_no_child_no_class_no_school_and_no_figure(
    sent: mail.EmailMessage, school: School
) -> None:
    told = whole(sent).casefold()
    canaries = [
        school.saga.given_name, school.saga.family_name, school.noor.given_name,
        school.noor.family_name, str(school.saga.public), school.saga.pupil_id, "8b", "8a",
        "strandskolan", "ragnar", "holm", "frånvaro", "elev", "590", "5400", "10,9",
    ]  # fmt: skip
    assert [word for word in canaries if word.casefold() in told] == []
    text = sent.body.replace(ADDRESS, "")
    assert not re.search(r"\d", str(sent.subject) + text), "a figure can point somebody out"


def test_a_letter_says_where_to_look_and_how_to_be_left_alone(sent: mail.EmailMessage) -> None:
    assert sent.subject == "Du har saker att titta på i Samnärvaro"
    assert f"\n{ADDRESS}/\n" in sent.body
    assert f"\n{ADDRESS}/installningar/\n" in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == f"<{ADDRESS}/installningar/>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.from_email == "Samnärvaro <narvaro@vik.example>"
    assert set(re.findall(r"https?://[^\s\"<>]+", whole(sent))) == {
        f"{ADDRESS}/",
        f"{ADDRESS}/installningar/",
    }


def test_the_plain_text_stands_first_and_nothing_is_fetched(sent: mail.EmailMessage) -> None:
    parsed = message_from_bytes(sent.message().as_bytes(), policy=default)
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert not re.search(r"<(img|link|script|style|iframe)\b|src=", whole(sent))


def test_two_people_get_the_same_words(school: School) -> None:
    accounts = [school.mira.account_id or 0, school.ragnar.account_id or 0]
    for account in accounts:
        people.set_email(account, f"a{account}@vik.example", by=system(), at=NOON)
    services.put(Kind.DIGEST, "digest:2026-W43", accounts, by=system(), at=NOON)
    services.send_due(by=system(), at=NOON)
    one, other = mail.outbox
    assert (one.subject, one.body) == (other.subject, other.body)


def test_no_table_of_the_room_can_tell_of_a_pupil() -> None:
    """So there is nothing to clear when a pupil is protected."""
    for model in (Message, Choice):
        pointed_at = {
            field.related_model for field in model._meta.get_fields() if field.is_relation
        }
        assert {getattr(each, "__name__", "") for each in pointed_at} == {"Account"}
        free_text = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"TextField", "JSONField"}
        ]
        assert free_text == []
