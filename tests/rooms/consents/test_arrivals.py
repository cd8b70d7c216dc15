"""A child who came by a consent is handed out by code; cases at school are given by the principal."""

import re
from datetime import timedelta

import pytest

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.relations import code_of
from samnarvaro.consents.models import Consent, Relation
from samnarvaro.consents.queries.agreements import NoSuchConsent
from samnarvaro.consents.services import agreements, arrivals
from samnarvaro.consents.services.relations import CannotGrant
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Pupil
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, later, scope
from tests.rooms.staircase.browsing import same, signed_in, words

DAY = timedelta(days=1)
UNTIL = WEDNESDAY + 60 * DAY


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return families


def hand_over(town: Town, consent: object, who: str = "sonja", by: str = "hanna") -> Relation:
    return arrivals.receive(
        consent=consent,  # type: ignore[arg-type]  # a public id
        staff=getattr(town, who).pk,
        last_day=UNTIL,
        by=scope(getattr(town, by)),
        at=NOON,
    )


def test_a_head_sees_what_has_come_without_whose_it_is(town: Town) -> None:
    consent = town.agree()

    page = words(signed_in(town.hanna).get("/samtycken/nya/"))

    for told in (
        f"Barn {code_of(consent)}", "school:9999", "Stöd hemma",
        "Namn, klass och skola; närvaro och frånvaro i lektioner", "21 oktober 2026",
    ):  # fmt: skip
        assert told in page
    hidden = {"Saga", "Lind", "Lena", "Strandskolan", "8B", str(town.saga.public)}
    assert not hidden & set(re.findall(r"[\w-]+", page))
    row = Reading.objects.get(what="consents:arrivals")
    assert (row.pupils, row.classes) == ([str(town.saga.public)], ["K0", "K12"])


def test_what_is_not_given_is_ended_or_is_somebody_elses_does_not_lie_there(town: Town) -> None:
    town.ask()
    withdrawn = town.agree()
    agreements.withdraw(consent=withdrawn, way=Way.PAPER, by=scope(town.mira), at=later(1))
    town.agree(to_zone="health:99")

    assert "Inget väntar på dig" in words(signed_in(town.hanna).get("/samtycken/nya/"))
    assert not Reading.objects.filter(what="consents:arrivals").exists()


def test_the_head_hands_the_child_out_and_does_not_read_it(town: Town) -> None:
    consent = town.agree()
    hanna = signed_in(town.hanna)

    answer = hanna.post(
        "/samtycken/nya/",
        {"samtycke": consent, f"{consent}-staff": town.sonja.public, f"{consent}-last_day": UNTIL},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/samtycken/nya/")
    relation = Relation.objects.get()
    assert (relation.staff, relation.pupil, relation.kind) == (town.sonja, town.saga, "handler")
    page = words(hanna.get("/samtycken/nya/"))
    assert "Inget väntar på dig" in page
    assert f"Sonja Frisk</strong>: barn {code_of(relation.public)}" in page
    assert "Saga" not in page
    assert hanna.get(f"/barn/{relation.public}/").status_code == 404
    assert "Saga Lind" in words(signed_in(town.sonja).get("/barn/"))
    assert Writing.objects.filter(act="relation.granted").count() == 1


def test_everything_that_speaks_against_is_told_at_once(town: Town) -> None:
    consent = town.agree()
    late = WEDNESDAY.replace(year=2027, month=7, day=1)

    answer = signed_in(town.hanna).post(
        "/samtycken/nya/",
        {"samtycke": consent, f"{consent}-staff": town.sonja.public, f"{consent}-last_day": late},
    )

    assert answer.status_code == 422
    assert "Ett ärende gäller högst läsåret ut." in words(answer)
    assert not Relation.objects.exists()


@pytest.mark.parametrize("by", ["sonja", "ragnar", "mira", "bo"])
def test_nobody_but_the_zones_head_hands_out(town: Town, by: str) -> None:
    consent = town.agree()
    before = Writing.objects.count()

    with pytest.raises(NoSuchConsent):
        hand_over(town, consent, by=by)

    assert not Relation.objects.exists()
    assert Writing.objects.count() == before


def test_a_person_whose_job_does_not_suit_or_of_another_zone_is_refused(town: Town) -> None:
    consent = town.agree()

    for who in ("bo", "mira", "hanna"):
        with pytest.raises(CannotGrant) as refused:
            hand_over(town, consent, who)
        assert refused.value.reasons == ["no_suitable_duty"]
    assert not Relation.objects.exists()


def test_a_child_protected_since_does_not_arrive(town: Town) -> None:
    consent = town.agree()
    Pupil.objects.filter(pk=town.saga.pk).update(protection=1)

    with pytest.raises(NoSuchConsent):
        hand_over(town, consent)
    assert "Inget väntar på dig" in words(signed_in(town.hanna).get("/samtycken/nya/"))


def test_an_ended_case_lets_the_consent_wait_for_somebody_again(town: Town) -> None:
    consent = town.agree()
    relation = hand_over(town, consent)
    hanna = signed_in(town.hanna)

    assert hanna.post(f"/arende/{relation.public}/avsluta/").status_code == 302

    assert f"Barn {code_of(consent)}" in words(hanna.get("/samtycken/nya/"))
    assert "Du har inget barn här ännu" in words(signed_in(town.sonja).get("/barn/"))


@pytest.mark.parametrize("who", ["ragnar", "petra", "olle"])
def test_a_relation_of_another_zone_or_school_is_not_there_to_end(town: Town, who: str) -> None:
    relation = hand_over(town, town.agree())
    if who == "olle":
        town.staff("olle", "Olle Sand", Role.UNIT_HEAD, town.psychiatry)
        stranger = signed_in(type(town.hanna).objects.get(account__username="olle"))
    else:
        stranger = signed_in(getattr(town, who))

    hidden = stranger.post(f"/arende/{relation.public}/avsluta/")

    nothing = stranger.post("/arende/12345678-1234-4234-8234-123456789012/avsluta/")
    assert hidden.status_code == 404
    assert same(hidden, nothing)
    assert Relation.objects.get().ended_at is None


def test_the_principal_gives_and_ends_a_case_from_the_pupils_page(town: Town) -> None:
    ragnar = signed_in(town.ragnar)
    page = f"/elev/{town.saga.public}/arenden/"
    told = {"staff": town.karin.public, "kind": "student_health_case", "last_day": UNTIL}

    assert "Ingen har ett ärende om eleven." in words(ragnar.get(page))
    assert ragnar.post(page, told).status_code == 302

    assert "Karin Sjö</strong>: Ärende i elevhälsan" in words(ragnar.get(page))
    assert "Karin Sjö: Ärende i elevhälsan" in words(ragnar.get(f"/elev/{town.saga.public}/"))
    again = ragnar.post(page, told)
    assert "Personen har redan ett sådant ärende." in words(again)
    relation = Relation.objects.get()
    ended = ragnar.post(f"/arende/{relation.public}/avsluta/", {"elev": town.saga.public})
    assert ended["Location"] == page
    assert "Ingen har ett ärende om eleven." in words(ragnar.get(page))


def test_another_schools_principal_cannot_end_a_case_here(town: Town) -> None:
    signed_in(town.ragnar).post(
        f"/elev/{town.saga.public}/arenden/",
        {"staff": town.karin.public, "kind": "student_health_case", "last_day": UNTIL},
    )
    relation = Relation.objects.get()

    answer = signed_in(town.petra).post(f"/arende/{relation.public}/avsluta/")

    assert answer.status_code == 404
    assert Relation.objects.get().ended_at is None
    assert Consent.objects.count() == 0
