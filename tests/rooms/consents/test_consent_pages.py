"""Consent at school: asked in plain words, answers written down, taken back by one button."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.models import Consent, ConsentAnswer
from samnarvaro.consents.queries import wording
from samnarvaro.consents.services import agreements
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.organisation.models import Agency
from samnarvaro.people.models import Pupil
from tests.rooms.consents.agreed import HEALTH, NO, NOON, SOCIAL, WEDNESDAY, YES, Town, later, scope
from tests.rooms.staircase.browsing import same, signed_in, words
from tests.rooms.worklist.school import system

DAY = timedelta(days=1)
WHAT = {
    "to_zone": SOCIAL,
    "classes": ["K1", "K3"],
    "purpose": "Att mornarna hänger ihop",
    "valid_from": WEDNESDAY.isoformat(),
    "valid_to": (WEDNESDAY + 181 * DAY).isoformat(),
    "must": "all_guardians",
}


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    Agency.objects.filter(zone=SOCIAL).update(name="Socialtjänsten i Vik")
    return families


def ask_page(town: Town, pupil: Pupil | None = None) -> str:
    return f"/elev/{(pupil or town.saga).public}/samtycken/fraga/"


def answer_of(mira: Client, consent: UUID, party: object, **told: Any) -> Any:
    sent = {"party": str(party), "said": "yes", "way": "paper", "maturity": "can"}
    return mira.post(f"/samtycke/{consent}/", sent | told)


def test_a_family_is_asked_in_two_steps_and_the_words_are_kept_as_they_were_changed(
    town: Town,
) -> None:
    mira = signed_in(town.mira)
    first = words(mira.get(ask_page(town)))
    assert "Närvaro och frånvaro i lektioner" in first
    assert not re.search(r"\bK\d+\b", re.sub("<[^>]+>", "", first))
    assert f'value="{WEDNESDAY + 182 * DAY}"' in mira.get(ask_page(town)).content.decode()

    shown = mira.post(ask_page(town), WHAT | {"step": "words"})
    assert shown.status_code == 200
    proposed = shown.context["form"]["wording"].value()
    assert "Socialtjänsten i Vik" in proposed
    assert not Consent.objects.exists()

    changed = proposed + "\n\nRing Mira om ni undrar."
    sent = WHAT | {"step": "ask", "wording": changed, "proposed": "social-1"}
    answer = mira.post(ask_page(town), sent)

    row = Consent.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/samtycke/{row.public}/")
    assert row.wording == changed.replace("\r\n", "\n").strip()
    assert (row.text_version, row.state, row.to_zone) == ("social-1", "no_answer", SOCIAL)
    assert Writing.objects.filter(act="consent.asked").count() == 1


def test_everything_that_is_amiss_is_told_at_once_in_plain_words(town: Town) -> None:
    sent = {
        "step": "words",
        "classes": ["K3"],
        "purpose": "",
        "valid_from": (WEDNESDAY - DAY).isoformat(),
        "valid_to": (WEDNESDAY + 400 * DAY).isoformat(),
    }

    answer = signed_in(town.mira).post(ask_page(town), sent)

    assert answer.status_code == 422
    page = words(answer)
    for told in (
        "Välj vem som ska få ta del av uppgifterna.",
        "Inget kan delas utan att barnets namn delas.",
        "Skriv vad uppgifterna ska användas till.",
        "Den första dagen har redan varit.",
        "Ett samtycke gäller högst tolv månader.",
    ):
        assert told in page
    assert not Consent.objects.exists()


@pytest.mark.parametrize("purpose", ["Att Saga får hjälp", "Sagas morgnar", "stöd åt lind"])
def test_the_purpose_does_not_name_the_child(town: Town, purpose: str) -> None:
    answer = signed_in(town.mira).post(ask_page(town), WHAT | {"step": "words", "purpose": purpose})
    assert "Skriv syftet utan barnets namn." in words(answer)


def test_words_that_are_part_of_a_name_may_stand_in_the_purpose(town: Town) -> None:
    answer = signed_in(town.mira).post(
        ask_page(town), WHAT | {"step": "words", "purpose": "Lindra oron och sagor på kvällen"}
    )
    assert answer.status_code == 200


def test_a_question_without_words_is_not_asked(town: Town) -> None:
    answer = signed_in(town.mira).post(ask_page(town), WHAT | {"step": "ask", "wording": " "})

    assert answer.status_code == 422
    assert "Skriv frågan som familjen får." in words(answer)
    assert not Consent.objects.exists()


def lix(text: str) -> float:
    found = re.findall(r"\w+", text)
    sentences = max(1, len(re.findall(r"[.!?:]", text)))
    return len(found) / sentences + 100 * sum(len(word) > 6 for word in found) / len(found)


@pytest.mark.parametrize("zone", [SOCIAL, HEALTH, "student_health:9999", "leisure:9999"])
def test_each_proposal_is_easy_to_read_and_says_what_a_family_has_to_know(
    town: Town, zone: str
) -> None:
    assert town.saga.pk
    text = wording.propose(
        from_zone="school:9999", to_zone=zone, classes=[K.NAME, K.ATTENDANCE], purpose="Stöd hemma",
        first=WEDNESDAY, last=WEDNESDAY + 181 * DAY,
    ).text  # fmt: skip

    assert lix(text) < 40  # easy to read for an adult; a newspaper has 40 to 50
    assert max(len(each.split()) for each in re.split(r"[.:]\s", text)) <= 20
    for told in (
        "Ni kan ändra er när som helst", "har skrivit hos sig finns kvar där", "Ni får säga nej",
        "21 oktober 2026 till 20 april 2027", "– Närvaro och frånvaro i lektioner",
    ):  # fmt: skip
        assert told in text
    assert "{" not in text


def test_answers_are_written_down_one_by_one_until_it_is_given(town: Town) -> None:
    consent, mira = town.ask(), signed_in(town.mira)
    page = f"/samtycke/{consent}/"
    assert "Väntar på svar" in words(mira.get(page))

    answer_of(mira, consent, town.mother.public)
    shown = words(mira.get(page))
    assert "Någon har inte svarat" in shown
    assert "Lena Lind sa ja 21 oktober 2026 (på papper)." in shown

    answer_of(mira, consent, town.father.public, way="phone", witness=str(town.karin.public))
    answer_of(mira, consent, "barnet", maturity="can", maturity_words="Vill att Sonja vet.")

    shown = words(mira.get(page))
    assert "Samtycke finns" in shown
    assert "Per Lind sa ja 21 oktober 2026 (i telefon, med vittne: Karin Sjö)." in shown
    assert "Vill att Sonja vet." in shown
    assert ConsentAnswer.objects.count() == 3
    row = Reading.objects.order_by("-pk").first()
    assert row is not None
    assert row.classes == ["K1", "K12"]


def test_a_spoken_answer_needs_somebody_who_heard_it(town: Town) -> None:
    consent, mira = town.ask(), signed_in(town.mira)

    answer = answer_of(mira, consent, town.mother.public, way="oral")

    assert answer.status_code == 422
    assert "Välj vem som var med och hörde svaret." in words(answer)
    assert not ConsentAnswer.objects.exists()
    assert str(town.mira.public) not in answer.content.decode()  # not as a witness


def test_somebody_elses_guardian_and_nobody_are_not_asked(town: Town) -> None:
    consent, mira = town.ask(), signed_in(town.mira)
    other = town.guardian(town.noor, "Amal", "Haddad")

    for party in (other.public, "x", ""):
        assert answer_of(mira, consent, party).status_code == 404
    assert not ConsentAnswer.objects.exists()


@pytest.mark.parametrize(
    ("said", "chip", "next_step"),
    [
        ((YES, NO), "Ett ja och ett nej", "Bjud in båda till ett samtal."),
        ((NO, NO), "Nej", "Fortsätt med skolans eget stöd."),
        ((YES, None), "Någon har inte svarat", "Fråga den som inte har svarat"),
        ((None, None), "Väntar på svar", "Fråga var och en"),
        ((YES, YES), "Samtycke finns", "Fråga på nytt i god tid"),
    ],
)
def test_each_way_it_can_stand_says_what_it_means_and_what_is_next(
    town: Town, said: tuple[Any, Any], chip: str, next_step: str
) -> None:
    consent = town.ask()
    for who, word in zip((town.mother, town.father), said, strict=True):
        if word is not None:
            town.say(consent, who, word)

    page = words(signed_in(town.mira).get(f"/samtycke/{consent}/"))

    assert chip in page
    assert next_step in page


def test_taking_back_is_one_button_and_needs_nobodys_yes(town: Town) -> None:
    consent, mira = town.agree(), signed_in(town.mira)
    page = words(mira.get(f"/samtycke/{consent}/"))
    assert "Det går inte att ångra" in page

    answer = mira.post(f"/samtycke/{consent}/ta-tillbaka/", {"way": "phone"}, follow=True)

    shown = words(answer)
    assert "Samtycket är återtaget. Från och med nu delas inget." in shown
    assert "återtaget 21 oktober 2026" in shown
    assert "Ta tillbaka samtycket" not in shown
    assert Consent.objects.get().ended_how == "phone"


def test_the_receiver_takes_back_on_its_own_page(town: Town) -> None:
    consent = town.agree()
    relation = town.tie(town.sonja, town.saga)

    answer = signed_in(town.sonja).post(f"/samtycke/{consent}/ta-tillbaka/", {"way": "oral"})

    assert answer["Location"] == f"/barn/{relation.public}/"
    assert Consent.objects.get().state == "withdrawn"


def test_asking_anew_is_a_new_row_prefilled_and_the_old_one_stays(town: Town) -> None:
    old, mira = town.agree(classes=(K.NAME, K.CAUSE)), signed_in(town.mira)
    form = mira.get(f"{ask_page(town)}?fornya={old}").context["form"]
    assert (form["to_zone"].value(), form["purpose"].value()) == (SOCIAL, "Stöd hemma")
    assert set(form["classes"].value()) == {"K1", "K4"}

    sent = WHAT | {"step": "ask", "wording": "Får vi fortsätta?", "fornya": str(old)}
    mira.post(ask_page(town), sent)

    new = Consent.objects.get(replaces__public=old)
    assert Consent.objects.get(public=old).state == "given"  # until the new one is
    for who in (town.mother, town.father):
        town.say(new.public, who, YES)
    before = Consent.objects.get(public=old)
    assert (before.state, before.wording) == ("expired", "Skolan får berätta om närvaron.")
    assert Consent.objects.get(pk=new.pk).state == "given"
    assert "Ett nytt samtycke gäller i stället" in words(mira.get(f"/samtycke/{old}/"))


def test_one_that_begins_later_takes_over_on_its_first_day(town: Town) -> None:
    old = town.agree(days=60)
    new = agreements.ask(
        pupil=town.saga.public,
        terms=town_terms(first=WEDNESDAY + 10 * DAY),
        by=scope(town.mira),
        at=NOON,
        replaces=old,
    )
    for who in (town.mother, town.father):
        town.say(new.public, who, YES)
    assert Consent.objects.get(public=old).state == "given"

    agreements.expire(by=system(WEDNESDAY + 9 * DAY), at=later(1))
    assert Consent.objects.get(public=old).state == "given"
    agreements.expire(by=system(WEDNESDAY + 10 * DAY), at=later(2))
    assert Consent.objects.get(public=old).state == "expired"


def town_terms(**terms: Any) -> agreements.Terms:
    from tests.rooms.consents.agreed import a_proposal

    return a_proposal(**terms)


def test_the_card_is_in_swedish_and_repeats_what_was_agreed(town: Town) -> None:
    consent = town.agree()

    mira = signed_in(town.mira, language="en")
    mira.cookies["django_language"] = "en"
    page = words(mira.get(f"/samtycke/{consent}/kort/"))

    for told in (
        "Samtycke för Saga Lind", "Skolan får berätta om närvaron.", "Lena Lind sa ja",
        "Ni kan ta tillbaka samtycket när som helst.", "finns kvar där",
    ):  # fmt: skip
        assert told in page


@pytest.mark.parametrize("who", ["nils", "petra", "agda", "sonja", "samir", "hanna", "bo", "tove"])
def test_a_stranger_finds_no_consent_no_list_and_no_question(town: Town, who: str) -> None:
    consent = town.agree()
    stranger = signed_in(getattr(town, who))
    nothing = "12345678-1234-4234-8234-123456789012"

    for address in ("/samtycke/{}/", "/samtycke/{}/kort/"):
        hidden = stranger.get(address.format(consent))
        assert hidden.status_code == 404
        assert same(hidden, stranger.get(address.format(nothing)))
    for address in ("/elev/{}/samtycken/", "/elev/{}/samtycken/fraga/", "/elev/{}/arenden/"):
        hidden = stranger.get(address.format(town.saga.public))
        assert hidden.status_code == 404
        assert same(hidden, stranger.get(address.format(nothing)))
    hidden = stranger.post(f"/samtycke/{consent}/ta-tillbaka/")
    assert hidden.status_code == 404
    assert Consent.objects.get().state == "given"


def test_the_pupils_page_shows_what_runs_and_asks_the_same_number_of_queries(town: Town) -> None:
    mira = signed_in(town.mira)
    town.agree()
    page = f"/elev/{town.saga.public}/samtycken/"
    mira.get(page)
    with CaptureQueriesContext(connection) as one:
        mira.get(page)
    for _ in range(5):
        agreements.withdraw(consent=town.agree(), way=Way.PAPER, by=scope(town.mira), at=later(1))
    with CaptureQueriesContext(connection) as many:
        shown = words(mira.get(page))

    assert len(many) == len(one)
    assert shown.count("Återtaget") == 5
    assert "Samtycke finns" in words(mira.get(f"/elev/{town.saga.public}/"))
