"""Reads of the log: who has been shown a child and how often, and what a viewer did itself.

What a person may see of the log is another matter and not here. A reading holds its pupils as a
list; both databases find an id in the list by its text.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from samnarvaro.audit.models import Reading, Writing


def viewers_of(pupil: str, *, since: datetime | None = None) -> set[str]:
    """Return who has been shown a pupil (public id), all through or since a moment."""
    return set(_readings_of(pupil, since).values_list("viewer", flat=True).distinct())


def count_readings_of(pupil: str, *, since: datetime | None = None) -> int:
    """Return how many answers with a pupil's (public id) data have left."""
    return _readings_of(pupil, since).count()


def _readings_of(pupil: str, since: datetime | None) -> QuerySet[Reading]:
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
