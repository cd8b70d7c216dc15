"""In an emergency at social services or health care: a child that the own agency has, and no other."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.relations import Kind, code_of, look_by
from samnarvaro.consents.models import Relation
from samnarvaro.consents.services import agreements
from samnarvaro.worklist.models import Item
from tests.rooms.consents.agreed import HEALTH, NOON, WEDNESDAY, Town, later, scope
from tests.rooms.project.test_glass import WORDS, Time, client_of, time
from tests.rooms.worklist.test_pages import words

__all__ = ["time"]


@pytest.fixture
def town(db: None, time: Time) -> Town:  # noqa: ARG001  # tables, the clock
    town = Town()
    town.ties = {"sonja": town.tie(town.sonja, town.saga)}
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=town.saga, scheduled=600, excused=60, unexcused=0, unreported=0,
        late=1, days=2, run=0, unit=town.strand,
    )  # fmt: skip
    return town


def told(town: Town, **but: str) -> dict[str, str]:
    called = code_of(town.ties["sonja"].public)
    return {"called": called, "reason": "danger", "words": WORDS} | but


def glass() -> Relation:
    return Relation.objects.get(kind=Kind.GLASS)


def broken(town: Town, **but: str) -> Any:
    return client_of(town.samir).post("/nodlage/", told(town, **but), follow=True)


def test_without_a_consent_it_shows_whose_the_child_is_and_nothing_of_school(town: Town) -> None:
    page = words(broken(town))

    assert "Sonja Frisk" in page
    assert f"Barn {code_of(town.ties['sonja'].public)}" in page
    for hidden in ("Saga", "Lind", "Strandskolan", "8B", "10,0"):
        assert hidden not in page
    row = Reading.objects.latest("pk")
    assert (row.classes, row.ground) == (["K0"], f"glass:{glass().public}")


def test_with_a_consent_it_shows_what_that_lists_and_no_more(town: Town) -> None:
    consent = town.agree()
    page = words(broken(town))

    assert "Saga Lind" in page
    assert "10,0" in page
    assert "Ordna" not in page
    assert Reading.objects.latest("pk").classes == ["K1", "K3"]
    agreements.withdraw(consent=consent, way=Way.PHONE, by=scope(town.mira), at=later(1))
    after = words(client_of(town.samir).get(f"/nodlage/{glass().public}/"))
    assert "Saga" not in after
    assert "10,0" not in after


def test_the_head_of_that_agency_has_it_at_once_and_nobody_at_school(town: Town) -> None:
    broken(town)

    hanna = client_of(town.hanna)
    assert "Samir Noll öppnade ett barns uppgifter i nödläge" in words(hanna.get("/"))
    page = words(hanna.get(f"/nodlage/{glass().public}/"))
    assert WORDS in page
    assert "Saga" not in page
    reading = Reading.objects.latest("pk")
    assert (reading.viewer, reading.classes) == (scope(town.hanna).viewer, ["K0"])
    assert not Item.objects.filter(kind="glass").exists()
    for who in ("ragnar", "petra", "mira", "karin", "bo", "sonja", "isa"):
        answer = client_of(getattr(town, who)).get(f"/nodlage/{glass().public}/")
        assert answer.status_code == 404
    assert "Samir" not in words(
        client_of(town.ragnar).get(f"/elev/{town.saga.public}/del/vem-ser/")
    )


def test_the_head_writes_what_came_of_it_and_it_stands(town: Town) -> None:
    broken(town)
    url = f"/nodlage/{glass().public}/"
    hanna = client_of(town.hanna)

    assert hanna.post(url, {"finding": " "}).status_code == 422
    hanna.post(url, {"finding": "Pratade med Samir. Det var rätt."})
    hanna.post(url, {"finding": "Något annat."})

    assert glass().finding == "Pratade med Samir. Det var rätt."
    assert glass().looked_by == town.hanna
    assert "öppnade ett barns uppgifter" not in words(hanna.get("/"))
    assert Writing.objects.filter(act="relation.glass_looked_into").count() == 1
    assert "Pratade" not in str(vars(Writing.objects.get(act="relation.glass_looked_into")))


@pytest.mark.parametrize("called", ["Saga Lind", "Saga", "Robin Åberg", "%", "123456", " "])
def test_nothing_near_is_found_and_no_name_that_is_not_read(town: Town, called: str) -> None:
    answer = broken(town, called=called)

    assert answer.status_code == 422
    assert not Relation.objects.filter(kind=Kind.GLASS).exists()


def test_by_name_once_a_consent_lets_it_be_read_and_by_what_one_calls_it(town: Town) -> None:
    Relation.objects.update(known_as="Lilla S")
    assert broken(town, called="lilla s").status_code == 200
    Relation.objects.filter(kind=Kind.GLASS).delete()
    town.agree()
    assert broken(town, called="Saga Lind").status_code == 200


def test_a_child_of_another_agency_is_not_there(town: Town) -> None:
    tie = town.tie(town.bo, town.robin, zone=HEALTH)

    assert broken(town, called=code_of(tie.public)).status_code == 422
    bo = client_of(town.bo).post("/nodlage/", told(town))
    assert bo.status_code == 422


def test_a_child_whose_matter_has_ended_there_is_not_there(town: Town) -> None:
    Relation.objects.update(ended_at=NOON)

    assert broken(town).status_code == 422


def test_a_protected_child_is_answered_like_none(town: Town) -> None:
    nobody = broken(town, called="123456")
    town.protect(town.saga, town.ragnar)

    hidden = broken(town)

    assert (hidden.status_code, nobody.status_code) == (422, 422)
    assert not Relation.objects.filter(kind=Kind.GLASS).exists()


def test_protection_that_comes_late_shuts_it(town: Town) -> None:
    broken(town)
    town.protect(town.saga, town.ragnar)

    assert client_of(town.samir).get(f"/nodlage/{glass().public}/").status_code == 404
    assert client_of(town.hanna).get(f"/nodlage/{glass().public}/").status_code == 404
    assert "nödläge" not in words(client_of(town.hanna).get("/"))


def test_it_closes_after_three_hours_to_the_second(town: Town, time: Time) -> None:  # the fixture
    town.agree()
    broken(town)
    url = f"/nodlage/{glass().public}/"

    time.now = NOON + timedelta(hours=3) - timedelta(seconds=1)
    assert client_of(town.samir, time.now).get(url).status_code == 200
    time.now = NOON + timedelta(hours=3)
    assert client_of(town.samir, time.now).get(url).status_code == 404


def test_the_childs_other_pages_stay_shut(town: Town) -> None:
    town.agree()
    broken(town)

    for url in (f"/barn/{town.ties['sonja'].public}/", f"/elev/{town.saga.public}/",
                f"/barn/{glass().public}/", f"/nodlage/{uuid4()}/"):  # fmt: skip
        assert client_of(town.samir).get(url).status_code == 404


@pytest.mark.parametrize("but", [{"words": "kort"}, {"reason": "curious"}])
def test_what_is_wrong_is_told(town: Town, but: dict[str, str]) -> None:
    assert broken(town, **but).status_code == 422


def test_a_head_looks_into_it_within_five_working_days() -> None:
    assert look_by(WEDNESDAY) == WEDNESDAY + timedelta(days=7)
    assert look_by(WEDNESDAY + timedelta(days=3)).weekday() == 4
