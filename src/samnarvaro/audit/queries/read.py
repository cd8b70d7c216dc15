"""Reads of the log: who has been shown a child and how often, and what a viewer did itself.

What a person may see of the log is another matter and not here. A reading holds its pupils as a
list: SQLite finds an id in it by its text.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from samnarvaro.audit.models import Reading, Writing
from samnarvaro.base import bulk


def viewers_of(pupil: str, *, since: datetime | None = None) -> set[str]:
    """Return who has been shown a pupil (public id), all through or since a moment."""
    return set(readings_of(pupil, since).values_list("viewer", flat=True).distinct())


def count_readings_of(pupil: str, *, since: datetime | None = None) -> int:
    """Return how many answers with a pupil's (public id) data have left."""
    return readings_of(pupil, since).count()


def readings_of(pupil: str, since: datetime | None) -> QuerySet[Reading]:
    """The readings that held a pupil's (public id) data. PostgreSQL has an index over the lists."""
    if bulk.on_postgres():
        found = Reading.objects.filter(pupils__contains=[pupil])
    else:
        found = Reading.objects.filter(pupils__icontains=f'"{pupil}"')
    return found if since is None else found.filter(at__gte=since)


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: the act, what it was done to, and when."""

    act: str
    target: str
    at: datetime


def done_by(viewer: str, *, acts: Collection[str], since: datetime) -> list[Done]:
    """Return what one viewer itself has done since a moment, of some acts, in order."""
    rows = Writing.objects.filter(viewer=viewer, act__in=acts, at__gte=since).order_by("at", "pk")
    return [Done(row.act, row.target, row.at) for row in rows]
