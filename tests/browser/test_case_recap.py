"""The recap of a case is one sheet of A4, also when everything in it is as long as it can be."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

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
