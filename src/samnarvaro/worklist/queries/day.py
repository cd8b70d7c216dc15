"""The viewer's own day: the first rows of each part of it, how many there are, and what is done.

Everything that is the viewer's own is looked through in short; only what is shown is read whole.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.db.models import Q

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question, question
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.worklist.domain.rows import CLEARED, Act, State, When, held_by, holds
from samnarvaro.worklist.models import Item, own
from samnarvaro.worklist.queries.rows import Row, rows_of, when_on


class Part(StrEnum):
    """What a day falls into. A row whose ground is gone stands apart, whenever it was due."""

    TODAY = When.TODAY.value
    THIS_WEEK = When.THIS_WEEK.value
    LATER = When.LATER.value
    WAITING = When.WAITING.value
    RECOVERED = "recovered"
    DONE = "done"  # cleared or handed over today: what can be undone


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """The first rows of a part, and how many it has."""

    rows: tuple[Row, ...]
    count: int


_FIELDS = (
    "pk", "pupil__sort_key", "acts", "pupil__protection", "state", "recovered_on", "due_on",
    "wait_until", "lain_on", "acted_on", "act", "acted_by",
)  # fmt: skip
_LEAVE_THE_DAY = (Act.DONE, Act.NOT_NEEDED, Act.HAND_OVER)
Ordered = tuple[date, str, int]


def of_viewer(most: Mapping[Part, int], *, by: Scope, on: date) -> dict[Part, PartOfDay]:
    """Return the parts of the viewer's day, each with at most so many rows, the first due first."""
    found: defaultdict[Part, list[Ordered]] = defaultdict(list)
    for pk, name, acts, protection, state, recovered, *days, act, by_whom in _asking(by, on).ask():
        due_on, until, lain, acted_on = (day and bulk.as_day(day) for day in days)
        is_own = holds(by.role, Holder(acts), is_protected=bool(protection))
        if is_own and state not in CLEARED:
            when, due = when_on(State(state), due_on, until, lain, on=on)
            part = Part.RECOVERED if recovered else Part(when.value)
            found[part].append((due, name or "", pk))
        if (by_whom, acted_on) == (by.viewer, on) and _leaves(act, acts, by):
            found[Part.DONE].append((due_on, name or "", pk))
    firsts = {part: sorted(found[part])[: most[part]] for part in Part}
    whole = _whole([pk for first in firsts.values() for *_, pk in first], by=by, on=on)
    return {
        part: PartOfDay(tuple(whole[pk] for *_, pk in firsts[part]), len(found[part]))
        for part in Part
    }


@lru_cache(maxsize=256)
def _asking(by: Scope, on: date) -> Question:
    """What is the viewer's own on a day, and what it has done that day."""
    mine = own(by) & ~Q(state__in=CLEARED)
    done = Q(acted_by=by.viewer, acted_on=on, act__in=_LEAVE_THE_DAY)
    return question(Item.objects.visible_in(by).filter(mine | done).values_list(*_FIELDS))


def _leaves(act: str, acts: str, by: Scope) -> bool:
    """Whether the viewer's own act took the row out of its list."""
    if act not in _LEAVE_THE_DAY:
        return False
    return act != Act.HAND_OVER or Holder(acts) not in held_by(by.role)


def _whole(pks: list[int], *, by: Scope, on: date) -> dict[int, Row]:
    """Read rows (ids) that the viewer has just been found to see."""
    if not pks:
        return {}
    items = Item.objects.filter(pk__in=pks)
    return dict(zip(sorted(set(pks)), rows_of(items, by, on), strict=True))
