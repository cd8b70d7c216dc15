"""What people do each day, by keyboard alone: nothing here points, and nothing is found but by Tab."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from samnarvaro.worklist.models import Item
from tests.browser import eyes
from tests.browser.test_school_pages import school
from tests.browser.test_style import laid
from tests.rooms.staircase.school import SchoolWithMarks
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised

SignIn = Callable[[Account], None]
__all__ = ["school"]
# What has focus, in the words it is read out by.
HERE = """() => {
  const node = document.activeElement;
  const said = document.getElementById((node.getAttribute("aria-labelledby") ?? "").split(" ")[0]);
  return (node.getAttribute("aria-label") ?? said?.textContent ?? node.labels?.[0]?.textContent
    ?? node.textContent).replace(/\\s+/g, " ").trim();
}"""
MOST_STOPS = 120


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has focus says the words; a page where that never happens fails."""
    passed = []
    for _stop in range(MOST_STOPS):
        eyes.press(page, "Tab")
        passed.append(page.evaluate(HERE))
        if words in passed[-1]:
            return
    raise AssertionError(f"{words} is not on the way: {passed}")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    eyes.press(page, "Enter")


def test_one_signs_in_with_name_and_password(page: Page, live_server: LiveServer) -> None:
    School()
    account = Account.objects.get(username="mira")
    account.set_password("en lång ramsa om havet")
    account.save()
    page.goto(f"{live_server.url}/logga-in/")

    tab_to(page, "Användarnamn")
    page.keyboard.type("mira")
    tab_to(page, "Lösenord")
    page.keyboard.type("en lång ramsa om havet")
    eyes.press(page, "Enter")

    page.wait_for_url(lambda url: "/logga-in/" not in url or "2fa" in url)
    assert page.context.cookies(), "somebody is signed in"


def test_one_chooses_whom_to_be_in_the_demo(
    page: Page, live_server: LiveServer, settings: Settings
) -> None:
    School()
    settings.ROOT_URLCONF = "tests.browser.urls"
    page.goto(f"{live_server.url}/demo/")

    press(page, "Mira Ek")

    page.wait_for_url(f"{live_server.url}/")
    expect(page.locator(".me-name")).to_have_text("Mira Ek")


@pytest.fixture
def item(monkeypatch: pytest.MonkeyPatch, live_server: LiveServer, sign_in: SignIn) -> Item:  # noqa: ARG001
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))
    item = raised(School().saga)
    sign_in(Account.objects.get(username="mira"))
    return item


def test_a_row_of_the_day_is_done_and_undone(
    page: Page, item: Item, live_server: LiveServer
) -> None:
    page.goto(live_server.url)

    press(page, "Hoppa till innehållet")
    press(page, "Klart")
    expect(page.get_by_label("Vad har gjorts?")).to_be_focused()
    page.keyboard.type("samtal med Saga")
    press(page, "Spara som klart")
    expect(page.get_by_text("”samtal med Saga”").first).to_be_visible()
    item.refresh_from_db()
    assert item.state == "done"

    press(page, "Ångra")
    expect(page.get_by_text("Ångrat. Raden är som förut.")).to_be_visible()
    item.refresh_from_db()
    assert item.state == "open"


def test_a_pupil_is_searched_for_and_its_figures_questioned(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="mira"))
    page.goto("/")
    eyes.press(page, "Control+k")
    page.keyboard.type("saga")
    expect(page.locator("#palette-hits").get_by_role("link", name="Saga Lind")).to_be_visible()
    eyes.press(page, "ArrowDown")
    eyes.press(page, "Enter")
    page.wait_for_url(f"**/elev/{school.saga.public}/")

    press(page, "Räkna själv")

    expect(page.get_by_text("Jämför: ").first).to_be_visible()
    eyes.press(page, "Escape")
    expect(page.get_by_text("Jämför: ").first).to_be_hidden()
    assert "Räkna själv" in page.evaluate(HERE)


FORM = """{% extends "base.html" %}{% load ui %}{% block title %}Prova{% endblock %}{% block content %}
<h1>Prova</h1><form method="post">{{ form }}</form>
<table><caption>Elever</caption><thead><tr><th scope="col">Val</th><th scope="col">Namn</th></tr></thead>
<tbody>{% for name in names %}<tr><td>{% tick form="rows" value=name label=name %}</td>
<th scope="row">{{ name }}</th></tr>{% endfor %}</tbody></table>
{% tick_bar id="rows" url="/x/" label="Markera rader." %}<button>Klart</button>{% endtick_bar %}
{% endblock %}"""


@pytest.fixture
def written(page: Page, live_server: LiveServer) -> Page:
    """A page with a note to write and two rows to tick."""
    from django import forms
    from django.template import engines

    from samnarvaro.base.forms import PlainTextarea

    class Note(forms.Form):
        about = forms.CharField(label="Vad hände?", max_length=30, widget=PlainTextarea)

    context = {"form": Note(), "names": ["Saga", "Noor"]}
    page.route("**/prova/", laid(engines["django"].from_string(FORM).render(context)))
    page.goto(f"{live_server.url}/prova/")
    return page


def test_what_is_written_is_counted_and_labels_are_marked_at_once(written: Page) -> None:
    tab_to(written, "Vad hände?")
    written.keyboard.type("Saga vägrar")
    expect(written.locator("#id_about_count")).to_have_text("19 tecken kvar")
    expect(written.locator("#id_about_plain mark")).to_have_text("vägrar")

    written.keyboard.type(" igen, och en gång till i dag")
    expect(written.locator("#id_about_count")).to_have_text("10 tecken för mycket")
    eyes.press(written, "Control+a")
    written.keyboard.type("Saga gick hem.")
    expect(written.locator("#id_about_plain")).to_be_empty()


def test_rows_are_ticked_one_by_one_or_all_at_once(written: Page) -> None:
    bar = written.locator(".tick-words")
    expect(bar).to_have_text("Markera rader.")
    tab_to(written, "Markera Saga")
    eyes.press(written, "Space")
    expect(bar).to_have_text("1 markerade")

    press(written, "Markera alla")
    expect(bar).to_have_text("2 markerade")
    expect(written.get_by_role("button", name="Markera ingen")).to_be_focused()
    eyes.press(written, "Enter")
    expect(bar).to_have_text("Markera rader.")
