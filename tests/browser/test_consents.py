"""A family is asked, answers, is seen by another agency, and takes it back: on a desk and a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import clock
from samnarvaro.consents.models import Consent
from samnarvaro.organisation.models import Agency
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.consents.agreed import NOON, SOCIAL, WEDNESDAY, Town

SignIn = Callable[[Account], None]


@pytest.fixture
def town(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Town:  # noqa: ARG001  # its database
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    found = Town()
    Agency.objects.filter(zone=SOCIAL).update(name="Socialtjänsten i Vik")
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=found.saga, scheduled=300, excused=60, unexcused=0, unreported=0,
        late=0, days=1, run=0, unit=found.strand,
    )  # fmt: skip
    return found


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    take_picture(page, name)
    as_on_a_phone(page)
    take_picture(page, f"{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})


def be(sign_in: SignIn, username: str) -> None:
    sign_in(Account.objects.get(username=username))


def test_asked_answered_seen_taken_back_and_gone(page: Page, town: Town, sign_in: SignIn) -> None:
    be(sign_in, "mira")
    _ask(page, town)
    for who in ("Lena Lind", "Per Lind"):
        _answer(page, who)
    expect(page.get_by_text("Samtycke finns").first).to_be_visible()
    looked_at(page, "consent-given")

    be(sign_in, "hanna")
    page.goto("/samtycken/nya/")
    looked_at(page, "consent-arrived")
    page.get_by_label("Till vem?").select_option(label="Sonja Frisk, skolsocionom")
    page.get_by_role("button", name="Lämna ärendet").click()
    expect(page.get_by_text("Inget väntar på dig")).to_be_visible()

    be(sign_in, "sonja")
    page.goto("/barn/")
    page.get_by_role("link", name="Saga Lind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saga Lind")
    expect(page.get_by_text("Borta, 30 dagar", exact=True)).to_be_visible()
    looked_at(page, "child-opened")
    seen = page.url

    be(sign_in, "mira")
    page.goto(f"/samtycke/{Consent.objects.get().public}/")
    page.locator("summary", has_text="Familjen tar tillbaka").click()
    page.get_by_role("button", name="Ta tillbaka samtycket").click()
    expect(page.get_by_text("Från och med nu delas inget.").first).to_be_visible()

    be(sign_in, "sonja")
    page.goto(seen)
    expect(page.get_by_text("Återtaget", exact=True)).to_be_visible()
    assert "Saga" not in page.content()
    looked_at(page, "child-closed")


def _ask(page: Page, town: Town) -> None:
    page.goto(f"/elev/{town.saga.public}/samtycken/")
    page.get_by_role("link", name="Fråga om samtycke").click()
    looked_at(page, "consent-ask")
    page.get_by_role("button", name="Visa frågan").click()
    expect(page.get_by_text("Välj vem som ska få ta del av uppgifterna.").first).to_be_visible()
    page.get_by_label("Socialtjänsten i Vik").check()
    page.get_by_label("Vad ska det användas till?").fill("Att mornarna hänger ihop")
    page.get_by_role("button", name="Visa frågan").click()
    looked_at(page, "consent-words")
    page.get_by_role("button", name="Spara frågan").click()
    expect(page.get_by_text("Väntar på svar")).to_be_visible()


def _answer(page: Page, who: str) -> None:
    party = page.locator("article", has=page.get_by_role("heading", name=who))
    party.locator("summary", has_text="Skriv upp ett svar").click()
    party.get_by_label("Ja", exact=True).check()
    party.get_by_label("Hur kom svaret?").select_option("paper")
    party.get_by_role("button", name=f"Spara svaret från {who}").click()
    expect(page.get_by_text(f"{who} sa ja").first).to_be_visible()
