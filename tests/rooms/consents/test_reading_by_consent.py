"""What a consent opens, to whom, and how it ends: asked through the queries that pages use."""

from datetime import date, timedelta

import pytest

from samnarvaro.attendance.models import DayTotal
from samnarvaro.audit.models import Reading, Writing
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.agreement import Way
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import Consent, ConsentAnswer, Relation
from samnarvaro.consents.queries import letting_in
from samnarvaro.consents.queries.agreements import NoSuchConsent
from samnarvaro.consents.services import agreements, relations
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Duty, Guardianship, NamedHandler
from samnarvaro.people.queries.readable import readable
from tests.rooms.consents.agreed import (
    HEALTH,
    NO,
    NOON,
    SOCIAL,
    WEDNESDAY,
    YES,
    Town,
    a_proposal,
    later,
    scope,
)  # fmt: skip
from tests.rooms.worklist.school import system

DAY = timedelta(days=1)


def read(by: Scope, *classes: K) -> set[str]:
    found = readable(by=by, classes=frozenset(classes or {K.NAME}))
    return {pupil.given_name or pupil.alias for pupil in found}


def test_without_relation_or_consent_another_agency_sees_nobody(families: Town) -> None:
    assert read(scope(families.sonja)) == set()
    families.agree()
    assert read(scope(families.sonja)) == set()  # a consent is no relation


def test_a_relation_alone_opens_nothing_of_the_school(families: Town) -> None:
    families.tie(families.sonja, families.saga)

    assert read(scope(families.sonja)) == set()
    assert read(scope(families.sonja), K.SOCIAL) == {"Saga"}  # its own


