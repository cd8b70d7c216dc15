"""The parts of a pupil's page: they come where their heading stands, by keyboard, by finger, and
without scripts as pages of their own; and all of it is there to print.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, press, take_picture
from tests.browser.test_school_pages import school
from tests.rooms.staircase.school import Row, SchoolWithMarks

SignIn = Callable[[Account], None]
__all__ = ["school"]
# The way to each part, and what of it is then seen.
PARTS = {
    "Visa kurvan": "#curve .picture:visible",
    "Visa dagarna": "#earlier-years .picture:visible",
    "Visa mönstren": "#patterns .picture:visible >> nth=0",
    "Sök mönster": "#chance p >> nth=0",
    "Visa lektionerna": "#lessons #lesson-table",
    "Visa vilka": "#followers li >> nth=0",
}


def last_spring(school: SchoolWithMarks) -> Iterator[Row]:
    for number in range(60):
        day = date(2026, 3, 2) + timedelta(days=number)
        if day.weekday() < 5:
            yield from school.day(school.saga, day, away={1} if number % 4 else set(range(5)))


@pytest.fixture
def saga(school: SchoolWithMarks, sign_in: SignIn) -> str:
    """The address of Saga, who has an earlier school year; Mira is there."""
    school.take_in(last_spring(school))
    sign_in(Account.objects.get(username="mira"))
    return f"/elev/{school.saga.public}/"


def test_each_part_comes_in_its_place_by_keyboard(page: Page, saga: str) -> None:
    page.goto(saga)
    assert_accessible(page)
    take_picture(page, "pupil-at-a-glance")
    for number, (way, seen) in enumerate(PARTS.items(), start=1):
        link = page.get_by_role("link", name=way)
        link.focus()
        press(page, "Enter")
        expect(page.locator(seen)).to_be_visible()
        expect(link).to_have_count(0)
        place = seen.split()[0]
        assert page.evaluate("css => document.activeElement.closest(css) !== null", place), way
        assert page.url.endswith(saga)
        assert_accessible(page)
        assert Reading.objects.filter(what="pupil_part").count() == number
    take_picture(page, "pupil-with-all-parts")
    as_on_a_phone(page)
    take_picture(page, "pupil-with-all-parts-phone")


def test_the_page_at_a_glance_fits_a_phone(page: Page, saga: str) -> None:
    page.goto(saga)
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, "pupil-at-a-glance-phone")


def test_without_scripts_each_part_is_a_page(
    browser: Browser, page: Page, saga: str, live_server: LiveServer
) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="sv-SE")
    plain.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # the same shape
    quiet = plain.new_page()
    for way, seen in PARTS.items():
        quiet.goto(f"{live_server.url}{saga}")
        quiet.get_by_role("link", name=way).click()
        assert "/del/" in quiet.url
        expect(quiet.locator(seen)).to_be_visible()
        quiet.get_by_role("navigation").get_by_role("link", name="Saga Lind").click()
        assert quiet.url.endswith(saga)
    plain.close()


def test_a_part_by_itself_is_for_everybodys_eyes(page: Page, saga: str) -> None:
    for key in ("kurva", "tidigare-lasar", "monster", "slump", "lektioner", "vem-ser"):
        page.goto(f"{saga}del/{key}/")
        assert_accessible(page)
        as_on_a_phone(page)
        page.set_viewport_size({"width": 1280, "height": 900})


def test_all_of_it_is_there_to_print(page: Page, saga: str) -> None:
    page.goto(saga)
    page.get_by_role("link", name="Allt på en sida").click()
    assert_accessible(page)
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(media="print")
    for seen in (*PARTS.values(), "#kurva-tabell", "#veckodagar-tabell", "#followers-table"):
        expect(page.locator(seen)).to_be_visible()
    take_picture(page, "pupil-printed")
    assert not asked  # nothing has to be fetched for the paper
