"""When a job is due: at its hour, once, made up for when missed, and not on the wrong side of a DST night."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from samnarvaro.base import clock, jobs
from samnarvaro.base.jobs import Job
from samnarvaro.base.models import JobRun
from tests.rooms.base.office import MONDAY, NOON, system

NIGHTLY = Job(key="night", label="", does="", at=time(4), start=lambda: None)
WEEKLY = Job(key="week", label="", does="", at=time(5), weekday=6, start=lambda: None)
MINUTE = timedelta(minutes=1)


def swedish(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=clock.SWEDEN).astimezone(UTC)


def ran(job: Job, at: datetime, state: str = "done", *, as_of: date | None = None) -> JobRun:
    day = as_of or at.astimezone(clock.SWEDEN).date()
    finished = None if state == "running" else at + MINUTE
    return JobRun.objects.create(
        job=job.key, as_of=day, state=state, by="system:test", started_at=at, finished_at=finished
    )


@pytest.mark.parametrize(
    ("day", "four_in_utc"),
    [
        ("2026-03-28", "03:00"),  # winter time
        ("2026-03-29", "02:00"),  # the night when two becomes three
        ("2026-03-30", "02:00"),
        ("2026-10-24", "02:00"),
        ("2026-10-25", "03:00"),  # the night when three becomes two
        ("2026-10-26", "03:00"),
        ("2026-02-28", "03:00"),
    ],
)
def test_four_in_the_morning_is_four_on_the_wall(day: str, four_in_utc: str) -> None:
    four = datetime.fromisoformat(f"{day}T{four_in_utc}").replace(tzinfo=UTC)

    assert jobs.last_planned(NIGHTLY, four) == four
    assert jobs.last_planned(NIGHTLY, four + MINUTE) == four
    assert jobs.last_planned(NIGHTLY, four - MINUTE) < four - timedelta(hours=22)
    assert jobs.next_planned(NIGHTLY, four - MINUTE) == four
    assert jobs.next_planned(NIGHTLY, four) > four + timedelta(hours=22)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-28", 23), ("2026-10-24", 25), ("2026-06-01", 24)]
)
def test_from_one_night_to_the_next_is_the_length_of_the_day(day: str, hours: int) -> None:
    four = swedish(day, "04:00")

    assert jobs.next_planned(NIGHTLY, four) - four == timedelta(hours=hours)


def test_a_weekly_job_is_planned_for_its_day_alone() -> None:
    sunday = swedish("2026-10-25", "05:00")

    assert jobs.last_planned(WEEKLY, sunday) == sunday
    assert jobs.last_planned(WEEKLY, sunday - MINUTE) == swedish("2026-10-18", "05:00")
    assert jobs.next_planned(WEEKLY, sunday) == swedish("2026-11-01", "05:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "due"), [("03:59", False), ("04:00", True), ("04:01", True), ("23:59", True)]
)
def test_run_yesterday_it_is_due_from_four(hour: str, due: bool) -> None:
    ran(NIGHTLY, swedish("2026-10-18", "04:00"))

    assert jobs.is_due(NIGHTLY, swedish("2026-10-19", hour)) is due


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_a_dst_night_it_is_due_once(day: str) -> None:
    before = date.fromisoformat(day) - timedelta(days=1)
    ran(NIGHTLY, swedish(before.isoformat(), "04:00"))
    midnight = swedish(day, "00:00")
    started = []

    for quarter in range(4 * 24):
        now = midnight + quarter * 15 * MINUTE
        if jobs.is_due(NIGHTLY, now):
            started.append(now)
            ran(NIGHTLY, now)

    assert started == [swedish(day, "04:00")]


@pytest.mark.django_db
def test_nights_that_were_missed_are_made_up_for_once() -> None:
    ran(NIGHTLY, swedish("2026-10-12", "04:00"))
    now = swedish("2026-10-19", "02:30")

    assert jobs.is_due(NIGHTLY, now)
    ran(NIGHTLY, now)
    assert not jobs.is_due(NIGHTLY, now + MINUTE)
    assert not jobs.is_due(NIGHTLY, swedish("2026-10-19", "03:59"))
    assert jobs.is_due(NIGHTLY, swedish("2026-10-19", "04:00"))


@pytest.mark.django_db
def test_never_run_it_is_due_at_once() -> None:
    assert jobs.is_due(NIGHTLY, NOON)
    assert jobs.is_due(WEEKLY, NOON)


@pytest.mark.django_db
def test_a_run_before_four_or_for_another_day_does_not_stand_for_tonights() -> None:
    now = swedish("2026-10-19", "08:00")
    ran(NIGHTLY, swedish("2026-10-19", "00:30"))
    ran(NIGHTLY, swedish("2026-10-19", "07:00"), as_of=date(2026, 9, 1))
    ran(WEEKLY, swedish("2026-10-19", "07:00"))
    assert jobs.is_due(NIGHTLY, now)

    ran(NIGHTLY, swedish("2026-10-19", "07:30"))
    assert not jobs.is_due(NIGHTLY, now)


@pytest.mark.django_db
def test_after_a_failure_it_is_tried_again_a_little_later_and_three_times_at_most() -> None:
    four = swedish("2026-10-19", "04:00")
    tried = []

    for minute in range(24 * 60):
        now = four + minute * MINUTE
        if jobs.is_due(NIGHTLY, now):
            tried.append(minute)
            ran(NIGHTLY, now, "failed")

    assert tried == [0, 16, 32]
    assert jobs.is_due(NIGHTLY, swedish("2026-10-20", "04:00"))


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON + MINUTE)
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_a_run_tells_when_it_began_and_ended_and_what_it_did() -> None:
    with jobs.running("week", as_of=MONDAY, by=system(), at=NOON) as report:
        assert JobRun.objects.get().state == "running"
        report["differing"] = 3

    run = JobRun.objects.get()
    assert (run.state, run.report, run.by) == ("done", {"differing": 3}, "system:test")
    assert (run.started_at, run.finished_at) == (NOON, NOON + MINUTE)


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_a_run_that_fails_tells_so() -> None:
    with pytest.raises(KeyError), jobs.running("week", as_of=MONDAY, by=system(), at=NOON):
        raise KeyError

    run = JobRun.objects.get()
    assert (run.state, run.finished_at) == ("failed", NOON + MINUTE)


@pytest.mark.django_db
def test_runs_that_were_cut_off_are_given_up_when_a_worker_begins() -> None:
    lost, done = ran(NIGHTLY, NOON, "running"), ran(NIGHTLY, NOON)

    assert jobs.give_up_lost_runs(at=NOON + MINUTE) == 1

    lost.refresh_from_db()
    done.refresh_from_db()
    assert (lost.state, lost.finished_at, done.state) == ("failed", NOON + MINUTE, "done")
