"""A school asks, a pupil answers on a phone without being anybody, and the principal sees the sums."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.mapping.models import SurveySum
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town
from tests.rooms.mapping.surveyed import AFTER, NEVER, OFTEN, answer_all, fill, opened, slips

SignIn = Callable[[Account], None]


@pytest.fixture
def town(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Town:  # noqa: ARG001  # its database
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 21, 12, 0, tzinfo=NOON.tzinfo))
    found = Town()
    fill(found, found.class_8a, 8)
    return found


def test_asked_answered_on_a_phone_and_read_together(
    page: Page, town: Town, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = opened(town)
    *others, mine = slips(town, survey, town.class_8a, 6)
    answer_all(others, OFTEN, NEVER)

    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/enkat/#{mine}")
    expect(page.get_by_label("Kod")).to_have_value(mine)
    assert mine not in page.url
    assert_accessible(page)
    page.get_by_role("button", name="Visa frågorna").click()
    for answer in page.get_by_label("Ofta").all():
        answer.check()
    assert_accessible(page)
    take_picture(page, "survey-phone")
    page.get_by_role("button", name="Skicka mina svar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack, ditt svar är sparat")
    assert_accessible(page)
    assert SurveySum.objects.get(of__group=town.class_8a).counts[1] == [0, 1, 0, 5, 0]

    page.goto("/enkat/")
    page.get_by_label("Kod").fill(mine)
    page.get_by_role("button", name="Visa frågorna").click()
    expect(page.locator("#code_error")).to_contain_text("Har du redan svarat")

    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(Account.objects.get(username="ragnar"))
    page.goto("/trivsel/")
    page.get_by_role("link", name="Trivsel i höst").click()
    expect(page.get_by_text("6 av 6 lappar är använda")).to_be_visible()
    expect(page.get_by_text("svarar alltid eller ofta")).to_have_count(0)

    monkeypatch.setattr(clock, "today", lambda: AFTER)
    page.reload()
    expect(page.get_by_role("heading", name="Hela skolan: 6 svar")).to_be_visible()
    expect(page.get_by_text("Är skolgården rolig? 1 av 6 svarar").first).to_be_visible()
    assert_accessible(page)
    take_picture(page, "survey-results")
    as_on_a_phone(page)
