"""Locks on things by number, held until the transaction ends.

PostgreSQL holds readers and one writer apart by advisory locks, which neither wait for rows nor
starve a writer. SQLite has one writer: who is in a transaction that writes is alone already.
"""

from collections.abc import Iterable

from django.db import connection

# One number for each kind of thing, so that two kinds with the same id do not meet.
CONSENTS = 4701
SCHOOL_MEASURES = 4702  # of a unit
KNOWLEDGE = 4703  # all that is told of what pupils reach: one thing, by the number 1


def share(kind: int, ids: Iterable[int]) -> None:
    """Wait until nobody changes these things, and keep them from being changed meanwhile."""
    _lock("pg_advisory_xact_lock_shared", kind, ids)


def hold(kind: int, ids: Iterable[int]) -> None:
    """Wait until nobody reads or changes these things, and keep them alone."""
    _lock("pg_advisory_xact_lock", kind, ids)


def _lock(how: str, kind: int, ids: Iterable[int]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for one in sorted(set(ids)):  # in one order for everybody: nobody waits in a ring
            cursor.execute(f"SELECT {how}(%s, %s)", [kind, one])
