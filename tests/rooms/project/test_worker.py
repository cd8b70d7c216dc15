"""The worker does what stands in the queue and what is due, once, and picks up what was cut off."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.events import MarksChanged
from samnarvaro.attendance.models import DayTotal
from samnarvaro.base import clock, events, jobs, presence
from samnarvaro.base.models import JobRun
from samnarvaro.kernel.days import Window
from samnarvaro.project import tasks, worker
from samnarvaro.staircase import services as staircase
from samnarvaro.staircase.models import RuleSet
from tests.rooms.base.office import MONDAY, NOON, SAGA, Office, csv, system, work_off

MINUTE = timedelta(minutes=1)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hands = Clock(NOON)
    monkeypatch.setattr(clock, "now", lambda: hands.now)
    monkeypatch.setattr(clock, "today", lambda: hands.now.astimezone(clock.SWEDEN).date())
    return hands


@pytest.fixture
def office(db: None, hands: Clock) -> Office:  # noqa: ARG001  # the rows need tables
    return Office()


def queue() -> list[str]:
    ready = DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")
    return [path.rsplit(".")[-1] for path in ready.values_list("task_path", flat=True)]


def runs(job: str) -> list[tuple[str, str]]:
    found = JobRun.objects.filter(job=job).order_by("pk")
    return [(run.as_of.isoformat(), run.state) for run in found]


@pytest.mark.usefixtures("office")
def test_at_its_first_start_it_does_all_that_is_due_and_then_rests(hands: Clock) -> None:
    worker.tick(hands.now, is_first=True)
    worker.tick(hands.now)
    assert sorted(queue()) == [
        "check_totals", "run_checkpoint", "run_log_review", "run_nightly", "tidy",
    ]  # fmt: skip

    assert work_off() == 5
    worker.tick(hands.now + MINUTE)

    assert queue() == []
    assert runs("nightly") == runs("totals") == runs("tidy") == [("2026-10-19", "done")]


@pytest.mark.usefixtures("office")
def test_through_a_week_each_job_is_done_as_often_as_it_is_planned(hands: Clock) -> None:
    worker.tick(hands.now)
    work_off()
    for _ in range(7 * 24):
        hands.now += 60 * MINUTE
        worker.tick(hands.now)
        work_off()

    days = [f"2026-10-{day}" for day in range(19, 27)]  # over the end of summer time
    assert [day for day, _ in runs("nightly")] == days
    assert [day for day, _ in runs("tidy")] == days
    assert [day for day, _ in runs("totals")] == ["2026-10-19", "2026-10-25"]


@pytest.mark.usefixtures("office")
def test_after_a_week_away_the_night_is_made_up_for_once_for_the_day_it_is(hands: Clock) -> None:
    worker.tick(hands.now)
    work_off()
    hands.now += timedelta(days=7)

    worker.tick(hands.now, is_first=True)
    work_off()

    assert runs("nightly") == [("2026-10-19", "done"), ("2026-10-26", "done")]


def test_when_marks_have_come_the_day_is_evaluated_once_more(
    office: Office,  # noqa: ARG001
    tmp_path: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(csv(SAGA))

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            attendance.take_in(path, attendance.Options(), by=system(), at=NOON)
        path.write_bytes(csv(SAGA.replace("present", "unexcused")))

    assert queue() == ["run_nightly"]
    work_off()
    assert runs("nightly") == [("2026-10-19", "done")]


@pytest.mark.usefixtures("office")
def test_a_delivery_that_was_rolled_back_asks_for_nothing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        events.publish(MarksChanged(1, Window(MONDAY, MONDAY)))
        transaction.set_rollback(True)

    assert queue() == []


@pytest.mark.usefixtures("office")
def test_the_evaluation_is_for_the_day_when_the_worker_comes_to_it(hands: Clock) -> None:
    tasks.run_nightly.enqueue()
    hands.now += timedelta(days=1)

    work_off()

    assert runs("nightly") == [("2026-10-20", "done")]


@pytest.mark.usefixtures("office")
def test_a_day_can_be_said() -> None:
    tasks.run_nightly.enqueue("2026-10-01")

    work_off()

    assert runs("nightly") == [("2026-10-01", "done")]


@pytest.mark.usefixtures("office")
def test_a_night_that_fails_is_marked_and_tried_again(hands: Clock) -> None:
    RuleSet.objects.update(holds_from=MONDAY + timedelta(days=30))
    worker.tick(hands.now)
    work_off()
    worker.tick(hands.now + MINUTE)
    work_off()
    assert runs("nightly") == [("2026-10-19", "failed")]

    RuleSet.objects.update(holds_from=MONDAY - timedelta(days=300))
    hands.now += 20 * MINUTE
    worker.tick(hands.now)
    work_off()
    assert runs("nightly") == [("2026-10-19", "failed"), ("2026-10-19", "done")]


@pytest.mark.usefixtures("office")
def test_a_failure_is_logged_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: Any) -> None:
        raise ValueError("DETAIL: Key (pupil_id)=(vik-saga)")

    monkeypatch.setattr(staircase, "nightly", fails)
    tasks.run_nightly.enqueue()

    work_off()

    (task,) = DBTaskResult.objects.all()
    assert task.status == "FAILED"
    assert "vik-saga" not in task.traceback + "".join(capfd.readouterr())


@pytest.mark.usefixtures("office")
def test_a_task_that_was_cut_off_is_done_anew_and_given_up_after_three_times(
    hands: Clock,
) -> None:
    tasks.run_nightly.enqueue()
    seen = []
    for attempt in range(4):
        DBTaskResult.objects.filter(status="READY").update(
            status="RUNNING", worker_ids=["1"] * (attempt + 1)
        )
        worker.take_back_tasks()
        seen.append(DBTaskResult.objects.get().status)

    assert seen == ["READY", "READY", "FAILED", "FAILED"]
    assert runs("nightly") == []
    assert hands.now == NOON


@pytest.mark.usefixtures("office")
def test_a_run_that_was_cut_off_is_marked_and_made_up_for(hands: Clock) -> None:
    JobRun.objects.create(job="nightly", as_of=MONDAY, by="system:nightly", started_at=NOON)

    worker.tick(hands.now, is_first=True)
    hands.now += 16 * MINUTE
    worker.tick(hands.now)
    work_off()

    assert runs("nightly") == [("2026-10-19", "failed"), ("2026-10-19", "done")]


def test_the_weekly_check_puts_totals_right_that_are_wrong(office: Office, tmp_path: Any) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(csv(SAGA))
    attendance.take_in(path, attendance.Options(), by=system(), at=NOON)
    DayTotal.objects.filter(pupil=office.saga).update(scheduled=7)

    for _ in range(2):
        tasks.check_totals.enqueue()
        work_off()

    reports = JobRun.objects.filter(job="totals").order_by("pk").values_list("report", flat=True)
    assert list(reports) == [{"differing": 1}, {"differing": 0}]
    assert DayTotal.objects.get(pupil=office.saga).scheduled == 60


class Stopper:
    """Stops the loop after some looks, and lets each of them see something else."""

    def __init__(self, *looks: Exception | bool) -> None:
        self.looks, self.wish = list(looks), worker.Wish()

    def work_off_one(self) -> bool:
        look = self.looks.pop(0)
        self.wish.to_stop = not self.looks
        if isinstance(look, Exception):
            raise look
        return look


@pytest.mark.usefixtures("office")
def test_a_database_that_goes_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stopper = Stopper(True, OperationalError("gone"), OperationalError("gone"), True, False)
    closed: list[bool] = []
    monkeypatch.setattr(worker, "work_off_one", stopper.work_off_one)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(True))
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0.01)

    with presence.held():
        worker._work(stopper.wish)

    assert (stopper.looks, len(closed)) == ([], 2)
    assert [job.key for job in jobs.jobs()] == [
        "nightly", "totals", "tidy", "checkpoint", "log-review",
    ]  # fmt: skip
