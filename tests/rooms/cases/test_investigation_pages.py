"""The investigation on the web: written part by part, printed as one document, kept from all others."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.cases.domain.investigation import Part
from samnarvaro.cases.models import Investigation
from tests.rooms.cases.town import SECRET, CaseTown, client_of, words

SENT: dict[Part, dict[str, str]] = {
    Part.CONSULT: {"consulted": "pupil", "held_on": "2026-10-20", "text": "vi pratade i vilrummet"},
    Part.PERSPECTIVE: {"kind": "social", "whose": "Karin Sjö, kurator", "text": "två vänner flyttade"},
    Part.ANALYSE: {"text": "ljudet i matsalen stänger dörren"},
    Part.SUPPORT: {"support": "together", "words": "når inte målen i matematik"},
    Part.MEASURE: {"what": "äter i vilrummet", "responsible": "Mira Ek"},
}  # fmt: skip
WANTED = (
    "vi pratade i vilrummet", "två vänner flyttade", "ljudet i matsalen", "når inte målen",
    "äter i vilrummet",
)  # fmt: skip


def address(town: CaseTown) -> str:
    return f"/elev/{town.saga.public}/utredning/"


def send(client: Client, town: CaseTown, part: str, **given: str) -> Any:
    version = str(
        Investigation.objects.order_by("pk").values_list("version", flat=True).last() or 0
    )
    return client.post(address(town), {"part": part, "version": version, **given})


def test_the_principal_judges_on_the_page_and_sees_what_is_missing(town: CaseTown) -> None:
    client = client_of(town.ragnar)
    assert "Bedöm frånvaron" in words(client.get(f"/elev/{town.saga.public}/"))
    to_fill_in = words(client.get(address(town)))
    assert "Spara bedömningen" in to_fill_in
    assert "(frivilligt)" not in to_fill_in  # what is missed when it is left out is not optional
    refused = send(client, town, "judge", why=SECRET)
    assert refused.status_code == 422
    assert "Välj din bedömning." in words(refused)
    assert SECRET in words(refused)

    send(client, town, "judge", judgement="both", why=SECRET)

    page = words(client.get(address(town)))
    assert "Anmäld till huvudmannen 21 oktober" in page
    assert "Samråd med vårdnadshavare, eller varför det inte gick" in page
    assert "Inte inhämtat: pedagogiskt, socialt, psykologiskt, medicinskt." in page


def test_each_part_is_written_and_all_of_it_printed(town: CaseTown) -> None:
    town.judge()
    client = client_of(town.ragnar)
    for part, sent in SENT.items():
        assert send(client, town, part, **sent).status_code == 302, part

    for shown in (client.get(address(town)), client.get(f"{address(town)}dokument/")):
        page = words(shown)
        assert [each for each in WANTED if each not in page] == []
    assert Reading.objects.order_by("-pk")[0].action == "print"
    assert Reading.objects.order_by("-pk")[0].classes == ["K0", "K1", "K3", "K5"]
    assert "<textarea" not in words(client.get(f"{address(town)}dokument/"))


def test_a_whole_course_on_the_page(town: CaseTown) -> None:
    public = town.judge()
    town.fill(public)
    client = client_of(town.ragnar)
    assert "Fatta beslut" in words(client.get(address(town)))
    send(client, town, "decide", text="så gör vi", look_on="2026-11-20")
    refused = send(client, town, "follow_up", outcome="worse", text="fler dagar")
    assert "Det har inte räckt. Skriv vad nytt ni gör" in words(refused)
    send(
        client, town, "follow_up", outcome="better", text="varje dag nu", look_on="2026-12-01"
    )  # fmt: skip
    send(client, town, "close", text="det håller i sig")

    page = words(client.get(address(town)))
    assert "Tidigare bedömningar" in page
    old = words(client.get(f"{address(town)}dokument/?nr={public}"))
    assert "det håller i sig" in old
    assert "varje dag nu" in old


def test_the_counsellor_writes_and_does_not_decide(town: CaseTown) -> None:
    public = town.judge()
    town.fill(public)
    page = words(client_of(town.karin).get(address(town)))
    assert "Skriv in ett samråd" in page
    assert "Fatta beslut" not in page
    sent = send(client_of(town.karin), town, "decide", text="jag", look_on="2026-11-20")
    assert sent.status_code == 422


@pytest.mark.parametrize("who", ["mira", "pia", "tove", "agda", "vera", "petra", "sonja", "eva"])
def test_for_everybody_else_the_page_is_not_there(town: CaseTown, who: str) -> None:
    town.judge()
    client = client_of(getattr(town, who))
    for url in (address(town), f"{address(town)}dokument/"):
        assert client.get(url).status_code == 404
    assert (
        client.post(
            address(town), {"part": "judge", "judgement": "long", "why": "lång"}
        ).status_code
        == 404
    )
    assert Investigation.objects.count() == 1


def test_what_is_no_part_or_no_investigation_is_not_there(town: CaseTown) -> None:
    client = client_of(town.ragnar)
    assert send(client, town, "analyse", text="utan utredning").status_code == 404
    assert client.get(f"{address(town)}dokument/").status_code == 404
    town.judge()
    assert send(client, town, "erase").status_code == 404
    for nr in ("x", str(uuid4())):
        assert client.get(f"{address(town)}dokument/?nr={nr}").status_code == 404


def test_a_note_to_the_mentor_is_not_on_the_pupils_page(town: CaseTown) -> None:
    town.judge()
    assert "Utredning av frånvaro" in words(client_of(town.karin).get(f"/elev/{town.saga.public}/"))
    for who in ("mira", "pia"):
        page = words(client_of(getattr(town, who)).get(f"/elev/{town.saga.public}/"))
        assert "Utredning av frånvaro" not in page


def test_who_is_appointed_is_chosen_on_the_page(town: CaseTown) -> None:
    town.judge()
    client = client_of(town.ragnar)
    send(client, town, "appoint", person=str(town.pia.public))
    assert "Pia Psykolog utreder" in words(client.get(f"/elev/{town.saga.public}/"))
    assert client_of(town.pia).get(address(town)).status_code == 200


def test_the_page_asks_the_same_number_of_questions_however_much_is_written(town: CaseTown) -> None:
    public = town.judge()
    client = client_of(town.ragnar)

    def ask() -> int:
        client.get(address(town))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(town))
        return len(asked)

    few = ask()
    for _ in range(5):
        send(client, town, Part.CONSULT, **SENT[Part.CONSULT])
        send(client, town, Part.MEASURE, **SENT[Part.MEASURE])
        send(client, town, Part.PERSPECTIVE, **SENT[Part.PERSPECTIVE])
    assert ask() == few
    assert len(town.whole(public).todos) == 5
