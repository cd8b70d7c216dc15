"""A rule set is copied, tried, saved, chosen and taken back in a real browser; on a desk and on a phone."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from samnarvaro.staircase.models import Choice, RuleSet
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks

SignIn = Callable[[Account], None]


@pytest.fixture
def school(
    page: Page,  # noqa: ARG001  # the browser is to be there
    live_server: LiveServer,  # noqa: ARG001  # and the server
    sign_in: SignIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> SchoolWithMarks:
    now = datetime.combine(FRIDAY, AT.timetz())
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: now)
    school = SchoolWithMarks(tmp_path)
    school.take_in_autumn()
    sign_in(Account.objects.get(username="agda"))
    return school


def look(page: Page, name: str) -> None:
    """Hold the page to the rules at both widths, and keep a picture of each."""
    assert_accessible(page)
    take_picture(page, name)
    size = page.viewport_size
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, f"{name}-phone")
    if size:
        page.set_viewport_size(size)


def test_a_rule_is_changed_with_its_dry_run(page: Page, school: SchoolWithMarks) -> None:  # noqa: ARG001
    page.goto("/regelverk/")
    look(page, "rules-shelf")
    page.get_by_role("link", name="Stadsmodellen").first.click()
    page.get_by_role("link", name="Prova på dagens elever").click()
    expect(page.get_by_text("står 2 av 3 elever på ett steg i dag")).to_be_visible()
    look(page, "rules-one-tried")

    page.get_by_role("link", name="Kopiera till ett eget").click()
    page.get_by_label("Vad regelverket ska heta").fill("Viks trappa")
    page.get_by_label("Gräns, procent").first.fill("101")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_label("Gräns, procent").first).to_have_value("101")
    page.get_by_label("Gräns, procent").first.fill("60")
    page.get_by_role("button", name="Prova på dagens elever").click()
    expect(page.get_by_text("står 1 av 3 elever på ett steg i dag")).to_be_visible()
    expect(page.get_by_label("Gräns, procent").first).to_have_value("60")
    look(page, "rules-copy-tried")
    assert not RuleSet.objects.filter(key="own-1").exists()
    page.get_by_role("button", name="Spara").click()

    expect(page.get_by_role("heading", name="Viks trappa", level=1)).to_be_visible()
    page.get_by_role("link", name="Välj att det ska gälla").click()
    page.get_by_label("Strandskolan").check()
    page.get_by_label("8", exact=True).check()
    look(page, "rules-choose")
    page.get_by_role("button", name="Spara valet").click()
    expect(page.get_by_text("Strandskolan · årskurs 8")).to_be_visible()
    assert Choice.objects.get(key="own-1").first_day > FRIDAY

    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.get_by_text("Valet är taget tillbaka")).to_be_visible()
    look(page, "rules-taken-back")
