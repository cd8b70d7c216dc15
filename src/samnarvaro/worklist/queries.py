"""Everything that reads rows of work. No scope, no rows; a constant number of queries each."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain import rows as domain
from samnarvaro.worklist.domain.rows import Act, Done, State, When
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item, ItemSet


class NoSuchItem(Exception):
    """There is no such row, or it is not the viewer's own. The caller cannot tell which."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind a row's figures, line by line; a line without text is not shown."""

    rule: str = ""
    window: str = ""
    denominator: str = ""
    fresh: str = ""
    unreported: str = ""


Figures = Mapping[str, Any]
Sentence = Callable[[Figures], str]
Explain = Callable[[Figures], Explanation]

ANY_KIND = ""
_words: dict[str, tuple[Sentence, Explain | None]] = {}


def register_words(kind: str, sentence: Sentence, explain: Explain | None = None) -> None:
    """Let the room that raises rows of a kind say why, in words and figures.

    ANY_KIND is for rows of which no room has said anything.
    """
    _words[kind] = (sentence, explain)


@dataclass(frozen=True, slots=True)
class LastAct:
    """The act that stands on a row. `text` is None when the viewer does not read such words."""

    number: int
    act: Act
    on: date
    by_name: str
    text: str | None
    wait_until: date | None
    is_mine_to_undo: bool
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of work as it is on a day: about whom, why in words and figures, and what was done.

    `state`, `due_on` and `when` are those of the day: a row that waited is open again when its day
    has come, and due that day. `acts` is filled by `of_pupil` only, oldest first.
    """

    public: UUID
    pupil: int
    pupil_public: UUID
    name: str
    group: str
    unit: int | None
    kind: str
    holder: Holder
    level: int
    figures: Figures
    why: str
    explanation: Explanation | None
    raised_on: date
    due_on: date
    recovered_on: date | None
    state: State
    when: When | None
    last: LastAct | None
    acts: tuple[LastAct, ...] = ()
    sort_key: str = ""
    # Whether the viewer may open the pupil's page.
    opens_pupil: bool = True

    @property
    def is_cleared(self) -> bool:
        return self.state in domain.CLEARED


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
class Counts:
    """How many rows the viewer holds, and on how many of all it sees nobody has acted."""

    due_today: int
    this_week: int
    later: int
    waiting: int
    nobody_has_acted: int


def mine(*, by: Scope, on: date) -> Mine:
    """Return the uncleared rows of the viewer's role, by when they are to be done."""
    rows = _rows(Item.objects.held_in(by).uncleared(), by, on)
    parts: dict[When | None, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.due_on, row.sort_key)):
        parts[row.when].append(row)
    return Mine(
        due_today=tuple(parts[When.TODAY]),
        this_week=tuple(parts[When.THIS_WEEK]),
        later=tuple(parts[When.LATER]),
        waiting=tuple(parts[When.WAITING]),
    )


def get(public: UUID, *, by: Scope, on: date) -> Row:
    """Return one of the viewer's own rows, cleared or not. Raises NoSuchItem."""
    found = _rows(Item.objects.held_in(by).filter(public=public), by, on)
    if not found:
        raise NoSuchItem
    return found[0]


def of_pupil(pupil: int, *, by: Scope, on: date) -> list[Row]:
    """Return all rows about a pupil (id), newest first, each with everything done with it.

    For everyone who follows the pupil, whosever the rows are.
    """
    items = list(
        Item.objects.visible_in(by)
        .filter(pupil=pupil)
        .select_related("pupil")
        .order_by("-raised_on", "-level", "-pk")
    )
    history: defaultdict[int, list[Done]] = defaultdict(list)
    for act in ActRow.objects.filter(item__in=[item.pk for item in items]).order_by("number"):
        history[act.item_id].append(act.done)
    return _shown(items, by, on, history)


def made_by(subjects: Collection[str], *, by: Scope, on: date) -> dict[str, Row]:
    """Return the rows that these subjects made, by subject, whosever they are."""
    items = list(Item.objects.visible_in(by).filter(subject__in=subjects).select_related("pupil"))
    rows = _shown(items, by, on)
    return {item.subject: row for item, row in zip(items, rows, strict=True)}


def nobody_has_acted(
    units: Collection[int], *, by: Scope, on: date, calendars: Calendars
) -> list[Unanswered]:
    """Return the rows of these units (ids) on which no act stands, the one that waited longest first.

    Whosever the rows are. A row put off is acted on, also when its day has come.
    """
    found = [
        (row, calendars.of(row.unit))
        for row in _rows(Item.objects.visible_in(by).untouched(), by, on, units=units)
        if row.unit is not None
    ]
    waited = [
        Unanswered(row, calendar.school_days_between(row.raised_on, on)) for row, calendar in found
    ]
    return sorted(waited, key=lambda each: (each.row.raised_on, each.row.sort_key))


