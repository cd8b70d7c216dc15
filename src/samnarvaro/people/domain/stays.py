"""A pupil's time at one unit, in stays that do not overlap; and what a roster makes of it.

A roster tells who goes to a unit on its day. What it tells holds until the day before the next
roster of the unit, so that rosters taken in out of order come to the same as in order, and an
older one never overwrites what a newer one said. What was before its day is left as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a unit a pupil goes: the class of a school year, the grade, and the school type if
    one was told.
    """

    class_name: str = ""
    school_year: str = ""
    grade: str = ""
    school_type: str = ""

    @property
    def is_unknown(self) -> bool:
        """Only lesson marks told of the pupil so far."""
        return not self.class_name and not self.grade

    def together(self, other: "Place") -> "Place | None":
        """Return the place that both are, with the school type that one of them tells; None if they
        are two.
        """
        known = self.school_type or other.school_type
        one, two = replace(self, school_type=known), replace(other, school_type=known)
        is_one = one == two and {self.school_type, other.school_type} <= {"", known}
        return one if is_one else None


@dataclass(frozen=True, slots=True)
class Stay:
    """From `first` to `last`, both included; without `last` until further notice.

    `row` is the stored row that the stay continues, None for a new one.
    """

    first: date
    last: date | None
    place: Place
    row: int | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def before(self, day: date) -> list["Stay"]:
        """The part that ends the day before; nothing if the stay begins no earlier."""
        return [replace(self, last=day - _DAY)] if self.first < day else []

    def after(self, day: date | None, *, row: int | None = None) -> list["Stay"]:
        """The part that begins the day after; nothing if the stay is over by then."""
        if day is None or (self.last is not None and self.last <= day):
            return []
        return [replace(self, first=max(self.first, day + _DAY), row=row)]


def stay_on(day: date, stays: Iterable[Stay]) -> Stay | None:
    return next((stay for stay in stays if day in stay), None)


def gone(stays: Sequence[Stay], day: date, until: date | None) -> list[Stay]:
    """Return the stays once a roster of that day, which speaks until `until`, lacks the pupil.

    The stay ends the day before. One that began on the very day never was, and a roster of the
    day before that is still to come is not foreseen: stays that begin later are left.
    """
    over = stay_on(day, stays)
    if over is None:
        return list(stays)
    before = over.before(day)
    return _joined([*_without(stays, over), *before, *over.after(until, row=_left(over, before))])


def present(stays: Sequence[Stay], day: date, until: date | None, place: Place) -> list[Stay]:
    """Return the stays once a roster of that day, which speaks until `until`, has the pupil there.

    In the same place all is as it was. In another place the old stay ends and a new one begins. To
    be told the school type, where none was, is no move; not to be told it takes nothing away.
    """
    held = stay_on(day, stays)
    if held is None:
        return _come(stays, day, until, place)
    if held.place == place:
        return list(stays)
    before = held.before(day)
    said = Stay(day, _earlier(held.last, until), place, _left(held, before))
    return _joined([*_without(stays, held), *before, said, *held.after(until)])


def _come(stays: Sequence[Stay], day: date, until: date | None, place: Place) -> list[Stay]:
    """Begin a stay, up to the next one. A stay that only marks told of is known better now."""
    later = min((s for s in stays if s.first > day), key=lambda s: s.first, default=None)
    if later is None or (until is not None and later.first > until):
        return _joined([*stays, Stay(day, until, place)])
    if later.place.is_unknown:
        said = Stay(day, _earlier(later.last, until), place, later.row)
        return _joined([*_without(stays, later), said, *later.after(until)])
    return _joined([*stays, Stay(day, later.first - _DAY, place)])


def _left(stay: Stay, before: Sequence[Stay]) -> int | None:
    """The row goes with the part that stands where it stood: the earlier, if there is one."""
    return None if before else stay.row


def _without(stays: Iterable[Stay], one: Stay) -> list[Stay]:
    return [stay for stay in stays if stay is not one]


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _joined(stays: Iterable[Stay]) -> list[Stay]:
    """Put stays in order, and those in one that follow on each other in the same place."""
    whole: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: stay.first):
        before = whole[-1] if whole else None
        place = before.place.together(stay.place) if before else None
        if before and place and before.last == stay.first - _DAY:
            row = before.row if before.row is not None else stay.row
            whole[-1] = Stay(before.first, stay.last, place, row)
        else:
            whole.append(stay)
    return whole


@dataclass(frozen=True, slots=True)
class Change:
    """How stored rows come to hold other stays: these go, these are changed, these are made."""

    removed: tuple[int, ...] = ()
    changed: tuple[Stay, ...] = ()
    begun: tuple[Stay, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.changed or self.begun)


def change(held: Iterable[Stay], wanted: Iterable[Stay]) -> Change:
    before = {stay.row: stay for stay in held}
    after = list(wanted)
    kept = {stay.row for stay in after}
    return Change(
        removed=tuple(row for row in before if row is not None and row not in kept),
        changed=tuple(s for s in after if s.row is not None and s != before[s.row]),
        begun=tuple(s for s in after if s.row is None),
    )
