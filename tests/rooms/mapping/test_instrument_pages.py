"""The pages of the instruments themselves: loaded whole or not at all, published, withdrawn, on paper."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.instrument_faults import Wrong
from samnarvaro.mapping.domain.instrument_reading import instrument_of_text
from samnarvaro.mapping.imports.instrument_faults import WRONG
from samnarvaro.mapping.models import InstrumentVersion
from samnarvaro.mapping.queries import instruments as queries
from samnarvaro.people.models import Duty
from tests.domain.mapping.asked import choice, question, when, whole
from tests.rooms.consents.agreed import Town
from tests.rooms.mapping.filled import OLDER, instrument, said
from tests.rooms.worklist.test_pages import signed_in


@pytest.fixture
def office(town: Town) -> Client:
    """Agda looks after the installation."""
    Duty.objects.filter(staff=town.agda).update(role=Role.SYSTEM_ADMINISTRATOR)
    return signed_in(town.agda)


def text(**changed: Any) -> str:
    return json.dumps(whole(choice("1")) | changed, indent=1)


def load(office: Client, told: str, **more: Any) -> Any:
    return office.post("/formular/nytt/", {"text": told, "may_be_used": "on"} | more)


def test_the_shelf_lists_what_there_is_and_each_shows_what_it_asks(office: Client) -> None:
    page = said(office.get("/formular/"))
    assert "Min skola och jag (äldre elev, enkel) version 1" in page
    assert "Följer med programmet" in page

    page = said(office.get(f"/formular/{instrument('samnarvaro-vardnadshavare-enkel')}/"))
    assert "Vi vill att vårt barn är i skolan så som skolan är nu." in page
    assert "Bara om svaret på 1.2 är ”Stämmer inte” eller svaret på 1.2 är ”Stämmer lite”" in page
    assert "Vilja och möjlighet: ingen siffra (fråga 1.1, 1.2)" in page
    assert "förslag att ändra" in page


def test_one_is_loaded_published_and_withdrawn(office: Client, town: Town) -> None:
    loaded = load(office, text(title="Trivs du i Vik?"))
    url = loaded.headers["Location"]
    page = said(office.get(url))
    assert "Utkast" in page
    assert f"Gjort av: {town.agda.name}" in page

    assert office.post(f"{url}publicera/").headers["Location"] == url
    mentor = signed_in(town.mira)
    list_of = f"/elev/{town.saga.public}/formular/"
    assert "Trivs du i Vik?" in said(mentor.get(list_of))

    assert office.post(f"{url}dra-in/").headers["Location"] == url
    assert "Trivs du i Vik?" not in said(mentor.get(list_of))
    assert "Indragna 1" in said(office.get("/formular/"))


def test_every_fault_is_told_with_its_line_and_nothing_is_kept(office: Client) -> None:
    before = InstrumentVersion.objects.count()
    told = json.dumps(
        whole(
            choice("1"), question("2", "tekst"),
            question("3", "text", enableWhen=[when("9", "exists", answerBoolean=True)]),
        ), indent=1,
    )  # fmt: skip
    answer = load(office, told)

    assert answer.status_code == 422
    page = said(answer)
    lines = {n: line for n, line in enumerate(told.splitlines(), 1) if "linkId" in line}
    second, third = list(lines)[1:]
    assert f"Rad {second}, fråga 2, type (”tekst”): Värdet är inget av dem som finns." in page
    assert f"Rad {third}, fråga 3, enableWhen.question (”9”): Det finns ingen fråga" in page
    assert "tekst" in answer.content.decode()
    assert InstrumentVersion.objects.count() == before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Välj en fil, eller klistra in formuläret som text."),
        ({"text": "{"}, "Kryssa i att ni har rätt att använda formuläret."),
        ({"text": "{\n x", "may_be_used": "on"}, "Rad 2: Texten är inte giltig JSON."),
        ({"text": "[]", "may_be_used": "on"}, "filen är inget formulär"),
        (
            {"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00"), "may_be_used": "on"},
            "Filen är inte skriven i UTF-8.",
        ),
        ({"text": text(name="samnarvaro-x"), "may_be_used": "on"}, "är programmets egna"),
    ],
)
def test_what_cannot_be_loaded_is_answered_on_the_page(
    office: Client, sent: dict[str, Any], told: str
) -> None:
    answer = office.post("/formular/nytt/", sent)
    assert answer.status_code == 422
    assert told in said(answer)


def test_what_is_exported_can_be_loaded_again_as_the_next_version(office: Client) -> None:
    url = load(office, text()).headers["Location"]
    office.post(f"{url}publicera/")

    file = office.get(f"{url}fil/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="vik-one-1.json"'
    assert json.loads(file.content)["status"] == "active"
    assert "Den versionen har redan publicerats." in said(load(office, file.content.decode()))

    form = office.get(f"{url}kopiera/").context["form"]
    upload = SimpleUploadedFile("nytt.json", form.initial["text"].encode())
    again = load(office, "", file=upload)
    assert again.status_code == 302
    assert {each.instrument.version for each in queries.shelf() if not each.is_shipped} == {1, 2}


def test_a_copy_of_what_comes_with_the_program_has_a_name_of_its_own(office: Client) -> None:
    form = office.get(f"/formular/{instrument(OLDER)}/kopiera/").context["form"]
    found = instrument_of_text(form.initial["text"])
    assert (found.name, found.version, found.copyright) == ("egen-elev-aldre-enkel", 1, "")
    assert load(office, form.initial["text"]).status_code == 302


def test_a_blank_one_is_printed_by_those_who_follow_pupils(office: Client, town: Town) -> None:
    url = f"/formular/{instrument('samnarvaro-vardnadshavare-enkel')}/papper/"
    for client in (office, signed_in(town.mira), signed_in(town.karin)):
        page = client.get(url)
        assert page.content.count(b'class="paper-box"') > 20
        assert "1.1 Vi vill att vårt barn" in said(page)
        assert "räknas som" not in said(page)
    office.post(f"/formular/{instrument('samnarvaro-vardnadshavare-enkel')}/dra-in/")
    assert "används inte nu" in said(office.get(url))


@pytest.mark.parametrize("part", ["", "kopiera/", "fil/", "papper/"])
def test_of_what_is_not_there_there_is_no_page(office: Client, part: str) -> None:
    assert office.get(f"/formular/12345678-1234-4234-8234-123456789012/{part}").status_code == 404


def test_nobody_else_looks_after_instruments(town: Town) -> None:
    for who in (town.mira, town.ragnar, town.karin):
        client = signed_in(who)
        assert client.get("/formular/").status_code == 404
        assert client.post("/formular/nytt/", {"text": text()}).status_code == 404
        assert client.post(f"/formular/{instrument()}/dra-in/").status_code == 404


def test_every_fault_has_its_said() -> None:
    assert set(WRONG) == set(Wrong)
