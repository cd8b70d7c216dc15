"""The recap of a case is one sheet of A4, however much is told; a long text keeps itself while it is written."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samnarvaro.base import clock
from samnarvaro.cases.domain.steps import SHAPES, Fact
from samnarvaro.cases.domain.telling import Told
from samnarvaro.cases.services import cases as services
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests import house as houses
from tests.browser.case_scenes import key_of
from tests.browser.eyes import assert_accessible, take_picture
from tests.rooms.cases import filling, way

SignIn = Callable[[Account], None]
pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Vi möts vid grinden varje morgon och går in tillsammans. " * 40
A_PAGE = re.compile(rb"/Type\s*/Page\b")


def test_it_is_one_sheet_however_much_is_told(page: Page, sign_in: SignIn) -> None:
    house, on = houses.build(clock.today()), clock.today()
    common: dict[str, Any] = {"by": key_of(house, Role.PRINCIPAL), "at": clock.now(), "on": on}
    filling.decided(house.classmate, **common)
    case = way.open_case(house.classmate, **common)
    for fact in Fact:
        if fact in SHAPES:
            given = way.SAID[fact] | {"words": LONG if SHAPES[fact].words else ""}
            day = on + timedelta(days=20)
            services.tell(case, Told(fact=fact, day=day, **given), **common)
    for _each in range(2):
        services.pause(case, words=LONG, until=on + timedelta(days=20), **common)
        services.resume(case, **common)
    sign_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))

    page.goto(f"/elev/{house.classmate}/arende/sammanfattning/")

    assert_accessible(page)
    take_picture(page, "case-recap")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(A_PAGE.findall(sheet)) == 1


def test_what_is_begun_keeps_itself_and_is_there_when_one_comes_back(
    page: Page, sign_in: SignIn
) -> None:
    house = houses.build(clock.today())
    sign_in(Account.objects.get(pk=house.accounts[Role.PRINCIPAL]))
    address = f"/elev/{house.own}/utredning/"

    page.goto(address)
    page.get_by_text("Skriv analysen").click()
    field = page.locator("#analyse-text")
    field.press_sequentially("Vi ser att morgnarna")
    expect(page.get_by_text("Utkastet är sparat. Bara du ser det.")).to_be_visible()
    assert_accessible(page)
    take_picture(page, "investigation-draft")

    page.goto(address)
    expect(page.locator("#analyse-text")).to_have_value("Vi ser att morgnarna")
    page.get_by_text("Skriv analysen").click()
    expect(page.get_by_text("Ditt utkast från")).to_be_visible()
