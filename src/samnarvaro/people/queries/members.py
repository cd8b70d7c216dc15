"""Who goes to a unit, for the pages of schools and classes, which ask it again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from samnarvaro.base.asked import Question, question
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.people.models import Pupil

Member = tuple[int, int | None]
_MOST = 512  # viewers' questions that are remembered


@lru_cache(maxsize=_MOST)
def asking(unit: int, *, by: Scope, group: int | None = None) -> Question:
    """Return the question of `people.at_unit`, with the columns id and class_id."""
    return question(people.at_unit(unit, by=by, group=group))


def members(unit: int, *, by: Scope, group: int | None = None) -> Sequence[Member]:
    """Return the pupils (ids) of `people.at_unit`, each with its class (the group's id)."""
    return asking(unit, by=by, group=group).ask()


@dataclass(frozen=True, slots=True)
class AtUnit:
    """A pupil of a unit, by the name to show. `class_id` is a group's id."""

    pk: int
    public: UUID
    name: str
    sort_key: str
    class_id: int | None


@lru_cache(maxsize=_MOST)
def _roll(unit: int, by: Scope, group: int | None) -> Question:
    return question(people.with_class(unit, by, group).order_by("sort_key", "pk"))


def roll(unit: int, *, by: Scope, group: int | None = None) -> list[AtUnit]:
    """Return the pupils of `people.at_unit`, in name order."""
    asked = _roll(unit, by, group)
    if not asked.sql:
        return []
    return [
        AtUnit(
            pupil.pk,
            pupil.public,
            pupil.name,
            pupil.sort_key or pupil.name,
            pupil.class_id,  # type: ignore[attr-defined]  # the question adds it
        )
        for pupil in Pupil.objects.raw(asked.sql, asked.parameters)
    ]
