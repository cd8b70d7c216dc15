"""The caring call in a real browser: by keyboard alone, and on a phone."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.outreach.models import Contact
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, press, take_picture
from tests.rooms.outreach.school import (
    AT,
    EK,
    FIRST_CALL,
    FRIDAY,
    CallingSchool,
    day,
    record,
    rows,
    settle,
)

SignIn = Callable[[Account], None]
MOST_KEYS = 60  # from Min dag to a saved call; a minute has room for many more


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))


@pytest.fixture
def school(page: Page, live_server: LiveServer, sign_in: SignIn, tmp_path: Path) -> CallingSchool:
    """Robin is away the first day; his mentor looks at her day."""
    found = CallingSchool(tmp_path)
    found.take_in(day(found.robin, "uu", code=EK))
    settle()
    sign_in(Account.objects.get(username="elin"))
    page.goto(live_server.url)
    return found


class Keyboard:
    """Hands that have no mouse; they count what they press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        press(self.page, key)
        self.pressed += 1

    def to(self, what: str, most: int = 25) -> None:
        """Go on by tab until what has the focus bears these words."""
        for _ in range(most):
            self.press("Tab")
            if what in self.focused():
                return
        raise AssertionError(f"{what} is not reached in {most} steps")

    def focused(self) -> str:
        return str(
            self.page.evaluate(
                "(() => { const at = document.activeElement;"
                " const label = at.labels && at.labels[0];"
                " const set = at.closest('fieldset');"
                " return [at.textContent, label && label.textContent,"
                " set && set.querySelector('legend').textContent].join(' '); })()"
            )
        )


def test_a_call_is_made_and_kept_by_keyboard_alone(page: Page, school: CallingSchool) -> None:
    keys = Keyboard(page)
    page.locator("#content").focus()
    keys.to("Ring Robin", most=40)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Ring vårdnadshavare")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "call")

    keys.to("Vem?")
    keys.press("ArrowDown")  # it was Omar who answered
    keys.to("Hur gick det?")
    keys.press("Space")
    keys.to("Skäl som sades")
    page.keyboard.type("Sj")
    keys.to("Anteckning")
    page.keyboard.type("Feber i natt.")
    keys.to("Spara samtalet")
    keys.press("Enter")

    expect(page.get_by_text("Samtalet är sparat.").first).to_be_visible()
    assert keys.pressed <= MOST_KEYS
    contact = Contact.objects.get()
    assert (contact.guardian, contact.outcome) == (school.omar, "reached")
    assert (contact.cause, contact.text) == ("illness", "Feber i natt.")
    assert rows()[FIRST_CALL, "Robin"].state == "done"


def test_on_a_phone_nothing_is_lost_when_something_is_missing(
    page: Page, school: CallingSchool, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/elev/{school.robin.public}/samtal/")
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, "call-phone")

    page.get_by_role("radio", name="Nådd", exact=True).check()
    page.get_by_label("Anteckning").fill("Omar undrar över läxan.")
    page.get_by_text("Jag lovade något").click()
    page.get_by_label("Jag lovade att").select_option("send_work")
    page.get_by_role("button", name="Spara samtalet").click()

    expect(page.get_by_text("Välj till vilken dag.").first).to_be_visible()
    expect(page.get_by_label("Anteckning")).to_have_value("Omar undrar över läxan.")
    expect(page.get_by_label("Senast")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "call-phone-refused")
    page.get_by_label("Senast").fill("2026-11-23")
    page.get_by_role("button", name="Spara samtalet").click()
    expect(page.get_by_text("Samtalet är sparat.").first).to_be_visible()


def test_the_log_the_announcement_and_the_principals_list_are_accessible(
    page: Page, school: CallingSchool, live_server: LiveServer, sign_in: SignIn
) -> None:
    record(school.elin, school.robin, None, guardian=school.maria.pk, text="Allt är bra")
    for rest in ("", "kontakter/", "kontakter/ny/", "franvaro/"):
        page.goto(f"{live_server.url}/elev/{school.robin.public}/{rest}")
        assert_accessible(page)
        as_on_a_phone(page)
        take_picture(page, f"pupil-{rest.replace('/', '-') or 'page'}phone")
        page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(Account.objects.get(username="petra"))
    page.goto(f"{live_server.url}/skola/{school.ek.public}/informerade/")
    assert_accessible(page)
    take_picture(page, "informed")
    page.goto(live_server.url)
    assert_accessible(page)
    sign_in(Account.objects.get(username="agda"))
    page.goto(f"{live_server.url}/samtal/rutin/")
    assert_accessible(page)
