"""What schools have chosen to do. No scope, no rows; nothing of it is about a pupil."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Scope
from samnarvaro.staircase.domain.school_measures import CHOOSERS, Outcome, Standing, standing
from samnarvaro.staircase.domain.tiers import Item, Tier
from samnarvaro.staircase.models import SchoolMeasure, SchoolMeasureSet

_ORDER = list(Standing)  # what waits for a word first, what is over and told of last


class NoSuchMeasure(Exception):
    """There is no such measure, or it is of a school that the viewer does not follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of a school as it stands on a day; `unit`, `owner` and `group` are ids."""

    public: UUID
    unit: int
    unit_public: UUID
    unit_name: str
    group: int | None
    group_public: UUID | None
    group_name: str
    tier: Tier
    item: Item | None
    what: str
    aim: str
    owner: int
    owner_name: str
    first_day: date
    last_day: date
    chosen_on: date
    chosen_by_name: str
    outcome: Outcome | None
    closed_on: date | None
    closed_by_name: str
    how: str
    standing: Standing
    may_change: bool
    may_close: bool

    @property
    def is_open(self) -> bool:
        return self.outcome is None


def of_unit(unit: int, *, by: Scope, on: date) -> list[Measure]:
    """Return the measures of a school (id) and its classes, those that wait for a word first."""
    return _shown(SchoolMeasure.objects.visible_in(by).filter(unit=unit), by, on)


def of_class(group: int, *, by: Scope, on: date) -> list[Measure]:
    """Return the measures of a class (id)."""
    return _shown(SchoolMeasure.objects.visible_in(by).filter(group=group), by, on)


def own(*, by: Scope, on: date) -> list[Measure]:
    """Return what the viewer itself sees to and has not told of yet; also what has not begun."""
    if by.staff is None:
        return []
    rows = SchoolMeasure.objects.visible_in(by).filter(owner=by.staff, outcome="")
    return _shown(rows, by, on)


def get(public: UUID, *, unit: UUID, by: Scope, on: date) -> Measure:
    """Return one measure of a school (public id). Raises NoSuchMeasure."""
    rows = SchoolMeasure.objects.visible_in(by).filter(public=public, unit__public=unit)
    found = _shown(rows, by, on)
    if not found:
        raise NoSuchMeasure
    return found[0]


def may_change(unit: int, *, by: Scope) -> bool:
    """Tell whether the viewer chooses what a school (id) does, and alters it."""
    return by.role in CHOOSERS and unit in by.units


def _shown(rows: SchoolMeasureSet, by: Scope, on: date) -> list[Measure]:
    asked = rows.select_related("unit", "group", "owner")
    found = [_measure(row, by, on) for row in asked]
    return sorted(found, key=lambda m: (_ORDER.index(m.standing), m.last_day, str(m.public)))


def _measure(row: SchoolMeasure, by: Scope, on: date) -> Measure:
    outcome = Outcome(row.outcome) if row.outcome else None
    changes = may_change(row.unit_id, by=by)
    return Measure(
        public=row.public,
        unit=row.unit_id,
        unit_public=row.unit.public,
        unit_name=row.unit.name,
        group=row.group_id,
        group_public=row.group.public if row.group else None,
        group_name=row.group.name if row.group else "",
        tier=Tier(row.tier),
        item=Item(row.item) if row.item else None,
        what=row.what,
        aim=row.aim,
        owner=row.owner_id,
        owner_name=row.owner.name,
        first_day=row.first_day,
        last_day=row.last_day,
        chosen_on=row.chosen_on,
        chosen_by_name=row.chosen_by_name,
        outcome=outcome,
        closed_on=row.closed_on,
        closed_by_name=row.closed_by_name,
        how=row.how,
        standing=standing(row.first_day, row.last_day, outcome, on=on),
        may_change=changes,
        may_close=changes or (by.staff is not None and row.owner_id == by.staff),
    )
