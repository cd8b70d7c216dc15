"""The finder and the blank screen, over real pages: by keyboard, without scripts, on a phone, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, press, take_picture
from tests.browser.test_school_pages import school
from tests.rooms.staircase.school import SchoolWithMarks

SignIn = Callable[[Account], None]
__all__ = ["school"]


@pytest.fixture
def saga(page: Page, school: SchoolWithMarks, sign_in: SignIn) -> SchoolWithMarks:
    """The mentor Mira, at Saga's page."""
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"/elev/{school.saga.public}/")
    return school


def test_a_pupil_is_found_by_keyboard_alone(page: Page, saga: SchoolWithMarks) -> None:
    press(page, "Control+k")
    field = page.get_by_role("textbox", name="Elev, klass, sida eller något att göra")
    expect(field).to_be_focused()
    expect(page.locator("#palette-hits").get_by_role("link", name="Min dag")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "finder-empty")

    page.keyboard.type("noor")
    hit = page.locator("#palette-hits").get_by_role("link", name="Noor Haddad")
    expect(hit).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("1 träff")
    assert_accessible(page)
    take_picture(page, "finder-hit")
    press(page, "ArrowDown")
    expect(hit).to_be_focused()
    press(page, "Enter")

    page.wait_for_url(f"**/elev/{saga.noor.public}/")
    reading = Reading.objects.filter(action="search").get()
    assert reading.pupils == [str(saga.noor.public)]


def test_enter_opens_the_first_hit_and_esc_gives_focus_back(
    page: Page, saga: SchoolWithMarks
) -> None:
    here = page.get_by_role("link", name="Sök", exact=True)
    here.focus()
    press(page, "/")
    page.keyboard.type("min dag")
    expect(page.locator("#palette-hits a")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(here).to_be_focused()
    assert page.locator("#palette-hits").inner_html() == "", "what was found stays behind"

    press(page, "Enter")
    page.keyboard.type("min dag")
    expect(page.locator("#palette-hits a")).to_have_count(1)
    press(page, "Enter")
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mira")
    assert saga.saga.public


def test_the_finder_fits_a_phone(page: Page, saga: SchoolWithMarks) -> None:
    as_on_a_phone(page)
    page.get_by_role("link", name="Sök", exact=True).click()
    page.keyboard.type("sa")
    expect(page.locator("#palette-hits").get_by_role("link", name="Saga Lind")).to_be_visible()
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, "finder-phone")
    assert saga.saga.public


def test_one_key_blanks_the_page_and_its_title_and_brings_both_back(
    page: Page, saga: SchoolWithMarks
) -> None:
    expect(page).to_have_title("Saga Lind – Samnärvaro")
    press(page, "b")

    expect(page).to_have_title("Paus")
    assert page.locator("body").inner_text().strip() == "Visa igen"
    assert "Saga" not in page.locator("body").aria_snapshot()
    assert_accessible(page)
    take_picture(page, "blank")
    press(page, "Tab")
    press(page, "Tab")
    inside = page.evaluate(
        "document.activeElement === document.body || !!document.activeElement.closest('#blank')"
    )
    assert inside, "the page behind is reached by tab"
    press(page, "Control+k")
    expect(page.locator("#palette")).to_be_hidden()

    press(page, "Escape")
    expect(page).to_have_title("Saga Lind – Samnärvaro")
    expect(page.get_by_role("heading", level=1, name="Saga Lind")).to_be_visible()
    assert saga.saga.public


def test_a_blank_screen_stays_blank_on_other_pages_and_in_other_tabs(
    page: Page, saga: SchoolWithMarks
) -> None:
    other = page.context.new_page()
    other.goto(f"{page.url.split('/elev/')[0]}/elev/{saga.noor.public}/")
    page.bring_to_front()
    page.get_by_role("link", name="Släck", exact=True).click()
    expect(page).to_have_title("Paus")
    expect(other).to_have_title("Paus")

    page.goto("/")
    expect(page).to_have_title("Paus")
    assert page.locator("body").inner_text().strip() == "Visa igen"
    page.go_back()
    expect(page).to_have_title("Paus")
    page.get_by_role("button", name="Visa igen").click()
    expect(page).to_have_title("Saga Lind – Samnärvaro")
    expect(other).to_have_title("Noor Haddad – Samnärvaro")


def test_what_was_being_written_is_still_there_after_a_blank_screen(
    page: Page, saga: SchoolWithMarks
) -> None:
    page.goto("/sok/")
    field = page.locator("#q")
    field.fill("ab")
    field.press("b")
    expect(field).to_have_value("abb")
    field.press("F9")
    expect(page).to_have_title("Paus")
    press(page, "b")
    expect(field).to_have_value("abb")
    expect(field).to_be_focused()
    assert saga.saga.public


def test_a_blank_page_prints_nothing(page: Page, saga: SchoolWithMarks) -> None:
    press(page, "F9")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).display") == "none"
    assert saga.saga.public


def test_without_scripts_a_link_leads_to_a_quiet_page_and_back(
    browser: Browser, page: Page, saga: SchoolWithMarks, live_server: LiveServer
) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="sv-SE")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape
    quiet = plain.new_page()
    quiet.goto(f"{live_server.url}/elev/{saga.saga.public}/")
    quiet.get_by_role("link", name="Släck", exact=True).click()
    expect(quiet).to_have_title("Paus")
    assert quiet.locator("body").inner_text().split() == ["Paus", "Visa", "igen"]
    quiet.get_by_role("link", name="Visa igen").click()
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Saga Lind")

    quiet.get_by_role("link", name="Sök", exact=True).click()
    quiet.locator("#q").fill("noor")
    quiet.get_by_role("button", name="Sök", exact=True).click()
    expect(quiet.get_by_role("link", name="Noor Haddad")).to_be_visible()
    plain.close()


def test_single_keys_are_switched_off_by_who_does_not_want_them(
    page: Page, saga: SchoolWithMarks
) -> None:
    page.goto("/installningar/")
    assert_accessible(page)
    take_picture(page, "my-settings")
    page.get_by_label("Snabbtangenter med en bokstav").uncheck()
    page.locator("#keys").get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Sparat.")).to_be_visible()

    page.goto(f"/elev/{saga.saga.public}/")
    for key in ("b", "/"):
        press(page, key)
    expect(page).to_have_title("Saga Lind – Samnärvaro")
    expect(page.locator("#palette")).to_be_hidden()
    press(page, "Control+k")
    expect(page.locator("#palette")).to_be_visible()
    press(page, "F9")
    expect(page).to_have_title("Paus")
    press(page, "F9")
    page.goto("/installningar/")
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, "my-settings-phone")
