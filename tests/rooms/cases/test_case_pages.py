"""The case on the web: opened, told of, moved; what lacks said at once; other agencies by consent."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.cases.domain.steps import Fact, Step
from samnarvaro.cases.models import Case
from samnarvaro.cases.queries.cases import Told
from samnarvaro.cases.web import case_shown
from samnarvaro.kernel.privacy import DataClass as K
from tests.rooms.cases import way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words
from tests.rooms.cases.way import NEED

SHARED = (K.NAME, K.ATTENDANCE, K.MAPPING)


def common(town: CaseTown, who: str = "ragnar") -> dict[str, Any]:
    return {"by": scope(getattr(town, who)), "at": NOON, "on": WEDNESDAY}


def page_of(town: CaseTown) -> str:
    return f"/elev/{town.saga.public}/arende/"


def send(client: Client, town: CaseTown, act: str, **given: str) -> Any:
    return client.post(page_of(town), {"act": act, **given})


def moved(client: Client, town: CaseTown, to: Step, version: int | None = None) -> Any:
    seen = Case.objects.get().version if version is None else version
    return send(client, town, "move", to=to.value, version=str(seen))


def test_a_mentor_opens_a_case_and_sees_that_it_is_there(town: CaseTown) -> None:
    client = client_of(town.mira)
    begin = f"{page_of(town)}nytt/"
    assert "Öppna ett ärende" in words(client.get(f"/elev/{town.saga.public}/"))
    refused = client.post(begin, {"referrer": "guardian"})
    assert refused.status_code == 422
    assert "Skriv vilket behov ni ser." in words(refused)

    answer = client.post(begin, {"need": NEED, "referrer": "guardian"})

    assert answer.headers["Location"] == f"/elev/{town.saga.public}/"
    page = words(client.get(f"/elev/{town.saga.public}/"))
    assert "Steg 1 av 7: Uppmärksammat" in page
    assert NEED not in page
    assert "Det finns redan ett öppet ärende" in words(client.get(begin))
    assert client.get(page_of(town)).status_code == 404


def test_facts_are_told_and_the_case_is_moved_on_its_page(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    client = client_of(town.ragnar)
    page = words(client.get(page_of(town)))
    assert "Det här saknas innan nästa steg:" in page
    assert "Vilka som behövs" in page
    refused = moved(client, town, Step.INTAKE)
    assert refused.status_code == 422
    assert "Ärendet flyttades inte" in words(refused)

    send(client, town, "trigger", choice="complex", words="många trådar")
    send(client, town, "professions", words="kurator")
    assert send(client, town, "form", choice="").status_code == 422
    send(client, town, "form", choice="meeting")
    assert moved(client, town, Step.INTAKE).status_code == 302

    page = words(client.get(page_of(town)))
    assert "Steg 2 av 7: Aktualisering och uppstart" in page
    assert "Situationen är sammansatt. många trådar" in page
    assert "Familjen har inte svarat om att dela uppgifter." in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K0", "K1", "K5"]


def test_who_comes_second_is_told_so_in_words(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    way.tell(case, Fact.TRIGGER, Fact.PROFESSIONS, Fact.FORM, **common(town))
    client, seen = client_of(town.ragnar), Case.objects.get().version
    moved(client, town, Step.INTAKE, seen)
    answer = moved(client, town, Step.INTAKE, seen)
    assert "Någon annan ändrade ärendet medan du läste." in words(answer)


def test_it_rests_goes_on_and_has_tracks_beside_it(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    client = client_of(town.karin)
    assert send(client, town, "pause", words="").status_code == 422
    send(client, town, "pause", words="bortresta", until="2026-11-10")
    assert "Ärendet vilar" in words(client.get(page_of(town)))
    send(client, town, "resume")
    assert send(client, town, "resume").status_code == 422
    assert send(client, town, "side", words="möte").status_code == 422
    send(client, town, "side", kind="meeting", words="med BUP")
    page = words(client.get(page_of(town)))
    assert "Samverkansmöte" in page
    side = page.split('name="side" value="')[1].split('"')[0]
    assert send(client, town, "end_side", side=side, outcome="").status_code == 422
    send(client, town, "end_side", side=side, outcome="alla kom")
    assert "alla kom" in words(client.get(page_of(town)))


def test_a_meeting_is_proposed_when_it_is_not_better_and_several_are_needed(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    town.agree(classes=SHARED)
    way.to_follow_up(case, **common(town))
    client = client_of(town.karin)
    assert "Dags för ett samverkansmöte?" not in words(client.get(page_of(town)))
    send(client, town, "evaluation", choice="worse", words="fler dagar")
    assert "Dags för ett samverkansmöte?" in words(client.get(page_of(town)))


def test_a_wish_to_end_it_is_seen_until_it_is_answered(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    client = client_of(town.ragnar)
    send(client, town, "wish", choice="pupil", words="det räcker nu")
    page = words(client.get(page_of(town)))
    assert "Familjen vill avsluta" in page
    assert "Eleven. det räcker nu" in page
    way.close(case, **common(town))
    page = words(client.get(page_of(town)))
    assert "Familjen vill avsluta" not in page
    assert "Öppna ärendet igen" in page
    moved(client, town, Step.INTAKE)
    assert "Ärendet öppnades igen, i steget Aktualisering" in words(client.get(page_of(town)))


@pytest.mark.parametrize("who", ["mira", "pia", "tove", "agda", "vera", "petra", "sonja", "eva"])
def test_for_everybody_else_there_is_no_such_page(town: CaseTown, who: str) -> None:
    way.open_case(town.saga.public, **common(town))
    client = client_of(getattr(town, who))
    assert client.get(page_of(town)).status_code == 404
    assert send(client, town, "wish", choice="pupil", words="slut").status_code == 404


def test_what_is_no_act_no_step_or_no_case_is_not_there(town: CaseTown) -> None:
    client = client_of(town.ragnar)
    assert client.get(page_of(town)).status_code == 404
    way.open_case(town.saga.public, **common(town))
    for given in ({"act": "erase"}, {"act": "sharing"}, {"act": "move", "to": "x", "version": "1"}):
        assert client.post(page_of(town), given).status_code == 404
    assert moved(client, town, Step.INTAKE, 99).status_code == 422
    assert send(client, town, "end_side", side="x", outcome="slut").status_code == 404
    assert client.get(f"{page_of(town)}?nr=x").status_code == 404


def test_social_services_read_it_on_their_own_page_while_the_family_agrees(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    tie = town.tie(town.sonja, town.saga).public
    client, url = client_of(town.sonja), f"/arenden/delat/{tie}/"
    assert client.get(url).status_code == 404
    assert "Skolans ärende" not in words(client.get(f"/barn/{tie}/"))
    town.agree(classes=SHARED)

    assert "Skolans ärende" in words(client.get(f"/barn/{tie}/"))
    page = words(client.get(url))
    assert NEED in page
    assert "Skriv in" not in page
    assert Reading.objects.order_by("-pk")[0].ground.startswith("consent:")
    assert case


def test_the_board_leads_to_each_case_and_through_them_one_by_one(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    client = client_of(town.ragnar)
    page = words(client.get("/arenden/"))
    assert "Saga Lind" in page
    assert f'name="pupil" value="{town.saga.public}"' in page
    assert client_of(town.mira).get("/arenden/").status_code == 404


def test_pages_ask_the_same_number_of_questions_however_much_is_told(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    client = client_of(town.ragnar)

    def ask(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    few = [ask(page_of(town)), ask("/arenden/")]
    for _ in range(4):
        way.tell(case, Fact.TRIGGER, Fact.PROFESSIONS, **common(town))
    way.open_case(town.noor.public, **common(town))
    assert [ask(page_of(town)), ask("/arenden/")] == few


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Teamet stöttar", "Teamet stöttar. 18 november"),
        ("Teamet stöttar.", "Teamet stöttar. 18 november"),
        ("Vill du?", "Vill du? 18 november"),
        ("", "18 november"),
    ],
)
def test_what_was_told_ends_with_one_mark_before_its_day(words: str, shown: str) -> None:
    told = Told(
        fact=Fact.INVITATION, choice="", words=words, day=date(2026, 11, 18), at=NOON, on=WEDNESDAY,
        by_name="Karin", holds=True, is_fresh=True,
    )  # fmt: skip

    assert case_shown.line(told) == shown