def test_relation_and_consent_together_open_what_was_listed(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()

    assert read(scope(families.sonja), K.NAME) == {"Saga"}
    assert read(scope(families.sonja), K.NAME, K.ATTENDANCE) == {"Saga"}
    assert read(scope(families.sonja), K.MAPPING) == set()
    assert read(scope(families.sonja), K.NAME, K.MAPPING) == set()
    assert people.visible(by=scope(families.sonja)).count() == 0  # the school's pages stay closed


def test_a_class_that_the_role_does_not_read_stays_closed_whatever_was_agreed(
    families: Town,
) -> None:
    families.tie(families.sonja, families.saga)
    families.tie(families.samir, families.saga)
    families.agree(classes=(K.NAME, K.CAUSE))

    assert read(scope(families.samir), K.CAUSE) == {"Saga"}
    assert read(scope(families.sonja), K.CAUSE) == set()


def test_a_colleague_without_relation_and_a_third_agency_see_nothing(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.tie(families.bo, families.saga, zone=HEALTH)
    families.agree()

    assert read(scope(families.samir)) == set()
    assert read(scope(families.hanna)) == set()  # a chief does not read
    assert read(scope(families.bo)) == set()
    assert read(scope(families.bo), K.REGION) == {"Saga"}


def test_one_yes_of_two_lets_nothing_flow(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.ask()
    assert families.say(consent, families.mother, YES).state == "incomplete"
    assert read(scope(families.sonja)) == set()

    assert families.say(consent, families.father, NO).state == "conflicting"
    assert read(scope(families.sonja)) == set()

    assert families.say(consent, families.father, YES).state == "given"
    assert read(scope(families.sonja)) == {"Saga"}


def test_it_flows_from_the_first_day_to_the_last(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree(first=WEDNESDAY + DAY, days=2)

    seen = [bool(read(scope(families.sonja, WEDNESDAY + n * DAY))) for n in range(5)]
    assert seen == [False, True, True, False, False]


@pytest.mark.parametrize("who", ["mira", "karin", "sonja"])
def test_what_is_taken_back_is_gone_at_once(families: Town, who: str) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.agree()
    handler = scope(families.sonja)  # cut before
    assert read(handler) == {"Saga"}

    agreements.withdraw(
        consent=consent, way=Way.PHONE, by=scope(getattr(families, who)), at=later(1)
    )

    assert read(handler) == set()
    row = Consent.objects.get()
    assert (row.state, row.ended_at, row.ended_how) == ("withdrawn", later(1), "phone")
    agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(families.mira), at=later(2))
    row.refresh_from_db()
    assert (row.ended_at, row.ended_how) == (later(1), "phone")
    assert Writing.objects.filter(act="consent.withdrawn").count() == 1


@pytest.mark.parametrize("who", ["nils", "petra", "agda", "samir", "hanna", "bo", "tove"])
def test_a_stranger_to_the_consent_can_neither_see_nor_touch_it(families: Town, who: str) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.agree()
    stranger = scope(getattr(families, who))
    before = Writing.objects.count()
    told = agreements.Told(guardian=None, said=NO, way=Way.PAPER)

    with pytest.raises(NoSuchConsent):
        agreements.withdraw(consent=consent, way=Way.PAPER, by=stranger, at=NOON)
    with pytest.raises(NoSuchConsent):
        agreements.answer(consent=consent, told=told, by=stranger, at=NOON)
    with pytest.raises(people.NoSuchPupil):
        agreements.ask(pupil=families.saga.public, terms=a_proposal(), by=stranger, at=NOON)

    assert Consent.objects.get().state == "given"
    assert Writing.objects.count() == before


def test_the_receiver_may_take_back_but_not_write_down_a_yes(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.ask()
    told = agreements.Told(guardian=families.mother.public, said=YES, way=Way.PAPER)

    with pytest.raises(NoSuchConsent):
        agreements.answer(consent=consent, told=told, by=scope(families.sonja), at=NOON)

    assert not ConsentAnswer.objects.exists()


def test_somebody_elses_guardian_is_no_party(families: Town) -> None:
    other = families.guardian(families.noor, "Amal", "Haddad")
    consent = families.ask()

    with pytest.raises(agreements.CannotAnswer) as refused:
        families.say(consent, other, YES)

    assert refused.value.reasons == ["not_a_party"]
    assert not ConsentAnswer.objects.exists()


def test_a_consent_for_one_child_opens_no_other(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.tie(families.sonja, families.noor)
    families.agree()

    assert read(scope(families.sonja)) == {"Saga"}


def test_a_consent_is_one_way(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()

    assert read(scope(families.mira), K.SOCIAL) == set()


def test_when_a_giver_is_no_guardian_any_more_the_flow_stops(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()
    guardianship = Guardianship.objects.get(guardian=families.father)

    people_services.end_guardianship(
        guardianship=guardianship.pk, last_day=WEDNESDAY, by=system(), at=NOON
    )

    assert Consent.objects.get().state == "under_review"
    assert read(scope(families.sonja)) == set()


def test_when_protection_comes_late_every_tie_ends_and_nothing_flows(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.tie(families.karin, families.saga, kind=Kind.STUDENT_HEALTH_CASE, zone="school:9999")
    families.agree()

    people_services.protect(
        pupil=families.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(5)
    )

    assert Consent.objects.get().state == "under_review"
    assert not Relation.objects.filter(ended_at__isnull=True).exists()
    assert set(ConsentAnswer.objects.values_list("guardian_name", flat=True)) == {""}
    for who in (families.sonja, families.karin, families.mira):
        assert not readable(
            by=scope(who), classes=frozenset({K.NAME})
        ).filter(pk=families.saga.pk).exists()  # fmt: skip


def test_lifted_protection_opens_nothing_by_itself(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()
    people_services.protect(
        pupil=families.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(5)
    )
    people_services.lift_protection(pupil=families.saga.pk, by=system(), at=later(6))

    assert read(scope(families.sonja)) == set()
    assert Consent.objects.get().state == "under_review"


def test_a_relation_dies_with_the_employment(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree(days=60)
    Duty.objects.filter(staff=families.sonja).update(last_day=WEDNESDAY)

    assert read(scope(families.sonja)) == {"Saga"}
    with pytest.raises(consents.NoDuty):
        scope(families.sonja, WEDNESDAY + DAY)


def test_a_relation_of_one_job_is_nothing_in_another(families: Town) -> None:
    """One person with two jobs wears one hat at a time."""
    families.tie(families.sonja, families.saga)
    families.agree()
    Duty.objects.create(
        staff=families.sonja, unit=families.psychiatry, role="clinician", first_day=date(2026, 1, 1)
    )
    account = families.sonja.account_id or 0
    hats = {hat.zone: hat.key for hat in consents.hats(account, on=WEDNESDAY)}

    worn = {
        zone: read(consents.scope_for(account, hat=key, on=WEDNESDAY)) for zone, key in hats.items()
    }
    assert worn == {SOCIAL: {"Saga"}, HEALTH: set()}


def test_what_leaves_is_checked_again_and_written_down(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.agree()
    handler, what = scope(families.sonja), {K.NAME, K.ATTENDANCE}

    consents.hand_out(
        by=handler, at=NOON, pupils=[families.saga.pk], classes=what, action="view", what="child"
    )
    assert Reading.objects.get().pupils == [str(families.saga.public)]

    agreements.withdraw(consent=consent, way=Way.PAPER, by=scope(families.mira), at=NOON)
    with pytest.raises(consents.NoLongerVisible):
        consents.hand_out(
            by=handler,
            at=NOON,
            pupils=[families.saga.pk],
            classes=what,
            action="view",
            what="child",
        )
    assert Reading.objects.count() == 1


def test_a_page_that_tells_more_than_was_agreed_does_not_leave(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()

    with pytest.raises(consents.NoLongerVisible):
        consents.hand_out(
            by=scope(families.sonja),
            at=NOON,
            pupils=[families.saga.pk],
            classes={K.NAME, K.MAPPING},
            action="view",
            what="child",
        )
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_attendance_is_read_through_the_same_door(families: Town) -> None:
    for pupil in (families.saga, families.noor):
        DayTotal.objects.create(
            day=WEDNESDAY, pupil=pupil, scheduled=300, excused=60, unexcused=0, unreported=0,
            late=0, days=1, run=0, unit=families.strand,
        )  # fmt: skip
    families.tie(families.sonja, families.saga)
    families.tie(families.samir, families.saga)
    families.agree(classes=(K.NAME, K.CAUSE))
    assert not DayTotal.objects.visible_in(scope(families.samir)).exists()

    families.agree()

    assert {row.pupil_id for row in DayTotal.objects.visible_in(scope(families.sonja))} == {
        families.saga.pk
    }


class TestGlass:
    def broken(self, families: Town, by: Scope, **but: object) -> Relation:
        facts: dict[str, object] = {
            "pupil": families.robin.pk,
            "reason": "danger",
            "words": "Ringde från skolgården och sa att hon inte vågar gå hem.",
            "signed_in_anew": True,
        }
        return relations.break_glass(**facts | but, by=by, at=NOON)  # type: ignore[arg-type]  # by name

    def test_it_opens_name_and_attendance_for_three_hours_to_the_second(
        self, families: Town
    ) -> None:
        """Karin works at another school than Robin goes to."""
        assert "Robin" not in read(scope(families.karin))
        self.broken(families, scope(families.karin))

        assert "Robin" in read(scope(families.karin), K.NAME, K.ATTENDANCE)
        assert "Robin" not in read(scope(families.karin), K.CONTACT)
        assert "Robin" not in read(scope(families.karin), K.CAUSE)
        assert "Robin" not in read(scope(families.mira))
        just = later(180) - timedelta(microseconds=1)
        assert "Robin" in read(scope(families.karin, at=just))
        assert "Robin" not in read(scope(families.karin, at=later(180)))

    def test_a_page_made_just_before_it_closes_does_not_leave_after(self, families: Town) -> None:
        self.broken(families, scope(families.karin))
        made = scope(families.karin, at=later(179))
        facts = {"pupils": [families.robin.pk], "classes": {K.NAME}, "action": "view", "what": "x"}

        consents.hand_out(by=made, at=later(179), **facts)  # type: ignore[arg-type]  # by name
        with pytest.raises(consents.NoLongerVisible):
            consents.hand_out(by=made, at=later(180), **facts)  # type: ignore[arg-type]  # by name

    def test_it_does_not_break_into_another_zone(self, families: Town) -> None:
        with pytest.raises(relations.CannotBreak) as refused:
            self.broken(families, scope(families.samir))

        assert refused.value.reasons == ["other_zone"]
        assert not Relation.objects.exists()

    def test_it_breaks_three_times_a_day(self, families: Town) -> None:
        for pupil in (families.robin, families.saga, families.noor):
            self.broken(families, scope(families.petra), pupil=pupil.pk)

        with pytest.raises(relations.CannotBreak) as refused:
            self.broken(families, scope(families.petra), pupil=families.robin.pk)
        assert refused.value.reasons == ["too_many_today", "stands_open"]

    def test_a_protected_pupil_is_not_there(self, families: Town) -> None:
        families.protect(families.robin, families.ragnar, families.mira)

        with pytest.raises(people.NoSuchPupil):
            self.broken(families, scope(families.karin))
        assert not Relation.objects.exists()
        assert NamedHandler.objects.count() == 2

    def test_one_that_was_broken_before_protection_came_shows_nothing(self, families: Town) -> None:
        self.broken(families, scope(families.karin))
        held = scope(families.karin)

        people_services.protect(
            pupil=families.robin.pk, level=Level.CONFIDENTIAL, by=system(), at=later(5)
        )

        assert read(held) == read(scope(families.karin)) == {"Saga", "Noor"}


def test_what_a_viewer_reads_of_one_child_is_told_class_by_class(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.agree()

    sees = letting_in.reads(families.saga.pk, by=scope(families.sonja))
    assert sees == {K.NAME, K.ATTENDANCE, K.SOCIAL, K.EXISTENCE, K.CONSENT}
