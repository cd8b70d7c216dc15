"""Work that is timed and taken back, so that the next run meets the same tables."""

import time
from collections.abc import Callable
from typing import Any


class _Undo(Exception):
    pass


def trial(work: Callable[[], Any], look: Callable[[], Any] = lambda: None) -> tuple[float, Any]:
    """Do the work in a transaction that is taken back; return its seconds, and what `look` saw."""
    from django.db import transaction

    spent, seen = 0.0, None
    try:
        with transaction.atomic():
            start = time.perf_counter()
            work()
            spent = time.perf_counter() - start
            seen = look()
            raise _Undo
    except _Undo:
        return spent, seen


def fetch(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    from samnarvaro.base import bulk

    return bulk.fetch(sql, values)
