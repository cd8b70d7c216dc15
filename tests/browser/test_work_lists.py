"""A journey through the work lists: ticked rows are done at once, one is undone, one goes further."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from samnarvaro.worklist.models import Item
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised

SignIn = Callable[[Account], None]
DESK = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


@pytest.fixture
def saga(page: Page, live_server: LiveServer, sign_in: SignIn) -> Item:
    """Saga's, Noor's, Maja's and Hugo's rows, on the screen of their mentor."""
    school = School()
    for given, family in (("Maja", "Sund"), ("Hugo", "Alm")):
        raised(school.pupil(given, family, school.class_8b))
    raised(school.noor)
    item = raised(school.saga)
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"{live_server.url}/arbete/")
    return item


def test_rows_are_ticked_done_at_once_undone_and_handed_on(
    page: Page, live_server: LiveServer, sign_in: SignIn, saga: Item
) -> None:
    for name in ("Noor Haddad", "Maja Sund", "Hugo Alm"):
        page.get_by_label(f"Markera {name}").check()
    expect(page.get_by_text("3 markerade")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "work-list-ticked")
    page.locator("#many").get_by_role("button", name="Klart").click()

    expect(page.get_by_role("heading", name="Klart: 3 rader")).to_be_visible()
    page.get_by_label("Vad har gjorts?").fill("ok")
    page.get_by_role("button", name="Spara som klart").click()
    expect(page.get_by_text("Skriv minst tre bokstäver.").first).to_be_visible()
    assert_accessible(page)
    take_picture(page, "work-many-refused")
    page.get_by_label("Vad har gjorts?").fill("pratade med alla tre på mentorstiden")
    page.get_by_role("button", name="Spara som klart").click()

    expect(page.get_by_text("Klart: 3 rader.")).to_be_visible()
    expect(page.locator(".work-list").first.locator(".work-row")).to_have_count(1)
    page.get_by_text("Gjort i dag: 3 rader").click()
    noor = page.locator(".work-row", has_text="Noor Haddad")
    noor.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Ångrat. Raden är som förut.")).to_be_visible()
    assert Item.objects.filter(state="done").count() == 2

    row = page.locator(f"#row-{saga.public}")
    row.get_by_text("Lämna över", exact=True).click()
    row.get_by_label("Till vem?").select_option("Elevhälsoteamet")
    row.get_by_label("Vad behöver den som tar över veta?").fill("vi behöver hjälp att komma vidare")
    row.get_by_role("button", name="Lämna över raden").click()
    expect(row.get_by_text("Lämnades över till elevhälsoteamet: Mira Ek")).to_be_visible()

    sign_in(Account.objects.get(username="karin"))
    page.goto(f"{live_server.url}/arbete/elevhalsa/")
    assert_accessible(page)
    take_picture(page, "student-health-agenda")
    page.reload()  # what looked at the page leaves empty style attributes behind
    row = page.locator(f"#row-{saga.public}")
    expect(row.get_by_text("”vi behöver hjälp att komma vidare”")).to_be_visible()
    row.get_by_text("Beslutat", exact=True).click()
    row.get_by_label("Vad beslutades?").fill("Karin träffar Saga och mamma på tisdag")
    row.get_by_label("När tas den upp nästa gång?").fill("2026-11-06")
    row.get_by_role("button", name="Spara beslutet").click()
    expect(row.get_by_text("”Karin träffar Saga och mamma på tisdag”")).to_be_visible()
    as_on_a_phone(page)
    take_picture(page, "student-health-agenda-phone")


def test_a_choice_is_saved_and_opens_the_list(page: Page, saga: Item) -> None:  # noqa: ARG001  # her row is on the screen
    page.get_by_label("Ordning").select_option("Namn")
    page.get_by_label("När").select_option("Efter den här veckan")
    page.get_by_role("button", name="Visa").click()
    page.get_by_text("Spara det här urvalet").click()
    page.get_by_label("Vad ska urvalet heta?").fill("Nästa vecka")
    page.get_by_label("Visa det här urvalet när jag öppnar listan").check()
    page.get_by_role("button", name="Spara urvalet").click()

    expect(page.get_by_role("link", name="Nästa vecka")).to_have_attribute("aria-current", "page")
    assert_accessible(page)
    page.get_by_role("link", name="Arbetslistan").first.click()
    expect(page.get_by_role("link", name="Nästa vecka")).to_have_attribute("aria-current", "page")
    as_on_a_phone(page)
    take_picture(page, "work-list-saved-view-phone")
