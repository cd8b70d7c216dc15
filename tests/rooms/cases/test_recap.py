"""A case on one page: plain words, what this viewer reads, logged; nobody else has the page."""

from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.cases.domain.steps import Fact
from samnarvaro.cases.domain.telling import Told as ToldFact
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.web.recap import LONG, SHORT, short
from samnarvaro.mapping.domain.status import Occasion, Status, Told
from samnarvaro.mapping.services import statuses
from samnarvaro.notes import services as notes
from tests.rooms.cases import way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words
from tests.rooms.mapping.mapped import locked


def common(town: CaseTown, who: str = "ragnar") -> dict[str, Any]:
    return {"by": scope(getattr(town, who)), "at": NOON, "on": WEDNESDAY}


def url(town: CaseTown) -> str:
    return f"/elev/{town.saga.public}/arende/sammanfattning/"


def page(town: CaseTown, who: str = "ragnar") -> str:
    return words(client_of(getattr(town, who)).get(url(town)))


def test_a_new_case_says_what_is_missing_and_that_nothing_is_shared(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    said = page(town)
    for each in (
        "Steg 1 av 7: Uppmärksammat, sedan 21 oktober 2026", way.NEED, "Inget är bestämt ännu.",
        "Ingen kartläggning är klar ännu.", "Rektor tar nästa steg.",
        "Innan dess saknas: Varför det behövs samverkan, Vilka som behövs, Hur ni samverkar.",
        "Inget delas utanför skolan.", "21 oktober 2026, Ragnar Holm: Ärendet öppnades",
    ):  # fmt: skip
        assert each in said, each


def test_it_says_what_holds_what_is_mapped_and_with_whom_is_shared(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    town.agree()
    way.to_planning(case, **common(town))
    way.tell(case, Fact.GOAL, Fact.RESPONSIBLE, **common(town))
    locked(town)
    for ago, status in ((60, Status.REPEATED), (0, Status.PERIODS)):
        given = Told(
            status=status, occasion=Occasion.FOLLOW_UP, set_on=WEDNESDAY - timedelta(days=ago)
        )
        statuses.set_status(town.saga.public, given, **common(town, "mira"))
    town.judge()

    said = page(town)
    for each in (
        "<strong>Mål:</strong> komma till bilden", "Frånvaron är upprepad (21 oktober 2026)",
        "Eleven själv: Miljön i skolan stressar (mycket). Vårdnadshavare: Rutiner hemma (en del).",
        "6 → 5. Nu, sedan 21 oktober 2026: 5. Borta", "Skolan får dela med",
        "till 19 november 2026.", "Till steget Planering",
    ):  # fmt: skip
        assert each in said, each


def test_who_has_been_asked_and_not_answered_is_told(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    town.ask()
    assert "Svar väntas om" in page(town)


def test_one_that_rests_and_one_that_is_closed_say_so(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    until = WEDNESDAY + timedelta(days=9)
    services.pause(case, words="familjen reser", until=until, **common(town))
    assert "Ärendet vilar till 30 oktober 2026." in page(town)
    way.close(case, **common(town))
    assert "Ärendet är avslutat. Det kan öppnas igen." in page(town)


def test_a_text_is_shortened_and_no_note_is_in_it(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    long = "ord " * 400
    for fact in (Fact.GOAL, Fact.WISH):
        choice = way.SAID[fact].get("choice", "")
        services.tell(case, ToldFact(fact=fact, choice=choice, words=long), **common(town))
    notes.write(tie=town.ties["karin"].public, text="hemligt", by=scope(town.karin), at=NOON)
    said = page(town)
    assert long.strip() not in said
    assert "…" in said
    assert "hemligt" not in said
    assert len(short(long)) == SHORT
    assert short("kort\n text") == "kort text"
    assert SHORT < LONG


def test_it_is_logged_as_printed(town: CaseTown) -> None:
    way.open_case(town.saga.public, **common(town))
    page(town)
    reading = Reading.objects.order_by("-pk")[0]
    assert (reading.action, reading.what) == ("print", "cases:recap")
    assert {"K0", "K1", "K5", "K12"} <= set(reading.classes)


@pytest.mark.parametrize("who", ["mira", "pia", "eva", "petra", "vera", "sonja", "tove", "agda"])
def test_for_everybody_else_it_is_not_there(town: CaseTown, who: str) -> None:
    way.open_case(town.saga.public, **common(town))
    town.agree()
    assert client_of(getattr(town, who)).get(url(town)).status_code == 404


def test_without_a_case_there_is_none(town: CaseTown) -> None:
    assert client_of(town.ragnar).get(url(town)).status_code == 404
    way.open_case(town.saga.public, **common(town))
    assert client_of(town.ragnar).get(f"{url(town)}?nr=x").status_code == 404


def test_an_older_case_is_asked_for_by_its_number(town: CaseTown) -> None:
    old = way.open_case(town.saga.public, **common(town))
    way.close(old, **common(town))
    way.open_case(town.saga.public, **common(town))
    assert "Steg 7 av 7" in words(client_of(town.ragnar).get(f"{url(town)}?nr={old}"))
    assert "Steg 1 av 7" in page(town)
