"""Jobs that come back by themselves: when they are due, and what their runs came to.

A job is due when it has no good run since the last moment it was planned for. So a night when the
machine was off is made up for when it is on again, once, for the day it then is.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from samnarvaro.base import acts, clock
from samnarvaro.base.models import JobRun
from samnarvaro.kernel.access import Role, Scope

# Runs hold counts and no pupils, but how the installation fares is for those who run it.
SEERS = frozenset({Role.SCHOOL_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR})
MOST_FAILURES = 3  # for one planned moment; then a person has to look
PAUSE = timedelta(minutes=15)  # between a failure and the next try
_A_PAGE = 25
_DAY = timedelta(days=1)
Text = str | Promise


class NoSuchJob(Exception):
    """There is no such job, or it is not for this viewer. The caller cannot tell which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job: at which time of day (Swedish wall time; not between 2 and 3), each day or once a week.

    `start` asks the worker to run it; `figures` are what is shown of a run's report.
    """

    key: str
    label: Text
    does: Text
    at: time
    weekday: int | None = None
    start: Callable[[], object]
    figures: tuple[tuple[str, Text], ...] = ()


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    _jobs[job.key] = job


def jobs() -> list[Job]:
    return list(_jobs.values())


def _planned_on(job: Job, day: date) -> datetime | None:
    """Return the moment that the job is planned for on a day."""
    if job.weekday is not None and day.weekday() != job.weekday:
        return None
    # In UTC, since two times in the same zone are compared by what the clock on the wall says.
    return datetime.combine(day, job.at, clock.SWEDEN).astimezone(UTC)


def _planned(job: Job, days: Iterable[date]) -> Iterator[datetime]:
    return (moment for day in days if (moment := _planned_on(job, day)) is not None)


def last_planned(job: Job, now: datetime) -> datetime:
    """Return the latest moment the job was planned for, up to and including now."""
    today = now.astimezone(clock.SWEDEN).date()
    days = (today - n * _DAY for n in range(8))
    return next(moment for moment in _planned(job, days) if moment <= now)


def next_planned(job: Job, now: datetime) -> datetime:
    """Return the first moment after now that the job is planned for."""
    today = now.astimezone(clock.SWEDEN).date()
    days = (today + n * _DAY for n in range(9))
    return next(moment for moment in _planned(job, days) if moment > now)


def is_due(job: Job, now: datetime) -> bool:
    """Tell whether the job should be started now."""
    planned = last_planned(job, now)
    runs = JobRun.objects.filter(
        job=job.key, started_at__gte=planned, as_of__gte=planned.astimezone(clock.SWEDEN).date()
    )
    failed = []
    for state, finished_at in runs.values_list("state", "finished_at"):
        if state == "done":
            return False
        if state == "failed" and finished_at is not None:
            failed.append(finished_at)
    return len(failed) < MOST_FAILURES and all(now - when >= PAUSE for when in failed)


@contextmanager
def running(key: str, *, as_of: date, by: Scope, at: datetime) -> Iterator[dict[str, Any]]:
    """Write a run down: begun now, done or failed in the end. Yields the report to fill in."""
    report: dict[str, Any] = {}
    run = JobRun.objects.create(job=key, as_of=as_of, by=by.viewer, started_at=at)
    state = "failed"
    try:
        yield report
        state = "done"
    finally:
        JobRun.objects.filter(pk=run.pk).update(state=state, finished_at=clock.now(), report=report)


def give_up_lost_runs(*, at: datetime) -> int:
    """Mark as failed what the system had begun when it was cut off; return how many.

    Called when a worker begins. A run that is going on after all tells so itself when it ends.
    """
    return JobRun.objects.filter(state="running", started_at__lte=at).update(
        state="failed", finished_at=at
    )


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it is shown."""

    row: JobRun
    job: Job | None
    by_name: str

    @property
    def took(self) -> timedelta | None:
        return self.row.finished_at - self.row.started_at if self.row.finished_at else None

    @property
    def figures(self) -> list[tuple[Text, Any]]:
        known = self.job.figures if self.job else ()
        report: dict[str, Any] = self.row.report
        return [(label, report[key]) for key, label in known if key in report]


@dataclass(frozen=True, slots=True)
class Planned:
    """A job as it is shown: when it comes next, and how it went last."""

    job: Job
    next_at: datetime
    last: Run | None


def plan(*, by: Scope, now: datetime) -> list[Planned]:
    _may_see(by)
    found = []
    for job in _jobs.values():
        last = JobRun.objects.filter(job=job.key).order_by("-started_at", "-pk").first()
        found.append(Planned(job, next_planned(job, now), Run(last, job, "") if last else None))
    return found


def runs(page: str | None, *, by: Scope) -> Page[Run]:
    """Return one page of the runs, the latest first."""
    _may_see(by)
    found: Page[Any] = Paginator(JobRun.objects.order_by("-started_at", "-pk"), _A_PAGE).get_page(
        page
    )
    names = acts.names({row.by for row in found})
    found.object_list = [Run(row, _jobs.get(row.job), names.get(row.by, "")) for row in found]
    return found


def run_now(key: str, *, by: Scope, at: datetime) -> Job:
    """Ask the worker to run a job as soon as it can. Raises NoSuchJob."""
    _may_see(by)
    job = _jobs.get(key)
    if job is None:
        raise NoSuchJob
    acts.note("job.asked_for", by=by, at=at, target=f"job:{key}")
    job.start()
    return job


def _may_see(by: Scope) -> None:
    if not by.is_system and by.role not in SEERS:
        raise NoSuchJob
