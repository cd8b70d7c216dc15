"""The worker: does what stands in the queue, and asks for what is due. One at a time, in one process.

It may be cut off anywhere: what it had begun is begun anew by the next one. Nothing it does is half
done, since each task writes in one transaction.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from samnarvaro.base import clock, deliveries, jobs, presence
from samnarvaro.base.faults import told_of
from samnarvaro.messages import queries as messages
from samnarvaro.project import sealer, tasks

log = structlog.get_logger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0  # how long a task may have to wait; a look only reads
SECONDS_BETWEEN_TICKS = 15.0  # how often it is asked what is due, and what was left
MOST_TRIES = 3
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SLICE = 0.2
_READS = {"received", "reading"}


class Wish:
    """What the loop reads to learn that a stop is asked for."""

    to_stop = False


def run() -> None:
    """Work until told to stop. Waits as long as another worker is at work."""
    with _listening() as wish:
        told = False
        while not wish.to_stop:
            with presence.held() as is_mine:
                if is_mine:
                    with sealer.sealing():
                        _work(wish)
                    return
            if not told:
                log.warning("worker.waits", reason="another worker is at work")
                told = True
            _sleep(SECONDS_BETWEEN_LOOKS, wish)


def _work(wish: Wish) -> None:
    log.info("worker.started", pid=os.getpid())
    is_first, next_tick = True, time.monotonic()
    while not wish.to_stop:
        presence.touch()
        try:
            close_old_connections()
            if time.monotonic() >= next_tick:
                tick(clock.now(), is_first=is_first)
                is_first, next_tick = False, time.monotonic() + SECONDS_BETWEEN_TICKS
            did_something = work_off_one()
        except (OperationalError, InterfaceError) as error:
            log.warning("worker.database_away", **told_of(error))
            connections.close_all()
            did_something, next_tick = False, time.monotonic()
        if not did_something:
            _sleep(SECONDS_BETWEEN_LOOKS, wish)
    log.info("worker.stopped")


def work_off_one() -> bool:
    """Do the first task of the queue; False when there is none."""
    # Only to take a task is the database's one writer needed, not to see that there is none.
    if not DBTaskResult.objects.ready().exists():
        return False
    me = str(os.getpid())
    with exclusive_transaction():
        row = DBTaskResult.objects.ready().get_locked()
        if row is None:
            return False
        row.claim(me)
    began = time.monotonic()
    _hand(me).run_task(row)
    log.info("worker.task", task=row.task_path, seconds=round(time.monotonic() - began, 3))
    return True


def _hand(name: str) -> Worker:
    """The package's own worker, for one task: it calls it, and keeps how it ended."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )


def tick(now: datetime, *, is_first: bool = False) -> None:
    """Pick up what was left by one that was cut off, and ask for what is due."""
    if is_first:
        jobs.give_up_lost_runs(at=now)
    take_back_tasks()
    take_up_deliveries()
    take_up_messages(now)
    for job in jobs.jobs():
        if jobs.is_due(job, now):
            job.start()


def take_back_tasks() -> None:
    """Put back what is said to be running: it is not, since nobody works but us and we are here."""
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        gave_up = len(row.worker_ids) >= MOST_TRIES
        log.warning("worker.task_left", task=row.task_path, gave_up=gave_up)
        row.status = TaskResultStatus.FAILED if gave_up else TaskResultStatus.READY
        row.save(update_fields=["status"])


def take_up_deliveries() -> None:
    """Ask anew for deliveries that wait and that no task is for."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    asked = {
        (path, args["args"][0])
        for path, args in waiting.values_list("task_path", "args_kwargs")
        if args["args"]
    }
    for pk, state in deliveries.in_hand():
        task = tasks.preview_delivery if state in _READS else tasks.write_delivery
        if (task.module_path, pk) not in asked:
            task.enqueue(pk)


def take_up_messages(now: datetime) -> None:
    """Ask for the outbox to be sent when something in it is due, and nobody has asked."""
    asked = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=tasks.send_messages.module_path
    )
    if messages.anything_to_send(at=now) and not asked.exists():
        tasks.send_messages.enqueue()


@contextmanager
def _listening() -> Iterator[Wish]:
    """Hear a stop that is asked for. Asked for twice, it is obeyed where we stand."""
    wish = Wish()

    def hear(number: int, _frame: FrameType | None) -> None:
        wish.to_stop = True
        signal.signal(number, signal.SIG_DFL)

    before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {
        number: signal.signal(number, hear) for number in STOPS
    }
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sleep(seconds: float, wish: Wish) -> None:
    last = time.monotonic() + seconds
    while not wish.to_stop and (left := last - time.monotonic()) > 0:
        time.sleep(min(left, _SLICE))
