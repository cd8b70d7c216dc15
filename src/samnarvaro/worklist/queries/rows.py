"""A row of work as it is on a day for one viewer. A constant number of queries for many rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain import rows as domain
from samnarvaro.worklist.domain.rows import Act, Done, State, When
from samnarvaro.worklist.models import Item, ItemSet
from samnarvaro.worklist.queries.words import (
    Explanation,
    Figures,
    is_cleared_on_its_page,
    words_of,
)

# Every row names the pupil and stands in a list that is about attendance.
LEAST = frozenset({DataClass.NAME, DataClass.ATTENDANCE})


class NoSuchItem(Exception):
    """There is no such row, or it is not the viewer's own. The caller cannot tell which."""


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
    handed_to: Holder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of work as it is on a day: about whom, why in words and figures, and what was done.

    `pupil` is None where the row is about a whole class or school, whose `name` it bears and whose
    public id is `about`. `state`, `due_on` and `when` are those of the day: a row that waited is
    open again when its day has come, and due that day. `acts` is filled by `of_pupil` only, oldest
    first.
    """

    public: UUID
    pupil: int | None
    pupil_public: UUID | None
    name: str
    group: str
    unit: int | None
    about: UUID | None
    kind: str
    holder: Holder
    is_held: bool
    level: int
    figures: Figures
    raised_on: date
    due_on: date
    recovered_on: date | None
    lain_on: date | None
    state: State
    when: When | None
    last: LastAct | None
    acts: tuple[LastAct, ...] = ()
    sort_key: str = ""
    # Whether the viewer may open the page of the pupil, or of the class.
    opens_pupil: bool = True
    # Whether the viewer clears it on a page of its own alone.
    has_page: bool = False
    # Whether nobody else sees it, so that it is handed to nobody.
    own_alone: bool = False

    @property
    def why(self) -> str:
        """Why there is a row, in words and figures. Put together for who reads it, not for a count."""
        return words_of(self.kind).sentence(self.figures)

    @property
    def tells(self) -> frozenset[DataClass]:
        """Which classes of the pupil's data it is of: its name, that it is there because of absence or
        what else it is about, and the words of acts, which may tell why a child is away.
        """
        has_words = any(act and act.text is not None for act in (self.last, *self.acts))
        words = {DataClass.CAUSE} if has_words else frozenset[DataClass]()
        return LEAST | words_of(self.kind).tells | words

    @property
    def explanation(self) -> Explanation | None:
        """What stands behind the figures, where the room that raised the row tells it."""
        explain = words_of(self.kind).explain
        return explain(self.figures) if explain else None

    @property
    def is_cleared(self) -> bool:
        return self.state in domain.CLEARED

    @property
    def has_act(self) -> bool:
        return self.last is not None


def pupils_of(rows: Iterable[Row]) -> frozenset[int]:
    """Return the pupils (ids) that rows tell of."""
    return frozenset(row.pupil for row in rows if row.pupil is not None)


def told_of_each(rows: Iterable[Row]) -> dict[int, frozenset[DataClass]]:
    """Return which data classes rows tell of each pupil (id): of one no more for what another's say."""
    found: dict[int, frozenset[DataClass]] = {}
    for row in rows:
        if row.pupil is not None:
            found[row.pupil] = found.get(row.pupil, frozenset()) | row.tells
    return found


def rows_of(items: ItemSet, by: Scope, on: date, units: Collection[int] | None = None) -> list[Row]:
    return shown(with_names(items).order_by("pk"), by, on, units=units)


def when_on(
    state: State, due_on: date, wait_until: date | None, lain_on: date | None, *, on: date
) -> tuple[When, date]:
    """Return where a row of these days, not cleared, stands in its holder's list, and when it is due."""
    due = domain.due_of(due_on, wait_until, lain_on)
    return domain.when(domain.state_on(state, wait_until, on), due, on), due


def with_names(items: ItemSet) -> ItemSet:
    return items.select_related("pupil", "group", "unit")


def shown(
    items: Iterable[Item],
    by: Scope,
    on: date,
    history: Mapping[int, Sequence[Done]] | None = None,
    units: Collection[int] | None = None,
    places: Mapping[int, Sequence[people.Placement]] | None = None,
) -> list[Row]:
    """Put the pupils' places beside the items. With `units`, only pupils of those remain."""
    found = list(items)
    if places is None:
        pupils = {item.pupil_id for item in found if item.pupil_id is not None}
        places = people.placements(pupils, by=by) if pupils else {}
    rows = []
    for item in found:
        at = [
            place
            for place in places.get(item.pupil_id or 0, [])
            if units is None or place.unit in units
        ]
        if at or units is None:
            rows.append(_row(item, at[0] if at else None, by, on, (history or {}).get(item.pk, ())))
    return rows


