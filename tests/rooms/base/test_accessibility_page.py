"""What is said of how accessible the pages are: open to everybody, honest, and the operator's to add to."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from samnarvaro.base.web.accessibility import OWN_WORDS, own_words
from tests.rooms.base.office import Office, signed_in

pytestmark = pytest.mark.django_db


def page() -> str:
    return Client().get("/tillganglighet/").content.decode()


def test_anybody_reads_it_and_every_page_leads_there() -> None:
    assert "Samnärvaro uppfyller lagens krav delvis." in page()
    login = Client().get("/logga-in/").content.decode()
    assert 'href="/tillganglighet/"' in login
    assert 'href="/tillganglighet/#report"' in login


def test_it_says_who_answers_and_where_to_write(settings: Settings) -> None:
    settings.OPERATOR, settings.ACCESSIBILITY_MAIL = "Viks kommun", "hinder@vik.example"

    html = page()

    assert "Viks kommun driver den här installationen" in html
    assert 'href="mailto:hinder@vik.example"' in html
    assert "Ingen adress är inskriven" not in html


def test_what_nobody_has_entered_is_said_to_be_missing(settings: Settings) -> None:
    settings.OPERATOR = settings.ACCESSIBILITY_MAIL = ""

    html = page()

    assert "har inte skrivit in sitt namn" in html
    assert "Ingen adress är inskriven" in html
    assert "mailto:" not in html


def test_the_operator_adds_words_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / OWN_WORDS).write_text("Vi har provat\nmed <b>NVDA</b>.\n\n\nNästa gång: maj.\n")

    html = page()

    assert "<p>Vi har provat med &lt;b&gt;NVDA&lt;/b&gt;.</p><p>Nästa gång: maj.</p>" in html


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_words_that_cannot_be_read_are_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / OWN_WORDS).write_bytes(content)

    assert own_words(tmp_path) == []


def test_who_one_is_and_in_which_role_stands_there_too() -> None:
    html = signed_in(Office().mira).get("/tillganglighet/").content.decode()

    assert "Mira Ek" in html
    assert "Mentor · Skolans zon" in html
