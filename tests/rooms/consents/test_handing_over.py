"""Items are handed over as they were seen: copied, logged, and gone again with the consent."""

from uuid import uuid4

import pytest
from django.test import Client

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.handing_over import Code, NotHanded
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import HandOver
from samnarvaro.consents.queries import handed_over as queries
from samnarvaro.consents.services import agreements
from samnarvaro.consents.services import handing_over as services
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.notes import services as notes
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Staff
from tests.rooms.consents.agreed import HEALTH, NOON, SCHOOL, SOCIAL, WEDNESDAY, Town, scope
from tests.rooms.worklist.school import system
from tests.rooms.worklist.test_pages import words

SECRET = "CNR-oro-för-provet"
WITH_NOTE = (K.NAME, K.ATTENDANCE, K.COUNSELLOR_NOTE)


@pytest.fixture
def town(families: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Karin has a case with Saga and a note about her; Sonja and Bo work with her; some marks."""
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    families.ties = {
        "karin": families.tie(
            families.karin, families.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL
        ),
        "sonja": families.tie(families.sonja, families.saga),
        "bo": families.tie(families.bo, families.saga, zone=HEALTH),
    }
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=families.saga, scheduled=600, excused=60, unexcused=0, unreported=0,
        late=1, days=2, run=0, unit=families.strand,
    )  # fmt: skip
    notes.write(tie=families.ties["karin"].public, text=SECRET, by=scope(families.karin), at=NOON)
    return families


def key(town: Town, of: K, who: str = "karin") -> str:
    found = queries.offered(town.saga.pk, by=scope(getattr(town, who)))
    return next(item.key for item in found if item.data_class is of)


def give(town: Town, *keys: str, who: str = "karin", to: str = SOCIAL) -> list[HandOver]:
    return services.give(
        pupil=town.saga.public, to_zone=to, keys=keys, by=scope(getattr(town, who)), at=NOON
    )


def titles(town: Town, who: str) -> list[str]:
    return [each.title for each in queries.received(town.saga.pk, by=scope(getattr(town, who)))]


def client_of(staff: Staff) -> Client:
    client = Client()
    assert staff.account is not None
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_goes_is_the_copy_that_was_seen(town: Town) -> None:
    town.agree(classes=WITH_NOTE)

    (made,) = give(town, key(town, K.COUNSELLOR_NOTE))

    assert made.lines == [SECRET]
    assert len(titles(town, "sonja")) == 1
    assert titles(town, "samir") == titles(town, "bo") == titles(town, "mira") == []
    written = Writing.objects.get(act="item.handed_over")
    assert SECRET not in str(vars(written))


def test_a_listed_note_is_never_read_but_as_a_copy(town: Town) -> None:
    town.agree(classes=WITH_NOTE)

    assert queries.received(town.saga.pk, by=scope(town.sonja)) == []
    assert queries.offered(town.saga.pk, by=scope(town.sonja)) == []  # nor passed on


def test_what_the_family_did_not_list_stays_and_nothing_else_goes(town: Town) -> None:
    town.agree()

    with pytest.raises(services.CannotHandOver) as refused:
        give(town, key(town, K.ATTENDANCE), key(town, K.COUNSELLOR_NOTE))

    assert refused.value.reasons == [NotHanded.NO_CONSENT]
    assert not HandOver.objects.exists()


def test_when_the_consent_is_taken_back_the_copy_is_seen_no_more(town: Town) -> None:
    consent = town.agree()
    give(town, key(town, K.ATTENDANCE))
    assert titles(town, "sonja")

    agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(town.mira), at=NOON)

    assert titles(town, "sonja") == []
    with pytest.raises(services.CannotHandOver):
        give(town, key(town, K.ATTENDANCE))


def test_an_item_that_is_gone_stops_them_all(town: Town) -> None:
    town.agree()

    with pytest.raises(services.CannotHandOver) as refused:
        give(town, key(town, K.ATTENDANCE), f"notes:{uuid4()}")
    assert refused.value.reasons == [NotHanded.NO_ITEM]


def test_nobody_hands_over_what_it_does_not_see(town: Town) -> None:
    town.agree(classes=WITH_NOTE)
    note = key(town, K.COUNSELLOR_NOTE)

    for who in ("mira", "ragnar"):
        with pytest.raises(services.CannotHandOver) as refused:
            give(town, note, who=who)
        assert refused.value.reasons == [NotHanded.NO_ITEM]
    for who in ("nils", "petra", "samir"):
        with pytest.raises(people.NoSuchPupil):
            give(town, note, who=who)


def test_on_a_ground_of_the_law_one_item_goes_once_and_stays(town: Town) -> None:
    ground = services.Ground(
        code=Code.GENERAL_CLAUSE, decided_by=town.ragnar.pk, why="Behövs för skyddsplaneringen."
    )
    facts = {
        "pupil": town.saga.public, "to_zone": HEALTH, "keys": [key(town, K.ATTENDANCE)],
        "by": scope(town.karin), "at": NOON, "ground": ground,
    }  # fmt: skip
    (made,) = services.give(**facts)  # type: ignore[arg-type]  # by name

    assert (made.code, made.decided_by_id) == ("10:27", town.ragnar.pk)
    assert len(titles(town, "bo")) == 1
    with pytest.raises(services.CannotHandOver) as refused:
        services.give(**facts)  # type: ignore[arg-type]  # by name
    assert refused.value.reasons == [NotHanded.HANDED_ALREADY]


def test_a_chief_elsewhere_has_not_decided(town: Town) -> None:
    ground = services.Ground(code=Code.GENERAL_CLAUSE, decided_by=town.hanna.pk, why="x" * 20)

    with pytest.raises(services.CannotHandOver) as refused:
        services.give(
            pupil=town.saga.public, to_zone=HEALTH, keys=[key(town, K.ATTENDANCE)],
            by=scope(town.karin), at=NOON, ground=ground,
        )  # fmt: skip
    assert refused.value.reasons == [NotHanded.NO_DECIDER]


def test_protection_that_comes_late_takes_the_copies_out_of_sight(town: Town) -> None:
    town.agree()
    give(town, key(town, K.ATTENDANCE))

    people_services.protect(pupil=town.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=NOON)

    assert titles(town, "sonja") == []


def test_showing_a_copy_is_logged_with_its_class_and_refused_after_withdrawal(town: Town) -> None:
    consent = town.agree(classes=WITH_NOTE)
    give(town, key(town, K.COUNSELLOR_NOTE))
    told = {
        "pupils": [town.saga.pk], "classes": {K.COUNSELLOR_NOTE, K.EXISTENCE}, "action": "view",
        "what": "child", "by": scope(town.sonja), "at": NOON,
    }  # fmt: skip

    consents.hand_out(**told)  # type: ignore[arg-type]  # by name
    assert Reading.objects.get().classes == ["K0", "K6"]

    agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(town.mira), at=NOON)
    with pytest.raises(consents.NoLongerVisible):
        consents.hand_out(**told)  # type: ignore[arg-type]  # by name


def test_one_chooses_sees_the_copy_and_hands_it_over(town: Town) -> None:
    town.agree(classes=WITH_NOTE)
    client, url = client_of(town.karin), f"/elev/{town.saga.public}/lamna-over/"
    chosen = {"to_zone": SOCIAL, "items": [key(town, K.COUNSELLOR_NOTE)]}

    assert SECRET not in words(client.get(url))
    preview = words(client.post(url, chosen))
    assert SECRET in preview
    assert "Det här kommer mottagaren att se" in preview
    assert not HandOver.objects.exists()
    assert "K6" in Reading.objects.latest("pk").classes

    done = client.post(url, {**chosen, "give": "1"}, follow=True)
    assert "överlämnade" in words(done)
    assert HandOver.objects.get().lines == [SECRET]


def test_the_page_says_what_is_wrong_and_keeps_the_choice(town: Town) -> None:
    client, url = client_of(town.karin), f"/elev/{town.saga.public}/lamna-over/"

    answer = client.post(
        url,
        {"to_zone": SOCIAL, "items": [key(town, K.ATTENDANCE)], "ground": "10:27", "give": "1"},
    )

    assert answer.status_code == 422
    assert "Ange vilken chef" in words(answer)
    assert "Skriv varför" in words(answer)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("who", ["nils", "petra"])
def test_a_stranger_gets_the_same_answer_as_for_nobody(town: Town, who: str) -> None:
    client = client_of(getattr(town, who))

    for pupil in (town.saga.public, uuid4()):
        assert client.get(f"/elev/{pupil}/lamna-over/").status_code == 404
        assert client.post(f"/elev/{pupil}/lamna-over/", {"give": "1"}).status_code == 404
