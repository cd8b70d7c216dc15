"""What the worker does when asked. Each can be run again, and none tells of a pupil when it fails."""

from collections.abc import Callable
from datetime import date, timedelta

import structlog
from django.core.management import call_command
from django_tasks import task

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock, deliveries, jobs, presence, sessions
from samnarvaro.base.faults import told_of
from samnarvaro.cases.services import watching
from samnarvaro.consents import services as consents
from samnarvaro.consents.services import agreements
from samnarvaro.followup import services as followup
from samnarvaro.kernel.access import Scope
from samnarvaro.messages import services as outbox
from samnarvaro.outreach import services as outreach
from samnarvaro.project import log_review, reminders
from samnarvaro.project.checkpoints import keep_checkpoint
from samnarvaro.project.digest import put_digest
from samnarvaro.staircase import queries as staircase
from samnarvaro.staircase import services as staircase_services
from samnarvaro.worklist import services as worklist

log = structlog.get_logger(__name__)

FORGOTTEN = timedelta(days=3)  # how long a file waits for a yes or a no
SWEPT = timedelta(days=1)
TOTALS, TIDY, DIGEST, CHECKPOINT = "totals", "tidy", "digest", "checkpoint"
LOG_REVIEW = "log-review"


class Failed(Exception):
    """What stopped the task has been written down; its words might have quoted a pupil."""


def _delivery_scope() -> Scope:
    return consents.system_scope(purpose="delivery", on=clock.today())


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def preview_delivery(pk: int) -> None:
    deliveries.preview(pk, by=_delivery_scope(), at=clock.now(), seen=presence.touch)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def write_delivery(pk: int) -> None:
    deliveries.write(pk, by=_delivery_scope(), at=clock.now(), seen=presence.touch)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def run_nightly(as_of: str | None = None) -> None:
    """Evaluate the staircase for a day, raise what is to be looked at again, and the calls that were
    lost in a crash.

    For the day it is when the worker comes to it, if none is said.
    """
    day = date.fromisoformat(as_of) if as_of else clock.today()
    scope = consents.system_scope(purpose="nightly", on=day)

    def night() -> None:
        agreements.expire(by=scope, at=clock.now())
        reminders.remind(on=day, by=scope, at=clock.now())
        staircase_services.nightly(as_of=day, by=scope, at=clock.now())
        followup.raise_looks(on=day, by=scope, at=clock.now())
        followup.raise_rolls(on=day, by=scope, at=clock.now())
        watching.raise_rows(on=day, by=scope, at=clock.now())
        worklist.raise_left_lying(on=day, by=scope, at=clock.now())
        outreach.nightly(as_of=day, by=scope, at=clock.now())
        outreach.raise_missing_numbers(on=day, by=scope, at=clock.now())

    _guarded(staircase.NIGHTLY, night)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def check_totals() -> None:
    """Hold what is carried against what the marks come to."""

    def check() -> None:
        today, now = clock.today(), clock.now()
        scope = consents.system_scope(purpose="totals", on=today)
        with jobs.running(TOTALS, as_of=today, by=scope, at=now) as report:
            report["differing"] = attendance.check_totals(
                by=scope, at=now, progress=lambda _share: presence.touch()
            )

    _guarded(TOTALS, check)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def tidy() -> None:
    """Throw away what is not needed any more: forgotten files, finished tasks, old sessions."""

    def throw_away() -> None:
        today, now = clock.today(), clock.now()
        scope = consents.system_scope(purpose="tidy", on=today)
        with jobs.running(TIDY, as_of=today, by=scope, at=now) as report:
            report["forgotten"] = deliveries.stop_forgotten(
                before=now - FORGOTTEN, by=scope, at=now
            )
            report["files"] = deliveries.sweep_files(before=now - SWEPT)
            call_command("prune_db_task_results", verbosity=0)
            report["sign_ins"] = sessions.sweep(now=now)

    _guarded(TIDY, throw_away)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def run_digest() -> None:
    """Put the weekly digest in the outbox; the worker hands it over from there."""

    def put() -> None:
        today, now = clock.today(), clock.now()
        scope = consents.system_scope(purpose="digest", on=today)
        with jobs.running(DIGEST, as_of=today, by=scope, at=now) as report:
            report["put"] = put_digest(on=today, by=scope, at=now)

    _guarded(DIGEST, put)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def run_checkpoint() -> None:
    """Seal the whole log and keep the day's checkpoint outside the database."""

    def keep() -> None:
        today, now = clock.today(), clock.now()
        scope = consents.system_scope(purpose="checkpoint", on=today)
        with jobs.running(CHECKPOINT, as_of=today, by=scope, at=now) as report:
            report.update(keep_checkpoint(at=now))

    _guarded(CHECKPOINT, keep)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def run_log_review() -> None:
    """Hold yesterday's readings to the rules, and draw the samples of a month that is over."""

    def look() -> None:
        today, now = clock.today(), clock.now()
        scope = consents.system_scope(purpose="log-review", on=today)
        with jobs.running(LOG_REVIEW, as_of=today, by=scope, at=now) as report:
            report.update(log_review.run(on=today, at=now))

    _guarded(LOG_REVIEW, look)


@task()  # type: ignore[untyped-decorator]  # the package's types are not followed
def send_messages() -> None:
    """Hand over what lies in the outbox and is due."""
    scope = consents.system_scope(purpose="messages", on=clock.today())
    outbox.send_due(by=scope, at=clock.now(), seen=presence.touch)


def _guarded(job: str, do: Callable[[], object]) -> None:
    """Run it; if it fails, let nothing out but the name of what stopped it."""
    try:
        do()
    except Exception as error:  # noqa: BLE001  # told by name, and raised as our own
        log.error("job.failed", job=job, **told_of(error))
        raise Failed(job) from None
