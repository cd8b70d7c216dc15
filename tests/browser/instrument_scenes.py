"""Instruments: being filled in, refused, locked with what was answered before; and their own pages."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.instrument_answers import Told
from samnarvaro.mapping.domain.mappings import Method
from samnarvaro.mapping.models import InstrumentVersion, Response
from samnarvaro.mapping.services import responses
from samnarvaro.people.models import Account
from tests.browser.scenes import Set, scene
from tests.house import House
from tests.rooms.project.entering import signed_in

DEEP, YOUNGER = "samnarvaro-elev-aldre-fordjupad", "samnarvaro-elev-yngre-enkel"
HOME = "samnarvaro-vardnadshavare-enkel"


def at_work(house: House, role: Role) -> Client:
    return signed_in(Account.objects.get(pk=house.accounts[role]))


def instrument(name: str) -> UUID:
    return InstrumentVersion.objects.get(name=name, state="active").public


def begun(house: House, role: Role, name: str, **answers: Any) -> UUID:
    by = consents.scope_for(house.accounts[role], hat=None, on=clock.today())
    when: dict[str, Any] = {"by": by, "at": clock.now()}
    made = responses.begin(house.own, instrument(name), on=clock.today(), **when)
    given = {link.removeprefix("q").replace("_", "."): value for link, value in answers.items()}
    told = Told(held_on=clock.today(), method=Method.TALK, who="Saga själv", answers=given)
    responses.save(made, told, about=tuple(given), on=clock.today(), **when)
    return made


def page_of(response: UUID, step: int = 1) -> str:
    return f"{reverse('mapping:response', args=[response])}?steg={step}"


@scene
def an_instrument_with_pictures(house: House) -> Iterator[Set]:
    made = begun(house, Role.COUNSELLOR, YOUNGER, q1_1="bra")
    yield Set(at_work(house, Role.COUNSELLOR), page_of(made))
    Response.objects.filter(public=made).delete()


@scene
def an_instrument_that_asks_for_more_by_itself(house: House) -> Iterator[Set]:
    made = begun(house, Role.MENTOR, HOME, q1_1="helt")

    def answer(page: Page) -> None:
        page.get_by_label("Stämmer inte", exact=True).nth(1).check()
        page.get_by_label("Vad skulle göra det möjligt, eller lättare?").fill("En buss till.")
        page.get_by_role("status").filter(has_text=re.compile(r"Sparat \d")).wait_for()

    yield Set(at_work(house, Role.MENTOR), page_of(made), answer)
    Response.objects.filter(public=made).delete()


@scene
def an_instrument_that_cannot_be_locked_yet(house: House) -> Iterator[Set]:
    made = begun(house, Role.COUNSELLOR, DEEP, q1_1="ofta")

    def hand_in(page: Page) -> None:
        page.get_by_role("button", name="Klar: lås formuläret").click()
        page.get_by_text("Några frågor på andra sidor behöver svar").wait_for()

    yield Set(at_work(house, Role.COUNSELLOR), page_of(made, 6), hand_in)
    Response.objects.filter(public=made).delete()


@scene
def an_instrument_answered_for_the_second_time(house: House) -> Iterator[Set]:
    name = "samnarvaro-elev-aldre-enkel"
    made = begun(house, Role.COUNSELLOR, name, q2_1="1", q2_2="ofta", q2_3="ofta")
    by = consents.scope_for(house.accounts[Role.COUNSELLOR], hat=None, on=clock.today())
    responses.lock(made, by=by, at=clock.now())
    yield Set(at_work(house, Role.COUNSELLOR), reverse("mapping:response", args=[made]))
    Response.objects.filter(public=made).delete()


@scene
def an_instrument_and_what_it_asks(house: House) -> Iterator[Set]:
    client = at_work(house, Role.SYSTEM_ADMINISTRATOR)
    yield Set(client, reverse("instruments:one", args=[instrument(HOME)]))


@scene
def a_blank_instrument_on_paper(house: House) -> Iterator[Set]:
    yield Set(at_work(house, Role.MENTOR), reverse("instruments:paper", args=[instrument(YOUNGER)]))


@scene
def an_instrument_with_faults_that_is_not_loaded(house: House) -> Iterator[Set]:
    def hand_in(page: Page) -> None:
        page.get_by_label("Eller som text").fill('{"resourceType": "Questionnaire", "item": [{}]}')
        page.get_by_label("Vi har rätt att använda formuläret").check()
        page.get_by_role("button", name="Läs in").click()
        page.get_by_text("Något behöver rättas").wait_for()

    client = at_work(house, Role.SYSTEM_ADMINISTRATOR)
    yield Set(client, reverse("instruments:copy", args=[instrument(HOME)]), hand_in)
