"""A round of the relation map is begun, answered by two adults, closed, and acted on, in a browser."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from samnarvaro.worklist.models import Item
from tests.browser.eyes import assert_accessible, press, take_picture
from tests.rooms.worklist.school import NOON, WEDNESDAY, School

SignIn = Callable[[Account], None]


@pytest.fixture(autouse=True)
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 21, 9, 0, tzinfo=NOON.tzinfo))


def answer(page: Page, school: School, saga: str, noor: str) -> None:
    """Say what contact one has with each, by the form."""
    for pupil, contact in ((school.saga, saga), (school.noor, noor)):
        page.get_by_role("group", name=pupil.name).get_by_label(contact).check()
    page.get_by_role("button", name="Spara kolumnen").click()


def test_the_map_finds_for_whom_the_school_lacks_an_adult(
    page: Page, live_server: LiveServer, sign_in: SignIn
) -> None:
    school = School()
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"{live_server.url}/skola/klass/{school.class_8b.public}/")
    page.get_by_role("link", name="Relationskartan för 8B").click()
    page.get_by_label("Andra vuxna, efter funktion").fill("skolvärd")
    page.get_by_role("button", name="Börja omgången").click()
    page.get_by_role("link", name="Fyll i din kolumn").click()
    assert_accessible(page)
    answer(page, school, "Förtroende", "Pratar med eleven ibland")
    expect(page.get_by_text("1 av 3 vuxna har svarat.")).to_be_visible()

    sign_in(Account.objects.get(username="tove"))
    page.goto(live_server.url)
    page.get_by_role("link", name="Vilken kontakt har du med eleverna i 8B?").click()
    answer(page, school, "Vet vad eleven heter", "Känner inte eleven")
    expect(page.get_by_role("link", name="Ändra din kolumn")).to_be_visible()
    expect(page.get_by_text("Saga")).to_have_count(0)

    sign_in(Account.objects.get(username="mira"))
    page.goto(f"{live_server.url}/skola/klass/{school.class_8b.public}/relationer/")
    page.locator("#open summary").click()
    page.locator("#open form").get_by_role("button").click()
    expect(page.get_by_text("för 1 elev av 2.")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "relation-map")

    fold = page.locator("#lacking summary")
    fold.focus()
    press(page, "Enter")
    page.get_by_role("button", name="Lägg raden").click()
    expect(page.get_by_text("Mentor tar kontakt senast 28 oktober.")).to_be_visible()
    assert Item.objects.get(pupil=school.noor).acts == "mentor"
