"""What long runs of anything that may happen have found: each kept as the case it came down to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import HandOver, Relation
from samnarvaro.consents.queries import handed_over, own
from samnarvaro.consents.services import agreements, handing_over, relations
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.notes import services as notes
from samnarvaro.notes.models import Note
from samnarvaro.people.models import Duty, Pupil
from samnarvaro.people.queries.readable import readable
from tests.rooms.consents.agreed import (
    HEALTH,
    NOON,
    SOCIAL,
    WEDNESDAY,
    YES,
    Town,
    a_proposal,
    scope,
)  # fmt: skip
from tests.rooms.consents.test_reading_by_consent import read


def agree_with_health(families: Town) -> None:
    """Lena and Per let health care tell social services what stands in the list."""
    asked = agreements.ask(
        pupil=families.saga.public, terms=a_proposal(), by=scope(families.bo), at=NOON
    )
    for guardian in (families.mother, families.father):
        families.say(asked.public, guardian, YES, by=families.bo)


def test_what_health_care_may_tell_opens_nothing_of_the_school(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    families.tie(families.bo, families.saga, zone=HEALTH)
    agree_with_health(families)

    found = readable(by=scope(families.sonja), classes=frozenset({K.ATTENDANCE}))
    assert not found.exists()

    families.agree()
    assert found.exists()


def test_what_is_read_by_a_consent_is_not_passed_on(families: Town) -> None:
    """The school tells health care; health care may tell social services, but not that."""
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=families.saga, scheduled=600, excused=60, unexcused=0, unreported=0,
        late=1, days=2, run=0, unit=families.strand,
    )  # fmt: skip
    families.tie(families.bo, families.saga, zone=HEALTH)
    families.agree(to_zone=HEALTH)
    agree_with_health(families)
    (figures, *_) = handed_over.offered(families.saga.pk, by=scope(families.mira))

    assert handed_over.offered(families.saga.pk, by=scope(families.bo)) == []
    with pytest.raises(handing_over.CannotHandOver) as refused:
        handing_over.give(
            pupil=families.saga.public, to_zone=SOCIAL, keys=[figures.key], by=scope(families.bo),
            at=NOON,
        )  # fmt: skip
    assert refused.value.reasons == ["no_item"]


def test_a_glass_broken_late_stands_open_past_midnight(families: Town) -> None:
    late = datetime(2026, 10, 21, 21, 30, tzinfo=UTC)  # half past eleven in the evening here
    karin = families.karin
    relations.break_glass(
        pupil=families.robin.pk, reason="danger", signed_in_anew=True, at=late,
        words="Ringde från skolgården och sa att hon inte vågar gå hem.",
        by=scope(karin, at=late),
    )  # fmt: skip

    def reads(hours: float) -> bool:
        at = late + timedelta(hours=hours)
        by = scope(karin, clock.day_of(at), at)
        return readable(by=by, classes=frozenset({K.NAME})).filter(pk=families.robin.pk).exists()

    assert [reads(hours) for hours in (0, 1, 2.99, 3)] == [True, True, True, False]
    assert Relation.objects.get().last_day == WEDNESDAY + timedelta(days=1)


def test_when_another_guardian_has_come_a_renewed_yes_of_one_waits_for_it(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    consent = families.agree()
    third = families.guardian(families.saga, "Ines", "Lind")

    assert families.say(consent, families.mother, YES).state == "incomplete"
    assert not readable(by=scope(families.sonja), classes=frozenset({K.NAME})).exists()
    assert families.say(consent, third, YES).state == "given"


def test_who_only_takes_part_in_a_plan_writes_no_note(families: Town) -> None:
    tie = families.tie(families.bo, families.saga, kind=Kind.PARTICIPANT, zone=HEALTH)

    with pytest.raises(own.NoSuchTie):
        notes.write(tie=tie.public, text="Ringde hem.", by=scope(families.bo), at=NOON)
    assert not Note.objects.exists()


def test_neither_tie_nor_consent_opens_a_protected_child_whatever_the_order(families: Town) -> None:
    """Even where the rows of both had been left: the mark alone is enough."""
    families.tie(families.sonja, families.saga)
    families.tie(families.karin, families.saga, kind=Kind.STUDENT_HEALTH_CASE, zone="school:9999")
    families.agree()
    families.protect(families.saga, families.ragnar, families.mira)

    for who in (families.sonja, families.karin):
        assert not readable(
            by=scope(who), classes=frozenset({K.NAME})
        ).filter(pk=families.saga.pk).exists()  # fmt: skip


def test_a_tie_that_was_ended_opens_nothing_though_another_stands(families: Town) -> None:
    tie = families.tie(families.sonja, families.saga)
    families.tie(families.sonja, families.noor)
    families.agree()

    relations.end(relation=tie.public, by=scope(families.hanna), at=NOON)

    assert read(scope(families.sonja)) == set()
    assert read(scope(families.sonja), K.SOCIAL) == {"Noor"}


def test_a_tie_in_one_job_is_none_in_another_where_one_has_a_tie_too(families: Town) -> None:
    families.tie(families.sonja, families.saga)
    Duty.objects.create(
        staff=families.sonja, unit=families.psychiatry, role="clinician", first_day=date(2026, 1, 1)
    )
    families.tie(families.sonja, families.noor, zone=HEALTH)
    families.agree(to_zone=HEALTH)
    hats = consents.hats(families.sonja.account_id or 0, on=WEDNESDAY)
    health = next(hat.key for hat in hats if hat.zone == HEALTH)

    worn = consents.scope_for(families.sonja.account_id or 0, hat=health, on=WEDNESDAY)

    assert read(worn) == set()
    assert read(worn, K.REGION) == {"Noor"}


def test_a_copy_is_seen_no_more_when_the_child_is_protected_even_through_a_standing_tie(
    families: Town,
) -> None:
    families.tie(families.sonja, families.saga)
    copy = HandOver.objects.create(
        pupil=families.saga, from_zone="school:9999", to_zone=SOCIAL, item="notes:1",
        data_class=K.ATTENDANCE, title="Närvaro", lines=["x"], code="10:27",
        decided_by=families.ragnar, given_by=families.karin, at=NOON,
    )  # fmt: skip
    by = scope(families.sonja)
    assert list(HandOver.objects.received_by(by)) == [copy]

    Pupil.objects.filter(pk=families.saga.pk).update(protection=1)

    assert list(HandOver.objects.received_by(by)) == []
