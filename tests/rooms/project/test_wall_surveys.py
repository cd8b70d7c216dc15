"""Surveys behind the second wall: nobody answers, somebody reads what may be shown, no one the sums."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from samnarvaro.base import clock, wall
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Role
from samnarvaro.mapping.models import Survey, SurveySum
from samnarvaro.project.vik import asked
from tests.house import House
from tests.rooms.project.test_wall_requests import client_of, house, nobody
from tests.rooms.project.walled import fetch, on_postgres

pytestmark = [pytest.mark.django_db, on_postgres]
assert house  # a fixture, as is the next
assert nobody


@pytest.fixture
def principal(nobody: House) -> Client:
    cache.clear()
    return client_of(Role.PRINCIPAL, nobody)


def opened(principal: Client, unit: object) -> str:
    """The address of a survey that the principal makes and opens through its pages."""
    draft = principal.post("/trivsel/", {"unit": unit})["Location"]
    form = principal.get(draft).content.decode()
    groups = re.findall(r'name="groups" value="([0-9a-f-]+)"', form)
    day = clock.today().isoformat()
    sent = {
        "do": "alter", "open": "1", "title": "Hur är det?", "opens_on": day, "closes_on": day,
        "items": ["lunch"], "groups": groups,
    }  # fmt: skip
    assert principal.post(draft, sent).status_code == 302
    return draft


def codes(principal: Client, survey: str, group: object) -> list[str]:
    page = principal.post(f"{survey}lappar/", {"group": group, "many": "2"}).content.decode()
    return re.findall(r'<span class="survey-code">([A-Z0-9-]+)</span>', page)


def test_from_draft_to_results(principal: Client, nobody: House) -> None:
    survey = opened(principal, nobody.unit)
    for _round in range(3):
        for code in codes(principal, survey, nobody.group):
            pupil = Client()
            assert pupil.post("/enkat/", {"code": code}).status_code == 200
            sent = pupil.post("/enkat/", {"code": code, "q0": "often", "send": "1"})
            assert sent["Location"] == "/enkat/tack/"
    assert Client().post("/enkat/", {"code": "BCDF"}).status_code == 422
    assert "6 av 6 lappar" in principal.get(survey).content.decode()

    principal.post(survey, {"do": "close"})

    told = principal.get(survey).content.decode()
    assert "Hela skolan: 6 svar" in told
    assert "6 av 6 svarar alltid eller ofta." in told
    assert "6 av 6 svarar" in client_of(Role.MENTOR, nobody).get(survey).content.decode()


def test_the_sums_are_shut_to_every_person(principal: Client, nobody: House) -> None:
    opened(principal, nobody.unit)
    question = "SELECT answers FROM mapping_surveysum"

    for role in (Role.PRINCIPAL, Role.MENTOR, Role.SYSTEM_ADMINISTRATOR):
        by = consents.scope_for(nobody.accounts[role], hat=None, on=clock.today())
        with wall.request_of(by, clock.now()):
            assert fetch(question) == []
            assert SurveySum.objects.update(answers=9) == 0
    with wall.request_of(None, clock.now()):
        assert fetch(question) == []
    with wall.system("test"):
        assert (0,) in fetch(question)


def test_in_the_demo_nobody_draws_a_slip(principal: Client, nobody: House) -> None:
    account = nobody.accounts[Role.PRINCIPAL]
    with wall.request_of(None, clock.now()):
        assert asked.fresh_slip(account, clock.today(), now=clock.now()) is None
    opened(principal, nobody.unit)
    with wall.request_of(None, clock.now()):
        code = asked.fresh_slip(account, clock.today(), now=clock.now())

    assert Client().post("/enkat/", {"code": code}).status_code == 200
    assert Survey.objects.count() == 1
