"""The weekly digest: whom it goes to, once a week, by the worker's plan."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from samnarvaro.base import clock, jobs
from samnarvaro.messages import services as outbox
from samnarvaro.messages.models import Message
from samnarvaro.people import services as people
from samnarvaro.people.models import Pupil, Staff
from samnarvaro.project import planned, tasks, worker
from samnarvaro.project.digest import put_digest
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act
from tests.rooms.base.office import work_off
from tests.rooms.worklist.conftest import school
from tests.rooms.worklist.school import NOON, WEDNESDAY, School, raised, scope, system

__all__ = ["school"]
MONDAY = date(2026, 10, 26)
AT = datetime(2026, 10, 26, 6, 30, tzinfo=clock.SWEDEN)


@pytest.fixture
def staff(school: School) -> School:
    """Everybody has an address."""
    for member in Staff.objects.exclude(account=None):
        people.set_email(
            member.account_id or 0,
            f"{member.given_name.lower()}@vik.example",
            by=system(),
            at=NOON,
        )
    return school


def put(on: date = MONDAY) -> list[str]:
    put_digest(on=on, by=system(on), at=AT)
    found = Message.objects.select_related("account").order_by("account__username")
    return [message.account.username for message in found]


def test_it_goes_to_those_who_have_something_to_do(staff: School) -> None:
    raised(staff.saga)  # the mentor's
    raised(staff.robin, 2)  # the principal's of another school
    assert put() == ["mira", "petra"]


def test_nobody_gets_a_second_one_the_same_week(staff: School) -> None:
    raised(staff.saga)
    put()
    assert put_digest(on=MONDAY + timedelta(days=6), by=system(), at=AT) == 0
    assert put_digest(on=MONDAY + timedelta(days=7), by=system(), at=AT) == 1


def test_who_has_no_address_or_has_said_no_gets_none(staff: School) -> None:
    raised(staff.saga)
    raised(staff.robin, 2)
    people.set_email(staff.petra.account_id or 0, "", by=system(), at=NOON)
    outbox.choose_digest(staff.mira.account_id or 0, wanted=False, by=scope(staff.mira), at=NOON)
    assert put() == []


def test_a_protected_pupil_is_no_ground_for_a_letter(staff: School) -> None:
    raised(staff.saga)
    staff.protect(staff.saga, staff.mira)
    assert Pupil.objects.get(pk=staff.saga.pk).protection
    assert put() == []


def test_what_is_put_off_past_the_week_or_has_recovered_is_no_ground(staff: School) -> None:
    item, noor = raised(staff.saga), raised(staff.noor)
    worklist.mark_recovered([noor.subject], on=WEDNESDAY, by=system(), at=NOON)
    worklist.act(
        item.public,
        Act.WAIT,
        text="möte bokat",
        wait_until=MONDAY + timedelta(days=7),
        by=scope(staff.mira),
        at=NOON,
        on=WEDNESDAY,
    )
    assert put() == []
    assert put(MONDAY + timedelta(days=7)) == ["mira"]


def test_the_worked_example_of_the_page(staff: School) -> None:
    raised(staff.saga)
    raised(staff.robin, 2)
    outbox.choose_digest(staff.petra.account_id or 0, wanted=False, by=scope(staff.petra), at=NOON)
    people.set_email(staff.diana.account_id or 0, "", by=system(), at=NOON)
    ragnars = raised(staff.noor, 2)
    worklist.act(
        ragnars.public,
        Act.WAIT,
        text="möte bokat",
        wait_until=MONDAY + timedelta(days=7),
        by=scope(staff.ragnar),
        at=NOON,
        on=WEDNESDAY,
    )
    assert put() == ["mira"]
    assert Message.objects.get().key == "digest:2026-W44"
    put_digest(on=MONDAY + timedelta(days=2), by=system(), at=AT)
    assert Message.objects.count() == 1
    put_digest(on=MONDAY + timedelta(days=7), by=system(), at=AT)
    next_week = Message.objects.filter(key="digest:2026-W45").order_by("account__username")
    assert [each.account.username for each in next_week] == ["mira", "ragnar"]


def test_the_plan_is_monday_morning(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert jobs.next_planned(planned.DIGEST, AT - timedelta(seconds=1)) == AT
    assert jobs.next_planned(planned.DIGEST, AT).date() == MONDAY + timedelta(days=7)
    for on, registered in ((True, True), (False, False)):
        monkeypatch.setattr(jobs, "_jobs", {})
        settings.DIGEST = on
        planned.register()
        assert (tasks.DIGEST in {job.key for job in jobs.jobs()}) is registered


def test_the_worker_puts_it_and_hands_it_over(
    staff: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(staff.saga)
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    monkeypatch.setattr(jobs, "_jobs", {tasks.DIGEST: planned.DIGEST})

    worker.tick(AT)
    work_off()
    assert mail.outbox == []
    worker.tick(AT)
    worker.tick(AT)  # asked for once, however often
    work_off()
    assert [sent.to for sent in mail.outbox] == [["mira@vik.example"]]
    worker.tick(AT + timedelta(minutes=1))
    work_off()
    assert len(mail.outbox) == 1
