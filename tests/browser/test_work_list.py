"""A row is cleared in place in a real browser: asked for words, refused, done, and undone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from samnarvaro.worklist import services
from samnarvaro.worklist.models import Item
from tests.browser.eyes import WINDOW, as_on_a_phone, assert_accessible, take_picture
from tests.rooms.worklist.school import FRIDAY, NOON, WEDNESDAY, School, raised, system

SignIn = Callable[[Account], None]


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


@pytest.fixture
def item(page: Page, live_server: LiveServer, sign_in: SignIn) -> Item:
    """Saga's row, on the screen of her mentor; Noor's is overdue and has recovered."""
    school = School()
    item = raised(school.saga)
    noor = raised(school.noor, due_on=WEDNESDAY)
    services.mark_recovered([noor.subject], on=FRIDAY, by=system(), at=NOON)
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"{live_server.url}/arbete/{item.public}/")
    return item


def test_a_row_is_cleared_in_place(page: Page, item: Item) -> None:
    page.get_by_text("Klart", exact=True).click()
    assert_accessible(page)
    take_picture(page, "work-row-acting")
    page.get_by_label("Vad har gjorts?").fill("samtal med Saga")
    page.get_by_role("button", name="Spara som klart").click()

    expect(page.get_by_text("”samtal med Saga”")).to_be_visible()
    expect(page.get_by_label("Vad har gjorts?")).to_have_count(0)
    assert page.url.endswith(f"/arbete/{item.public}/")
    assert_accessible(page)
    take_picture(page, "work-row-cleared")

    page.locator(f"#row-{item.public}").get_by_role("button", name="Ångra").click()
    item.refresh_from_db()
    assert item.state == "open"


def test_the_form_of_an_act_opens_in_the_row_keeps_what_was_begun_and_is_shut_again(
    page: Page, item: Item, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    row = page.locator(f"#row-{item.public}")

    row.get_by_role("button", name="Klart").click()
    done = row.get_by_label("Vad har gjorts?")
    expect(done).to_be_focused()
    expect(row.get_by_role("button", name="Klart", expanded=True)).to_be_visible()
    assert_accessible(page)
    done.fill("samtal med Saga")
    row.get_by_role("button", name="Vänta").click()
    expect(row.get_by_label("Varför vänta?")).to_have_value("samtal med Saga")
    expect(done).to_have_count(0)
    as_on_a_phone(page)
    take_picture(page, "my-day-act-open-phone")
    row.get_by_role("button", name="Vänta", expanded=True).click()
    expect(row.locator("textarea")).to_have_count(0)
    row.get_by_role("button", name="Lämna över").click()
    expect(row.get_by_label("Vad behöver den som tar över veta?")).to_have_value("samtal med Saga")
    assert page.url == f"{live_server.url}/"


def test_without_scripts_an_act_leads_to_its_form_and_back(
    browser: Browser, page: Page, item: Item, live_server: LiveServer
) -> None:
    with browser.new_context(**WINDOW, java_script_enabled=False) as bare:
        bare.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gave
        page = bare.new_page()
        page.goto(live_server.url)
        page.locator(f"#row-{item.public}").get_by_role("button", name="Klart").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Saga Lind")
        assert page.url.startswith(f"{live_server.url}/arbete/{item.public}/?next=%2F")
        expect(page.get_by_label("Vad har gjorts?")).to_be_focused()
        take_picture(page, "work-row-without-scripts")
        page.get_by_label("Vad har gjorts?").fill("samtal med Saga")
        page.get_by_role("button", name="Spara som klart").click()
        assert page.url == f"{live_server.url}/"
        expect(page.get_by_text("Raden är klar.")).to_be_visible()
        page.locator("#toasts").get_by_role("button", name="Ångra").click()
        expect(page.get_by_text("Ångrat. Raden är som förut.")).to_be_visible()
        item.refresh_from_db()
        assert item.state == "open"


def test_a_refused_act_says_why_where_it_was_written(page: Page, item: Item) -> None:
    page.get_by_text("Vänta", exact=True).click()
    page.get_by_label("Till vilken dag?").fill("2026-11-02")
    page.get_by_label("Varför vänta?").fill("ok")
    page.get_by_role("button", name="Vänta till dagen").click()

    expect(page.get_by_text("Skriv minst tre bokstäver.").first).to_be_visible()
    expect(page.get_by_label("Varför vänta?")).to_have_value("ok")
    assert_accessible(page)
    as_on_a_phone(page)
    take_picture(page, "work-row-refused-phone")
    item.refresh_from_db()
    assert item.state == "open"


def test_the_day_shows_what_is_mine_and_lets_it_be_cleared_there(
    page: Page, item: Item, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    assert_accessible(page)
    row = page.locator(f"#row-{item.public}")
    row.get_by_text("Behövs inte", exact=True).click()
    row.get_by_label("Varför behövs det inte?").fill("fel registrerat")
    take_picture(page, "my-day-rows")
    row.get_by_role("button", name="Spara att det inte behövs").click()

    expect(row.get_by_text("”fel registrerat”")).to_be_visible()
    page.locator("#toasts").get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Ångrat. Raden är som förut.")).to_be_visible()
    assert page.url == f"{live_server.url}/"
    as_on_a_phone(page)
    take_picture(page, "my-day-rows-phone")
