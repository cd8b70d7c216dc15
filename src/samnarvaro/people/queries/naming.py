"""Names for who reviews the log: it follows no pupil, and is told whom a line or an extract is about."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.base import wall
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import is_uuid


def names_of_pupils(publics: Collection[str], *, by: Scope) -> dict[str, str]:
    """Return the names of the pupils of some lines of the log, for a log reviewer; others get none.

    Without those whose personal data is protected. The caller names pupils of the log that the
    reviewer may see, and of nothing else.
    """
    if by.role is not Role.LOG_REVIEWER:
        return {}
    wanted = [each for each in publics if is_uuid(each)]
    with wall.system("log review"):  # the reviewer itself reaches no pupil
        found = Pupil.objects.filter(public__in=wanted, protection=Pupil.OPEN)
        return {str(pupil.public): pupil.name for pupil in found}


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil of the reviewer's zone, for giving its family the extract of the log."""

    pk: int
    public: UUID
    name: str


def of_zone(public: UUID, *, by: Scope) -> Named | None:
    """Return a pupil of a log reviewer's own zone, or None: also for one whose data is protected."""
    found = _of_zone(Pupil.objects.filter(public=public), by)
    return found[0] if found else None


def publics_of_zone(pupils: Collection[int], *, by: Scope) -> dict[int, str]:
    """Return the public ids, by id, of those of some pupils (ids) that `of_zone` would return."""
    return {each.pk: str(each.public) for each in _of_zone(Pupil.objects.filter(pk__in=pupils), by)}


def _of_zone(rows: QuerySet[Pupil], by: Scope) -> list[Named]:
    if by.role is not Role.LOG_REVIEWER:
        return []
    with wall.system("log extract"):
        return [
            Named(row.pk, row.public, row.name)
            for row in rows.filter(protection=Pupil.OPEN)
            if organisation.school_zone(row.authority_id) == by.zone
        ]
