"""What another agency sees of a child: by name while a consent flows, else no more than its own."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.relations import code_of
from samnarvaro.consents.models import Relation
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from tests.rooms.consents.agreed import HEALTH, NOON, WEDNESDAY, Town, later, scope
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.worklist.school import system


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Saga has a day with marks; Sonja and Bo have her as their matter, by nobody's consent yet."""
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=families.saga, scheduled=300, excused=60, unexcused=0, unreported=0,
        late=0, days=1, run=0, unit=families.strand,
    )  # fmt: skip
    families.tie(families.sonja, families.saga)
    families.tie(families.bo, families.saga, zone=HEALTH)
    return families


def page_of(town: Town, who: str = "sonja") -> str:
    relation = Relation.objects.get(staff=getattr(town, who), pupil=town.saga)
    return f"/barn/{relation.public}/"


def test_without_a_consent_the_child_has_a_code_and_nothing_of_the_schools(town: Town) -> None:
    sonja = signed_in(town.sonja)
    code = code_of(Relation.objects.get(staff=town.sonja).public)

    for address in ("/barn/", page_of(town)):
        page = words(sonja.get(address))
        assert f"Barn {code}" in page
        assert not {"Saga", "Lind", "8B", "Strandskolan"} & set(re.findall(r"\w+", page))
    assert "Borta, 30 dagar" not in words(sonja.get(page_of(town)))


def test_while_a_consent_flows_it_has_its_name_and_what_was_listed(town: Town) -> None:
    town.agree()
    sonja = signed_in(town.sonja)

    assert "Saga Lind" in words(sonja.get("/barn/"))
    page = words(sonja.get(page_of(town)))

    for told in (
        "Saga Lind", "Borta, 30 dagar", "Dag för dag", "Samtycke finns", "Stöd hemma",
        "school:9999 berättar för social:9999, inte tvärtom", "Lena Lind, Per Lind",
        "Skolan får berätta om närvaron.", "Sonja Frisk: Arbetar med barnet",
    ):  # fmt: skip
        assert told in page
    assert "/elev/" not in sonja.get(page_of(town)).content.decode()


def test_a_class_that_was_not_listed_is_not_shown(town: Town) -> None:
    town.agree(classes=(K.NAME,))

    page = words(signed_in(town.sonja).get(page_of(town)))

    assert "Saga Lind" in page
    assert "Borta, 30 dagar" not in page
    assert "Skolans uppgifter om barnet" in page


def test_a_page_is_logged_with_exactly_what_it_showed(town: Town) -> None:
    sonja = signed_in(town.sonja)
    sonja.get(page_of(town))
    town.agree(classes=(K.NAME,))
    sonja.get(page_of(town))
    town.agree()
    sonja.get(page_of(town))

    logged = Reading.objects.filter(what="consents:child").order_by("pk")
    own = ["K8"]  # the zone's own notes, of which there are none yet
    assert [row.classes for row in logged] == [
        ["K0", *own], ["K0", "K1", "K12", *own], ["K0", "K1", "K12", "K3", *own],
    ]  # fmt: skip
    assert {tuple(row.pupils) for row in logged} == {(str(town.saga.public),)}


def test_a_list_with_and_without_names_is_logged_child_by_child(town: Town) -> None:
    town.tie(town.sonja, town.noor)
    town.agree()

    page = words(signed_in(town.sonja).get("/barn/"))

    assert "Saga Lind" in page
    assert "Noor" not in page
    logged = Reading.objects.filter(what="consents:children").order_by("pk")
    assert [(row.classes, row.pupils) for row in logged] == [
        (["K0"], [str(town.noor.public)]),
        (["K1"], [str(town.saga.public)]),
    ]


def test_what_is_taken_back_leaves_the_page_with_the_zones_own_alone(town: Town) -> None:
    consent = town.agree()
    sonja = signed_in(town.sonja)
    assert "Saga Lind" in words(sonja.get(page_of(town)))
    sonja.post(f"{page_of(town)}kallas/", {"known_as": "S."})

    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1))

    for address in ("/barn/", page_of(town)):
        page = words(sonja.get(address))
        assert "S." in page
        for gone in ("Saga", "Lind", "Borta, 30", "Stöd hemma", "berätta om närvaron"):
            assert gone not in page
    assert "Återtaget" in words(sonja.get(page_of(town)))


def test_a_consent_that_was_never_given_is_not_told_of_at_the_receiver(town: Town) -> None:
    consent = town.ask()
    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1))
    town.ask()

    page = words(signed_in(town.sonja).get(page_of(town)))

    assert "Inget samtycke har kommit till er om det här barnet." in page


@pytest.mark.parametrize("who", ["samir", "hanna", "bo", "mira", "karin", "agda"])
def test_somebody_elses_child_is_answered_like_no_child(town: Town, who: str) -> None:
    town.agree()
    stranger = signed_in(getattr(town, who))
    nothing = "/barn/12345678-1234-4234-8234-123456789012/"

    for rest in ("", "kallas/"):
        hidden = stranger.post if rest else stranger.get
        answer = hidden(f"{page_of(town)}{rest}")
        assert answer.status_code == 404
        assert same(answer, hidden(f"{nothing}{rest}"))


def test_a_relation_that_has_ended_opens_nothing(town: Town) -> None:
    town.agree()
    address = page_of(town)
    Relation.objects.filter(staff=town.sonja).update(ended_at=NOON)

    assert signed_in(town.sonja).get(address).status_code == 404
    assert "Du har inget barn här ännu" in words(signed_in(town.sonja).get("/barn/"))


def test_a_child_that_becomes_protected_is_gone_name_code_and_all(town: Town) -> None:
    town.agree()
    address = page_of(town)
    signed_in(town.sonja).post(f"{address}kallas/", {"known_as": "S."})

    people.protect(pupil=town.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(5))

    assert signed_in(town.sonja).get(address).status_code == 404
    assert not Relation.objects.exclude(known_as="").exists()


def test_what_the_zone_calls_the_child_is_its_own_and_logged(town: Town) -> None:
    signed_in(town.sonja).post(f"{page_of(town)}kallas/", {"known_as": "  S. från tisdagsgruppen "})

    assert Relation.objects.get(staff=town.sonja).known_as == "S. från tisdagsgruppen"
    assert Writing.objects.filter(act="relation.child_called").count() == 1
    assert "tisdagsgruppen" not in words(signed_in(town.bo).get("/barn/"))


def test_the_list_asks_no_more_of_many_children_than_of_one(town: Town) -> None:
    town.agree()
    town.tie(town.sonja, town.noor)
    sonja = signed_in(town.sonja)
    sonja.get("/barn/")
    with CaptureQueriesContext(connection) as few:
        sonja.get("/barn/")
    for number in range(8):
        town.tie(town.sonja, town.pupil(f"Barn{number}", "Ek", town.class_8b))
    with CaptureQueriesContext(connection) as many:
        sonja.get("/barn/")

    assert len(many) == len(few)