@dataclass(frozen=True, slots=True)
class _About:
    """Whom a row is about, by the name to show."""

    name: str
    sort_key: str
    group: str
    unit: int | None
    public: UUID | None = None


def _about(item: Item, place: people.Placement | None) -> _About:
    if item.pupil:
        # The class of a pupil with protected personal data stands in no list.
        group = place.group if place and not item.pupil.protection else ""
        sort_key = item.pupil.sort_key or item.pupil.name
        return _About(item.pupil.name, sort_key, group, place.unit if place else None)
    if item.group:
        name, unit = item.group.name, item.group.unit_id
        return _About(name, "", name, unit, item.group.public)
    assert item.unit is not None  # the table holds it
    return _About(item.unit.name, "", "", item.unit.pk, item.unit.public)


def _row(
    item: Item, place: people.Placement | None, by: Scope, on: date, history: Sequence[Done]
) -> Row:
    state = domain.state_on(State(item.state), item.wait_until, on)
    due_on = domain.due_of(item.due_on, item.wait_until, item.lain_on)
    about = _about(item, place)
    return Row(
        public=item.public,
        pupil=item.pupil_id,
        pupil_public=item.pupil.public if item.pupil else None,
        name=about.name,
        group=about.group,
        unit=about.unit,
        about=about.public,
        kind=item.kind,
        holder=Holder(item.acts),
        is_held=is_held_by(item, by),
        level=item.level,
        figures=item.figures,
        raised_on=item.raised_on,
        due_on=due_on,
        recovered_on=item.recovered_on,
        lain_on=item.lain_on,
        state=state,
        when=None if state in domain.CLEARED else domain.when(state, due_on, on),
        last=last_act_of(item, by, on),
        acts=_acts(history, by, holds=is_held_by(item, by)),
        sort_key=about.sort_key,
        opens_pupil=by.role not in domain.ROWS_ALONE,
        has_page=has_page(item, by),
        own_alone=item.own_alone,
    )


def has_page(item: Item, by: Scope) -> bool:
    """Tell whether the viewer clears a row on a page of its own alone: while its ground holds."""
    return item.recovered_on is None and is_cleared_on_its_page(item.kind, by.role)


def is_held_by(item: Item, by: Scope) -> bool:
    protected = item.pupil is not None and item.pupil.protection > 0
    return domain.holds(by.role, Holder(item.acts), is_protected=protected)


def last_act_of(item: Item, by: Scope, on: date) -> LastAct | None:
    if item.acted_on is None:
        return None
    done = Done(
        number=item.act_number,
        act=Act(item.act),
        on=item.acted_on,
        by=item.acted_by,
        by_name=item.acted_by_name,
        text=item.text,
        wait_until=item.wait_until,
        handed_to=Holder(item.acts) if item.act == Act.HAND_OVER else None,
    )
    # What one has handed over can be taken back by oneself alone, though it lies with another.
    is_held = is_held_by(item, by) or done.act is Act.HAND_OVER
    undoable = is_held and not domain.missing_for_undo([done], number=None, by=by.viewer, on=on)
    return act_of(done, by, holds=is_held_by(item, by), is_mine_to_undo=undoable)


def _acts(history: Sequence[Done], by: Scope, *, holds: bool) -> tuple[LastAct, ...]:
    stands = {done.number for done in domain.standing(history)}
    return tuple(
        act_of(done, by, holds=holds, is_undone=done.number not in stands)
        for done in history
        if done.act is not Act.UNDO
    )


def act_of(
    done: Done, by: Scope, *, holds: bool, is_mine_to_undo: bool = False, is_undone: bool = False
) -> LastAct:
    reads = domain.reads_words(
        done, viewer=by.viewer, reads_causes=by.reads(DataClass.CAUSE), holds=holds
    )
    return LastAct(
        number=done.number,
        act=done.act,
        on=done.on,
        by_name=done.by_name,
        text=done.text if reads else None,
        wait_until=done.wait_until,
        is_mine_to_undo=is_mine_to_undo,
        is_undone=is_undone,
        handed_to=done.handed_to,
    )
