"""The worker's sign of life: a file that one process at a time holds, and touches while it works.

The web server and the worker share the data folder. A process that dies lets go of the file, however
it died; one that hangs holds it and no longer touches it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

FRESH = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether a worker lives, and when it was last seen at work."""

    is_there: bool
    seen_at: datetime | None

    def is_fresh(self, now: datetime) -> bool:
        return self.is_there and self.seen_at is not None and now - self.seen_at < FRESH


def _file() -> Path:
    return Path(settings.DATA_DIR) / "worker.lock"


@contextmanager
def held() -> Iterator[bool]:
    """Hold the file as the only worker; False when another one holds it."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _locks(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def touch() -> None:
    """Tell that the worker is at work. Does nothing where there has never been one."""
    path = _file()
    if path.exists():
        os.utime(path)


def sign() -> Sign:
    path = _file()
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return Sign(is_there=False, seen_at=None)
    try:
        seen_at = datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
        return Sign(not _locks(descriptor, fcntl.LOCK_SH), seen_at)
    finally:
        os.close(descriptor)


def _locks(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
