"""The lists of rows: one's own, a pupil's, those nobody has acted on, and what a meeting takes up.

No scope, no rows; a constant number of queries each.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question, of_one, question
from samnarvaro.kernel.access import NOBODY, Holder, Scope
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain import rows as domain
from samnarvaro.worklist.domain.choosing import Choice, Order, chosen
from samnarvaro.worklist.domain.rows import Act, Done, State, When
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item, ItemSet
from samnarvaro.worklist.queries.rows import (
    LastAct,
    NoSuchItem,
    Row,
    last_act_of,
    rows_of,
    shown,
    when_on,
    with_names,
)


@dataclass(frozen=True, slots=True)
class Mine:
    """The viewer's list: overdue rows first in `due_today`, rows put off in `waiting`."""

    due_today: tuple[Row, ...]
    this_week: tuple[Row, ...]
    later: tuple[Row, ...]
    waiting: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.due_today + self.this_week + self.later + self.waiting


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A row on which nobody has acted, and how many school days it has waited."""

    row: Row
    school_days: int


@dataclass(frozen=True, slots=True)
class Untouched:
    """How many rows nobody has acted on, and the one that has waited longest."""

    count: int
    oldest: Unanswered | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows the viewer holds, and on how many of all it sees nobody has acted."""

    due_today: int
    this_week: int
    later: int
    waiting: int
    nobody_has_acted: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting takes up, class by class, and what it has put off to another time."""

    now: tuple[Row, ...]
    another_time: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.now + self.another_time


# Whose rows each meeting takes up. Absence is on the team's agenda every time: the mentors' rows.
CONFERENCE = frozenset({Holder.TEAM_CONFERENCE, Holder.MENTOR})
STUDENT_HEALTH = frozenset({Holder.STUDENT_HEALTH_TEAM})


def mine(*, by: Scope, on: date) -> Mine:
    """Return the uncleared rows of the viewer's role, by when they are to be done."""
    rows = rows_of(Item.objects.held_in(by).uncleared(), by, on)
    parts: dict[When | None, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.due_on, row.sort_key)):
        parts[row.when].append(row)
    return Mine(
        due_today=tuple(parts[When.TODAY]),
        this_week=tuple(parts[When.THIS_WEEK]),
        later=tuple(parts[When.LATER]),
        waiting=tuple(parts[When.WAITING]),
    )


def all_mine(*, by: Scope, on: date) -> list[Row]:
    """Return the uncleared rows of the viewer's role, to choose among."""
    return rows_of(Item.objects.held_in(by).uncleared(), by, on)


def acted_today(*, by: Scope, on: date) -> list[Row]:
    """Return the rows that the viewer has cleared or handed over today: what can be undone.

    What it has put off stands in its list still, with the way back beside it.
    """
    acts = [Act.DONE, Act.NOT_NEEDED, Act.HAND_OVER]
    items = Item.objects.visible_in(by).filter(acted_by=by.viewer, acted_on=on, act__in=acts)
    items = items.exclude(acts__in=domain.held_by(by.role), act=Act.HAND_OVER)
    return chosen(rows_of(items, by, on), Choice(order=Order.NAME))


def agenda(holders: Collection[Holder], *, by: Scope, on: date) -> Agenda:
    """Return the uncleared rows of these holders about the viewer's pupils, by class and name."""
    items = Item.objects.visible_in(by).filter(acts__in=holders).uncleared()
    if Holder.MENTOR in holders:  # a mentor's own look through the class is not for the meeting
        items = items.filter(pupil__isnull=False)
    rows = chosen(rows_of(items, by, on), Choice(order=Order.CLASS))
    return Agenda(
        now=tuple(row for row in rows if row.when is not When.WAITING),
        another_time=tuple(row for row in rows if row.when is When.WAITING),
    )


def get(public: UUID, *, by: Scope, on: date) -> Row:
    """Return one of the viewer's own rows, cleared or not. Raises NoSuchItem.

    A row that the viewer handed over today is still at hand, to be taken back.
    """
    found = rows_of(Item.objects.at_hand_in(by).filter(public=public), by, on)
    if not found:
        raise NoSuchItem
    return found[0]


def some(publics: Collection[UUID], *, by: Scope, on: date) -> list[Row]:
    """Return those of these rows that the viewer sees, whosever they are, in name order."""
    items = Item.objects.visible_in(by).filter(public__in=publics)
    return chosen(rows_of(items, by, on), Choice(order=Order.NAME))


