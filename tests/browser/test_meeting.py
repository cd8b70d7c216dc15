"""A meeting goes through ten pupils by keyboard alone, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Account
from samnarvaro.worklist.models import Item
from tests.browser.eyes import as_on_a_phone, assert_accessible, press, take_picture
from tests.browser.test_school_pages import school
from tests.rooms.staircase.school import SchoolWithMarks

SignIn = Callable[[Account], None]
__all__ = ["school"]
GIVEN = ("Adam", "Bella", "Cesar", "Doris", "Elsa", "Frans", "Greta", "Hugo")


@pytest.fixture
def class_of_ten(page: Page, school: SchoolWithMarks, sign_in: SignIn) -> SchoolWithMarks:
    """Mira's class: Noor, Saga, and eight more."""
    for given in GIVEN:
        school.pupil(given, "Ahl", school.class_8b)
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"/skola/klass/{school.class_8b.public}/")
    return school


def test_ten_pupils_are_gone_through_by_keyboard(page: Page, class_of_ten: SchoolWithMarks) -> None:
    button = page.get_by_role("button", name="Gå igenom")
    button.focus()
    press(page, "Enter")

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Adam Ahl")
    expect(heading).to_be_focused()
    assert_accessible(page)
    seen = []
    for number in range(1, 11):
        expect(page.locator(".round-place")).to_have_text(f"{number} av 10")
        expect(heading).to_be_focused()
        name = heading.inner_text().split(",")[0].strip()
        expect(page).to_have_title(f"{name} – Samnärvaro")
        seen.append(name)
        if name == "Saga Lind":
            act_on_saga(page)
        press(page, "n" if number % 2 else "ArrowRight")
    expect(heading).to_have_text("Genomgången är klar")

    assert len(set(seen)) == 10
    expect(page.get_by_text("Du gick igenom 10 av 10 elever.")).to_be_visible()
    expect(page.get_by_text("ringer hem i dag")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "meeting-end")
    item = Item.objects.get(pupil=class_of_ten.saga, acts="mentor")
    assert item.state == "done"
    logged = Reading.objects.filter(what="round_pupil", action="view")
    assert {count for count in logged.values_list("count", flat=True)} == {1}


def act_on_saga(page: Page) -> None:
    """Clear Saga's row where it stands, without touching the mouse."""
    take_picture(page, "meeting-pupil")
    assert_accessible(page)
    page.locator("#work-pupil").get_by_role("button", name="Klart").first.focus()
    press(page, "Enter")
    expect(page.get_by_label("Vad har gjorts?")).to_be_focused()
    page.keyboard.type("n: ringer hem i dag")  # a key that means 'next' is a letter here
    page.get_by_role("button", name="Spara som klart").focus()
    press(page, "Enter")
    expect(page.locator("#toasts").get_by_text("Raden är klar.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saga Lind")


def test_one_goes_back_jumps_and_sees_the_list(page: Page, class_of_ten: SchoolWithMarks) -> None:
    page.get_by_role("button", name="Gå igenom").click()
    place = page.locator(".round-place")
    expect(place).to_have_text("1 av 10")
    page.get_by_role("link", name="Elev 7 av 10").click()
    expect(place).to_have_text("7 av 10")
    press(page, "p")
    expect(place).to_have_text("6 av 10")
    press(page, "ArrowLeft")
    expect(place).to_have_text("5 av 10")
    page.go_back()
    expect(place).to_have_text("6 av 10")
    press(page, "l")
    expect(page.get_by_role("heading", level=1)).to_have_text("Genomgång")
    expect(page.get_by_text("öppnad")).to_have_count(4)
    assert_accessible(page)
    take_picture(page, "meeting-list")
    assert class_of_ten.saga.public


def test_a_blank_screen_stays_blank_when_the_next_pupil_comes(
    page: Page, class_of_ten: SchoolWithMarks
) -> None:
    page.get_by_role("button", name="Gå igenom").click()
    expect(page.locator(".round-place")).to_have_text("1 av 10")
    page.evaluate("document.querySelector('[data-round=after]').click()")
    press(page, "b")
    expect(page.locator(".round-place")).to_have_text("2 av 10")  # behind, where nobody sees it
    expect(page).to_have_title("Paus")
    press(page, "n")
    assert page.locator("body").inner_text().strip() == "Visa igen"
    press(page, "b")
    expect(page).to_have_title("Bella Ahl – Samnärvaro")
    assert class_of_ten.saga.public


def test_meeting_mode_fits_a_phone(page: Page, class_of_ten: SchoolWithMarks) -> None:
    page.get_by_role("button", name="Gå igenom").click()
    page.get_by_role("link", name="Elev 10 av 10").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Saga Lind")
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, "meeting-pupil-phone")
    page.get_by_role("link", name="Till slutet").click()
    as_on_a_phone(page)
    take_picture(page, "meeting-end-phone")
    assert class_of_ten.saga.public


def test_without_scripts_the_buttons_do_it(
    browser: Browser, page: Page, class_of_ten: SchoolWithMarks, live_server: LiveServer
) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="sv-SE")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape
    quiet = plain.new_page()
    quiet.goto(f"{live_server.url}/skola/klass/{class_of_ten.class_8b.public}/")
    quiet.get_by_role("button", name="Gå igenom").click()
    for number in range(1, 10):
        expect(quiet.locator(".round-place")).to_have_text(f"{number} av 10")
        quiet.get_by_role("link", name="Nästa").click()
    quiet.get_by_role("link", name="Till slutet").click()
    expect(quiet.get_by_text("Du gick igenom 10 av 10 elever.")).to_be_visible()
    plain.close()
