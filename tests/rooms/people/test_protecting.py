"""A pupil is protected: at once, everywhere, for everybody but the few who are named."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from samnarvaro.audit import services as audit
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import events
from samnarvaro.base.deliveries import files
from samnarvaro.base.models import Delivery
from samnarvaro.base.sessions import SessionStore
from samnarvaro.consents import services as consents
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries, services
from samnarvaro.people.domain.guardians import Contact
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.events import PupilProtected
from samnarvaro.people.models import Guardian, Guardianship, Pupil, Staff
from tests.rooms.people.delivered import AUGUST, NOON, system
from tests.rooms.people.town import Town, scope

LENA = Contact("Lena", "Lind", telephone="070-1740605", email="lena@example.invalid")
JOHAN = Contact("Johan", "Modig")


@pytest.fixture
def tindra(town: Town) -> Pupil:
    pupil = town.pupil("Tindra", "Sund", town.class_8b)
    Pupil.objects.filter(pk=pupil.pk).update(
        identity_number="201304072398", home_municipality="9999"
    )
    pupil.refresh_from_db()
    return pupil


def protect(pupil: Pupil, level: Level = Level.CONFIDENTIAL) -> None:
    services.protect(pupil=pupil.pk, level=level, by=system(), at=NOON)
    pupil.refresh_from_db()


def read(pupil: Pupil, staff: Staff, at: datetime) -> None:
    audit.record_reading(
        by=scope(staff),
        at=at,
        pupils=[str(pupil.public)],
        classes=[DataClass.NAME],
        action="view",
        what="test",
        channel="web",
    )


def sign_in(staff: Staff) -> str:
    session = SessionStore()
    session["_auth_user_id"] = str(staff.account_id)
    session.create()
    assert session.session_key is not None
    return session.session_key


def is_signed_in(key: str) -> bool:
    return SessionStore().exists(key)


def test_name_number_and_municipality_are_gone(tindra: Pupil) -> None:
    protect(tindra)

    assert (tindra.protection, tindra.name, tindra.sort_key) == (1, "•••", "")
    assert (tindra.given_name, tindra.family_name) == ("", "")
    assert (tindra.identity_number, tindra.home_municipality) == ("", "")


def test_guardians_are_gone_unless_they_are_somebody_elses_too(town: Town, tindra: Pupil) -> None:
    saga = town.pupil("Saga", "Lind", town.class_8b)
    for contact, pupils in ((LENA, [tindra, saga]), (JOHAN, [tindra])):
        guardian = services.ensure_guardian(contact, by=system(), at=NOON)
        for pupil in pupils:
            services.set_guardianship(
                pupil=pupil.pk, guardian=guardian.pk, first_day=AUGUST, by=system(), at=NOON
            )

    protect(tindra)

    assert list(Guardianship.objects.values_list("pupil_id", flat=True)) == [saga.pk]
    assert list(Guardian.objects.values_list("given_name", flat=True)) == ["Lena"]


def test_for_mentor_and_principal_the_pupil_ceases_to_exist(town: Town, tindra: Pupil) -> None:
    for staff in (town.mira, town.ragnar, town.karin):
        assert queries.visible(by=scope(staff)).filter(pk=tindra.pk).exists()

    protect(tindra)

    for staff in (town.mira, town.ragnar, town.karin, town.petra, town.agda):
        viewer = scope(staff)
        assert not queries.visible(by=viewer).filter(pk=tindra.pk).exists()
        assert queries.visible(by=viewer).count() == 0
        assert queries.search("tindra", by=viewer).count == 0
        assert queries.search("•••", by=viewer).count == 0
        assert tindra.pk not in queries.pupil_ids(by=viewer)
        assert queries.publics([tindra.pk], by=viewer) == []
        with pytest.raises(queries.NoSuchPupil):
            queries.get(tindra.public, by=viewer)
        with pytest.raises(consents.NoLongerVisible):
            consents.hand_out(
                by=viewer, at=NOON, pupils=[tindra.pk], classes=[], action="view", what="test"
            )


def test_the_rooms_above_are_told_in_the_same_transaction(
    tindra: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[PupilProtected] = []
    monkeypatch.setitem(events._within, PupilProtected, [heard.append])

    protect(tindra)

    assert heard == [PupilProtected(tindra.pk, tindra.public, NOON)]


def failing(_event: object) -> None:
    raise RuntimeError("a room above could not clear what it holds")


def test_if_a_room_above_cannot_clear_itself_nothing_is_done(
    tindra: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(events._within, PupilProtected, [failing])

    with pytest.raises(RuntimeError):
        protect(tindra)

    tindra.refresh_from_db()
    assert (tindra.protection, tindra.name) == (0, "Tindra Sund")
    assert not Writing.objects.filter(act="pupil.protected").exists()


def test_the_sessions_end_of_those_who_were_shown_the_pupil_lately(
    town: Town, tindra: Pupil
) -> None:
    keys = {staff.pk: sign_in(staff) for staff in (town.mira, town.ragnar, town.karin)}
    read(tindra, town.mira, NOON - timedelta(hours=11))
    read(tindra, town.ragnar, NOON - timedelta(hours=13))

    protect(tindra)

    assert not is_signed_in(keys[town.mira.pk])
    assert is_signed_in(keys[town.ragnar.pk])
    assert is_signed_in(keys[town.karin.pk])


def test_the_log_tells_how_much_had_already_been_shown(town: Town, tindra: Pupil) -> None:
    sign_in(town.mira)
    for hours in (1, 2, 300):
        read(tindra, town.mira, NOON - timedelta(hours=hours))
    read(tindra, town.ragnar, NOON - timedelta(days=40))
    read(town.pupil("Noor", "Haddad", town.class_8b), town.karin, NOON)

    protect(tindra)

    entry = Writing.objects.get(act="pupil.protected")
    assert entry.pupil == str(tindra.public)
    assert entry.detail == {
        "before": 0,
        "after": 1,
        "guardians": 0,
        "sessions": 1,
        "readings": 4,
        "viewers": 2,
    }
    assert Reading.objects.count() == 5


def delivery_quoting(errors: list[list[object]], warnings: list[list[object]]) -> Delivery:
    return Delivery.objects.create(
        kind="marks",
        by="system:test",
        received_at=NOON,
        report={"errors": errors, "warnings": warnings, "counts": {}},
    )


def test_old_reports_quote_nothing_of_the_pupil_any_more(tindra: Pupil) -> None:
    delivery = delivery_quoting(
        [
            [2, "pupil_id", tindra.pupil_id, "pupil_unknown"],
            [2, "subject", "Engelska för henne", "not_a_name"],
            [3, "family_name", "SUND, tindra", "not_a_name"],
            [4, "legal_sex", "20130407-2398", "legal_sex_unknown"],
            [5, "minutes", "sextio", "not_whole_minutes"],
        ],
        [["person_differs", 6, 1, "Tíndra"], ["columns_ignored", 0, 1, "skor"]],
    )

    protect(tindra)

    delivery.refresh_from_db()
    assert [error[2] for error in delivery.report["errors"]] == ["", "", "", "", "sextio"]
    assert [warning[3] for warning in delivery.report["warnings"]] == ["", "skor"]
    assert "indra" not in json.dumps(delivery.report, ensure_ascii=False)


def waiting(state: str, content: str, kind: str = "roster") -> Delivery:
    delivery = Delivery.objects.create(kind=kind, by="system:test", received_at=NOON, state=state)
    files.keep(delivery.public, [content.encode("utf-8")])
    return delivery


@pytest.mark.django_db(transaction=True)
def test_a_roster_that_waits_and_names_the_pupil_is_thrown_away(tindra: Pupil) -> None:
    naming = [waiting(state, "a,TINDRA,Sund,99000002,8,8B\n") for state in ("previewed", "failed")]
    writing = waiting("writing", "a,Tindra,Sund,99000002,8,8B\n")
    other = waiting("previewed", "a,Saga,Lind,99000002,8,8B\n")
    marks = waiting("confirmed", f"{tindra.pupil_id},99000002,2026-11-20\n", kind="marks")

    protect(tindra)

    for delivery in naming:
        delivery.refresh_from_db()
        assert delivery.state == "stopped"
        assert not files.path_of(delivery.public).exists()
    for delivery in (writing, other, marks):
        before = delivery.state
        delivery.refresh_from_db()
        assert delivery.state == before
        assert files.path_of(delivery.public).exists()
        files.remove(delivery.public)


def test_protecting_again_or_higher_stands(town: Town, tindra: Pupil) -> None:
    protect(tindra)
    services.set_alias(pupil=tindra.pk, alias="T", by=system(), at=NOON)
    town.name_handler(tindra, town.karin)

    protect(tindra, Level.PROTECTED_REGISTRATION)

    assert (tindra.protection, tindra.name) == (2, "T")
    assert queries.get(tindra.public, by=scope(town.karin)).name == "T"


def test_level_nought_is_no_protection(tindra: Pupil) -> None:
    with pytest.raises(ValueError, match="lift_protection"):
        protect(tindra, Level.NONE)


def test_when_it_is_lifted_the_handlers_are_that_no_longer(town: Town, tindra: Pupil) -> None:
    protect(tindra)
    services.set_alias(pupil=tindra.pk, alias="T", by=system(), at=NOON)
    town.name_handler(tindra, town.karin, AUGUST)
    town.name_handler(tindra, town.petra)

    services.lift_protection(pupil=tindra.pk, by=system(), at=NOON)

    tindra.refresh_from_db()
    assert (tindra.protection, tindra.name, tindra.given_name) == (0, "T", "")
    assert queries.visible(by=scope(town.mira)).filter(pk=tindra.pk).exists()
    assert not queries.visible(by=scope(town.petra)).filter(pk=tindra.pk).exists()
    assert Writing.objects.filter(act="pupil.protection_lifted").count() == 1
    # Protected once more, it exists for nobody until handlers are named anew.
    protect(tindra)
    assert not queries.visible(by=scope(town.karin)).filter(pk=tindra.pk).exists()


CHANGES: list[Callable[[int], object]] = [
    lambda pupil: services.lift_protection(pupil=pupil, by=system(), at=NOON),
    lambda pupil: services.set_alias(pupil=pupil, alias="T", by=system(), at=NOON),
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_open_pupil_has_no_alias_and_nothing_to_lift(
    tindra: Pupil, change: Callable[[int], object]
) -> None:
    with pytest.raises(services.NotProtected):
        change(tindra.pk)


def test_a_handler_sees_the_alias_and_finds_the_pupil_by_it(town: Town, tindra: Pupil) -> None:
    protect(tindra)
    services.set_alias(pupil=tindra.pk, alias="Älgen", by=system(), at=NOON)
    town.name_handler(tindra, town.petra)

    found = queries.search("älg", by=scope(town.petra))

    assert [hit.name for hit in found.hits] == ["Älgen"]
    assert queries.search("Tindra", by=scope(town.petra)).count == 0