def of_pupil(
    pupil: int, *, by: Scope, on: date, places: Sequence[people.Placement] | None = None
) -> list[Row]:
    """Return all rows about a pupil (id), newest first, each with everything done with it.

    For everyone who follows the pupil, whosever the rows are. `places` is where it goes to school,
    for who has read that already.
    """
    items = _asking_of_pupil(pupil, by)
    history: defaultdict[int, list[Done]] = defaultdict(list)
    for act in _asking_acts(pupil, by):
        history[act.item_id].append(act.done)
    known = None if places is None else {pupil: places}
    return shown(items, by, on, history, places=known)


@of_one
def _asking_of_pupil(by: Scope) -> ItemSet:
    found = Item.objects.visible_in(by).filter(pupil=NOBODY)
    return with_names(found).order_by("-raised_on", "-level", "-pk")


@of_one
def _asking_acts(by: Scope) -> "QuerySet[ActRow]":
    rows = Item.objects.visible_in(by).filter(pupil=NOBODY)
    return ActRow.objects.filter(item__in=rows).order_by("number")


def made_by(subjects: Collection[str], *, by: Scope, on: date) -> dict[str, Row]:
    """Return the rows that these subjects made, by subject, whosever they are."""
    found = _asking_subjects(by).among("subject", subjects).ask()
    items = list(with_names(Item.objects.filter(pk__in=[pk for pk, _subject in found])))
    rows = shown(items, by, on)
    return {item.subject: row for item, row in zip(items, rows, strict=True)}


def last_acts(
    subjects: Collection[str], *, by: Scope, on: date
) -> dict[str, tuple[State, LastAct | None]]:
    """Return how the rows that these subjects made stand, by subject, and the act that stands on them.

    As `made_by` says, and no more than that.
    """
    items = Item.objects.visible_in(by).filter(subject__in=subjects).select_related("pupil")
    return {
        item.subject: (
            domain.state_on(State(item.state), item.wait_until, on),
            last_act_of(item, by, on),
        )
        for item in items
    }


def standing(kinds: Collection[str], *, by: Scope) -> set[str]:
    """Return the subjects of the rows of some kinds that are not cleared, and whose ground is not gone."""
    rows = Item.objects.visible_in(by).uncleared().filter(kind__in=kinds, recovered_on=None)
    return set(rows.values_list("subject", flat=True))


@lru_cache(maxsize=256)
def _asking_subjects(by: Scope) -> Question:
    return question(Item.objects.visible_in(by).values_list("id", "subject"))


def nobody_has_acted(
    units: Collection[int], *, by: Scope, on: date, calendars: Calendars
) -> list[Unanswered]:
    """Return the rows about pupils of these units (ids) on which no act stands, the longest first.

    Whosever the rows are. A row put off is acted on, also when its day has come.
    """
    items = Item.objects.visible_in(by).untouched().filter(pupil__isnull=False)
    found = [
        (row, calendars.of(row.unit))
        for row in rows_of(items, by, on, units=units)
        if row.unit is not None
    ]
    waited = [
        Unanswered(row, calendar.school_days_between(row.raised_on, on)) for row, calendar in found
    ]
    return sorted(waited, key=lambda each: (each.row.raised_on, each.row.sort_key))


def untouched(
    pupils: Collection[int], *, by: Scope, on: date, calendars: Calendars, unit: int
) -> Untouched:
    """Return what `nobody_has_acted` says of some pupils (ids) of a unit in short."""
    among = set(pupils)
    found = [
        (bulk.as_day(raised_on), name, pk)
        for raised_on, name, pk, pupil in _asking_untouched(by).ask()
        if pupil in among
    ]
    if not found:
        return Untouched(0, None)
    raised_on, _name, pk = min(found)
    oldest = Item.objects.filter(pk=pk).select_related("pupil")  # seen in the same moment
    (row,) = shown(oldest, by, on, units=[unit])
    days = calendars.of(unit).school_days_between(raised_on, on)
    return Untouched(len(found), Unanswered(row, days))


@lru_cache(maxsize=256)
def _asking_untouched(by: Scope) -> Question:
    items = Item.objects.visible_in(by).untouched().filter(pupil__isnull=False)
    return question(items.values_list("raised_on", "pupil__sort_key", "pk", "pupil_id"))


def counts(*, by: Scope, on: date) -> Counts:
    """Count the viewer's rows as `mine` parts them, and the rows nobody has acted on."""
    held = Item.objects.held_in(by).uncleared()
    times = held.values_list("state", "due_on", "wait_until", "lain_on")
    parts = [when_on(State(state), due, until, lain, on=on)[0] for state, due, until, lain in times]
    untouched = Item.objects.visible_in(by).untouched().filter(pupil__isnull=False)
    return Counts(
        due_today=parts.count(When.TODAY),
        this_week=parts.count(When.THIS_WEEK),
        later=parts.count(When.LATER),
        waiting=parts.count(When.WAITING),
        nobody_has_acted=untouched.count(),
    )
