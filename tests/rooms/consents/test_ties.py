"""What a tie is good for: itself, while it lasts, in the job it was given for, and as what it is."""

from datetime import date

import pytest

from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.consents.domain.relations import Kind
from samnarvaro.consents.models import Consent, Relation
from samnarvaro.consents.queries import handed_over
from samnarvaro.consents.services import handing_over, relations
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.people import services as people
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.models import Duty
from samnarvaro.people.queries.readable import readable
from tests.rooms.consents.agreed import HEALTH, NOON, SCHOOL, WEDNESDAY, Town, later, scope
from tests.rooms.worklist.school import system


def read(by: Scope, of: K) -> set[str]:
    return {pupil.given_name for pupil in readable(by=by, classes=frozenset({of}))}


def test_a_tie_that_was_ended_opens_nothing_though_another_holds(families: Town) -> None:
    ended = families.tie(families.sonja, families.saga)
    families.tie(families.sonja, families.noor)
    families.agree()
    assert read(scope(families.sonja), K.NAME) == {"Saga"}

    relations.end(relation=ended.public, by=scope(families.hanna), at=later(1))

    by = scope(families.sonja, at=later(2))
    assert (read(by, K.NAME), read(by, K.SOCIAL)) == (set(), {"Noor"})


def test_a_tie_of_one_job_is_none_in_another_that_has_its_own(families: Town) -> None:
    Duty.objects.create(
        staff=families.sonja, unit=families.psychiatry, role=Role.CLINICIAN,
        first_day=date(2026, 1, 1),
    )  # fmt: skip
    families.tie(families.sonja, families.saga)
    families.tie(families.sonja, families.noor, zone=HEALTH)
    account = families.sonja.account_id or 0
    keys = {hat.zone: hat.key for hat in consents.hats(account, on=WEDNESDAY)}
    by = consents.scope_for(account, hat=keys[HEALTH], on=WEDNESDAY)

    assert read(by, K.REGION) == {"Noor"}


def test_who_takes_part_in_a_plan_has_no_case_of_the_own_agency(families: Town) -> None:
    families.tie(families.sonja, families.saga, kind=Kind.PARTICIPANT)
    families.tie(families.samir, families.saga)

    assert read(scope(families.sonja), K.SOCIAL) == set()
    assert read(scope(families.samir), K.SOCIAL) == {"Saga"}


def test_a_copy_about_a_protected_child_is_out_of_sight_even_where_a_tie_is_left(
    families: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protection ends every tie; one that came beside it opens nothing by itself."""
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    families.tie(families.karin, families.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL)
    tie = families.tie(families.sonja, families.saga)
    DayTotal.objects.create(
        day=WEDNESDAY, pupil=families.saga, scheduled=600, excused=60, unexcused=0, unreported=0,
        late=1, days=2, run=0, unit=families.strand,
    )  # fmt: skip
    consent = families.agree()
    offered = handed_over.offered(families.saga.pk, by=scope(families.karin))
    handing_over.give(
        pupil=families.saga.public, to_zone=tie.zone, by=scope(families.karin), at=NOON,
        keys=[item.key for item in offered if item.data_class is K.ATTENDANCE],
    )  # fmt: skip
    assert handed_over.received(families.saga.pk, by=scope(families.sonja)) != []

    people.protect(pupil=families.saga.pk, level=Level.CONFIDENTIAL, by=system(), at=later(1))
    Relation.objects.filter(pk=tie.pk).update(ended_at=None)
    Consent.objects.filter(public=consent).update(state="given")

    assert handed_over.received(families.saga.pk, by=scope(families.sonja)) == []
