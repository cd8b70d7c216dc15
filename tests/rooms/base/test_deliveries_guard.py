"""A roster on the web: told for a day, and stopped by the guard until somebody says yes to the number."""

import pytest
from django.test import Client

from samnarvaro.base import clock
from samnarvaro.base.models import Delivery
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.base.office import (
    MONDAY,
    NOON,
    ROSTER,
    Office,
    address,
    csv,
    handed_in,
    signed_in,
    words,
    work_off,
)

PUPILS = 40


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001  # the rows need tables
    office = Office()
    for number in range(PUPILS - 1):  # and Saga
        office.pupil(f"vik-{number}")
    return office


@pytest.fixture
def agda(office: Office) -> Client:
    return signed_in(office.agda)


def row(pupil_id: str, name: str = "Elev") -> str:
    return f"{pupil_id},{name},{pupil_id},99000002,8,8B"


def the_first(number: int) -> bytes:
    return csv(row("vik-saga"), *(row(f"vik-{n}") for n in range(number - 1)), header=ROSTER)


def read(agda: Client, content: bytes, as_of: str = "2026-10-19") -> Delivery:
    delivery = handed_in(agda, content, kind="roster", as_of=as_of)
    work_off()
    delivery.refresh_from_db()
    return delivery


def attending() -> int:
    return Enrolment.objects.filter(last_day=None).count()


def test_a_roster_holds_from_the_day_that_was_said(agda: Client) -> None:
    content = csv(*(row(f"vik-{n}") for n in range(PUPILS - 1)), row("vik-ny"), header=ROSTER)

    delivery = read(agda, content, as_of="2026-10-12")
    assert (delivery.state, delivery.new, delivery.options["as_of"]) == (
        "previewed",
        1,
        "2026-10-12",
    )
    assert "Avslutas" in words(agda.get(address(delivery)))
    agda.post(address(delivery, "skriv"))
    work_off()

    delivery.refresh_from_db()
    assert delivery.state == "written"
    assert Enrolment.objects.get(pupil__pupil_id="vik-ny").first_day.isoformat() == "2026-10-12"
    assert Pupil.objects.filter(pupil_id="vik-saga").exists()


def test_the_guard_tells_the_number_and_asks_for_a_yes_to_it(agda: Client) -> None:
    delivery = read(agda, the_first(30))

    page = words(agda.get(address(delivery)))

    assert delivery.state == "previewed"
    assert "10 av 40 elever skulle avslutas" in page
    assert "Ja, ta bort 10 elever" in page
    assert '<input type="hidden" name="removals" value="10">' in page
    assert attending() == PUPILS


@pytest.mark.parametrize("removals", ["", "9", "11", "ja", "-10", "9" * 40])
def test_without_a_yes_to_just_that_number_nothing_is_removed(agda: Client, removals: str) -> None:
    delivery = read(agda, the_first(30))

    answer = agda.post(address(delivery, "skriv"), {"removals": removals})

    assert answer.status_code == 422
    assert "Se efter igen." in words(answer)
    work_off()
    delivery.refresh_from_db()
    assert (delivery.state, attending()) == ("previewed", PUPILS)


def test_with_a_yes_they_are_removed(agda: Client) -> None:
    delivery = read(agda, the_first(30))

    agda.post(address(delivery, "skriv"), {"removals": "10"})
    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, attending()) == ("written", 30)


def test_a_yes_to_ten_is_no_yes_to_eleven(agda: Client, office: Office) -> None:
    delivery = read(agda, the_first(30))
    agda.post(address(delivery, "skriv"), {"removals": "10"})
    office.pupil("vik-kommer-till")

    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, attending()) == ("previewed", PUPILS + 1)
    page = words(agda.get(address(delivery)))
    assert "Ja, ta bort 11 elever" in page
    assert "Något har ändrats" in page


def test_a_guard_that_did_not_ask_when_it_was_looked_at_asks_when_it_is_written(
    agda: Client, office: Office
) -> None:
    delivery = read(agda, the_first(31))
    assert not delivery.report.get("guarded")
    agda.post(address(delivery, "skriv"))
    office.pupil("vik-kommer-till")

    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, attending()) == ("previewed", PUPILS + 1)
    assert delivery.report["guarded"]


def test_tried_again_it_is_asked_again(agda: Client) -> None:
    delivery = read(agda, the_first(30))
    agda.post(address(delivery, "skriv"), {"removals": "10"})
    Delivery.objects.filter(pk=delivery.pk).update(state="failed")

    agda.post(address(delivery, "igen"))
    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, attending()) == ("previewed", PUPILS)
    assert "Ja, ta bort 10 elever" in words(agda.get(address(delivery)))
