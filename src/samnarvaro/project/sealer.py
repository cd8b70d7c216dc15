"""Seals the log while the worker lives: a thread of its own, so that a long task delays no seal."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import Error, connection

from samnarvaro.audit import services as audit
from samnarvaro.base import clock
from samnarvaro.base.faults import told_of

log = structlog.get_logger(__name__)

SECONDS_BETWEEN = 20.0  # a third of the minute within which a row is to be sealed
PATIENCE = 30.0  # how long a stop waits for what is being sealed


@contextmanager
def sealing() -> Iterator[None]:
    """Seal what is written, again and again, until left."""
    stop = threading.Event()
    thread = threading.Thread(target=_go_on, args=(stop,), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)


def _go_on(stop: threading.Event) -> None:
    while True:
        seal_once()
        if stop.wait(SECONDS_BETWEEN):
            return


def seal_once() -> None:
    """Seal what is new. A database that is away is tried again; nothing is lost by waiting."""
    try:
        if count := audit.seal_new(at=clock.now()):
            log.info("audit.sealed", rows=count)
    except Error as error:
        log.warning("audit.not_sealed", **told_of(error))
    finally:
        connection.close()  # not held between two looks: a database that goes away is not missed