@dataclass(frozen=True, slots=True)
class DoneAbout:
    """An act that stands, about whom (id), and when."""

    pupil: int
    at: datetime
    act: LastAct


def done_by_viewer(pupils: Collection[int], *, by: Scope, since: datetime) -> list[DoneAbout]:
    """Return the viewer's own acts since a moment that stand on rows of these pupils (ids)."""
    rows = (
        ActRow.objects.filter(by=by.viewer, at__gte=since, number=F("item__act_number"))
        .filter(item__in=Item.objects.visible_in(by).filter(pupil__in=pupils))
        .select_related("item")
        .order_by("at", "pk")
    )
    return [DoneAbout(row.item.pupil_id, row.at, _act(row.done, by)) for row in rows]


def counts(*, by: Scope, on: date) -> Counts:
    """Count the viewer's rows as `mine` parts them, and the rows nobody has acted on."""
    held = Item.objects.held_in(by).uncleared().values_list("state", "due_on", "wait_until")
    parts = [_when(State(state), due_on, wait_until, on) for state, due_on, wait_until in held]
    return Counts(
        due_today=parts.count(When.TODAY),
        this_week=parts.count(When.THIS_WEEK),
        later=parts.count(When.LATER),
        waiting=parts.count(When.WAITING),
        nobody_has_acted=Item.objects.visible_in(by).untouched().count(),
    )


def _when(state: State, due_on: date, wait_until: date | None, on: date) -> When:
    today = domain.state_on(state, wait_until, on)
    return domain.when(today, domain.due_of(due_on, wait_until), on)


def _rows(items: ItemSet, by: Scope, on: date, units: Collection[int] | None = None) -> list[Row]:
    return _shown(items.select_related("pupil").order_by("pk"), by, on, units=units)


def _shown(
    items: Iterable[Item],
    by: Scope,
    on: date,
    history: Mapping[int, Sequence[Done]] | None = None,
    units: Collection[int] | None = None,
) -> list[Row]:
    """Put the pupils' places beside the items. With `units`, only pupils of those remain."""
    found = list(items)
    places = people.placements({item.pupil_id for item in found}, by=by)
    rows = []
    for item in found:
        at = [
            place for place in places.get(item.pupil_id, []) if units is None or place.unit in units
        ]
        if at or units is None:
            rows.append(_row(item, at[0] if at else None, by, on, (history or {}).get(item.pk, ())))
    return rows


def _row(
    item: Item, place: people.Placement | None, by: Scope, on: date, history: Sequence[Done]
) -> Row:
    pupil, state = item.pupil, domain.state_on(State(item.state), item.wait_until, on)
    due_on = domain.due_of(item.due_on, item.wait_until)
    sentence, explain = _words.get(item.kind) or _words[ANY_KIND]
    return Row(
        public=item.public,
        pupil=pupil.pk,
        pupil_public=pupil.public,
        name=pupil.name,
        # The class of a pupil with protected personal data stands in no list.
        group=place.group if place and not pupil.protection else "",
        unit=place.unit if place else None,
        kind=item.kind,
        holder=Holder(item.acts),
        level=item.level,
        figures=item.figures,
        why=sentence(item.figures),
        explanation=explain(item.figures) if explain else None,
        raised_on=item.raised_on,
        due_on=due_on,
        recovered_on=item.recovered_on,
        state=state,
        when=None if state in domain.CLEARED else domain.when(state, due_on, on),
        last=_last_act(item, by, on),
        acts=_acts(history, by),
        sort_key=pupil.sort_key or pupil.name,
        opens_pupil=by.role not in domain.ROWS_ALONE,
    )


def _last_act(item: Item, by: Scope, on: date) -> LastAct | None:
    if item.acted_on is None:
        return None
    done = Done(
        number=item.act_number,
        act=domain.LED_BY[State(item.state)],
        on=item.acted_on,
        by=item.acted_by,
        by_name=item.acted_by_name,
        text=item.text,
        wait_until=item.wait_until,
    )
    is_held = Holder(item.acts) in domain.held_by(by.role)
    undoable = is_held and not domain.missing_for_undo([done], number=None, by=by.viewer, on=on)
    return _act(done, by, is_mine_to_undo=undoable)


def _acts(history: Sequence[Done], by: Scope) -> tuple[LastAct, ...]:
    stands = {done.number for done in domain.standing(history)}
    return tuple(
        _act(done, by, is_undone=done.number not in stands)
        for done in history
        if done.act is not Act.UNDO
    )


def _act(
    done: Done, by: Scope, *, is_mine_to_undo: bool = False, is_undone: bool = False
) -> LastAct:
    return LastAct(
        number=done.number,
        act=done.act,
        on=done.on,
        by_name=done.by_name,
        text=done.text if by.reads(DataClass.CAUSE) else None,
        wait_until=done.wait_until,
        is_mine_to_undo=is_mine_to_undo,
        is_undone=is_undone,
    )
