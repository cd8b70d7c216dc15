"""The viewer's own day: the first rows of each part of it, how many there are, and what is done.

Everything that is the viewer's own is looked through in short; only what is shown is read whole.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

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
    "due_on", "pupil__sort_key", "pk", "state", "wait_until", "lain_on", "recovered_on", "acts",
    "pupil__protection", "act", "acted_on", "acted_by",
)  # fmt: skip
_LEAVE_THE_DAY = (Act.DONE, Act.NOT_NEEDED, Act.HAND_OVER)
Ordered = tuple[date, str, int]


def of_viewer(most: Mapping[Part, int], *, by: Scope, on: date) -> dict[Part, PartOfDay]:
    """Return the parts of the viewer's day, each with at most so many rows, the first due first."""
    done = Q(acted_by=by.viewer, acted_on=on, act__in=_LEAVE_THE_DAY)
    mine = own(by) & ~Q(state__in=CLEARED)
    rows = Item.objects.visible_in(by).filter(mine | done).values_list(*_FIELDS)
    found: defaultdict[Part, list[Ordered]] = defaultdict(list)
    for due_on, name, pk, state, until, lain, recovered, acts, protection, *act in rows:
        is_own = holds(by.role, Holder(acts), is_protected=bool(protection))
        if is_own and state not in CLEARED:
            when, due = when_on(State(state), due_on, until, lain, on=on)
            part = Part.RECOVERED if recovered else Part(when.value)
            found[part].append((due, name or "", pk))
        if _is_done(*act, acts=acts, by=by, on=on):
            found[Part.DONE].append((due_on, name or "", pk))
    firsts = {part: sorted(found[part])[: most[part]] for part in Part}
    whole = _whole([pk for first in firsts.values() for *_, pk in first], by=by, on=on)
    return {
        part: PartOfDay(tuple(whole[pk] for *_, pk in firsts[part]), len(found[part]))
        for part in Part
    }


def _is_done(
    act: str, acted_on: date | None, acted_by: str, *, acts: str, by: Scope, on: date
) -> bool:
    """Whether the viewer's own act of the day took the row out of its list."""
    if (acted_by, acted_on) != (by.viewer, on) or act not in _LEAVE_THE_DAY:
        return False
    return act != Act.HAND_OVER or Holder(acts) not in held_by(by.role)


def _whole(pks: list[int], *, by: Scope, on: date) -> dict[int, Row]:
    """Read rows (ids) that the viewer has just been found to see."""
    if not pks:
        return {}
    items = Item.objects.filter(pk__in=pks)
    return dict(zip(sorted(set(pks)), rows_of(items, by, on), strict=True))
