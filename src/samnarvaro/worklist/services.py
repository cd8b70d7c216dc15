"""Everything that changes rows of work: raised by the rooms above, cleared by a person's act."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain import rows as domain
from samnarvaro.worklist.domain.rows import Act, Done, Missing, NewItem, State
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries import NoSuchItem

__all__ = ["CannotAct", "NewItem", "NoSuchItem", "act", "mark_recovered", "raise_item"]
__all__ += ["raise_items", "undo", "unmark_recovered"]

_BATCH = 500
_NEW = "new_items"
_COLUMNS = (
    "subject",
    "public",
    "kind",
    "pupil_id",
    "acts",
    "level",
    "figures",
    "raised_on",
    "due_on",
)
_EMPTY = "state, act_number, acted_by, acted_by_name, text"


class CannotAct(Exception):
    """The act is refused, with every reason at once."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def raise_item(new: NewItem, *, by: Scope, at: datetime) -> bool:
    """Raise one row; tell whether it is new. Raises people's NoSuchPupil."""
    return raise_items([new], by=by, at=at) == 1


@transaction.atomic
def raise_items(new: Collection[NewItem], *, by: Scope, at: datetime) -> int:
    """Raise rows, each once by its subject; return how many are new.

    A row that is there already stays as it is, cleared or not. Raises people's NoSuchPupil when one
    of the pupils does not exist for who raises it; then none is raised.
    """
    if not new:
        return 0
    if not by.is_system:
        _stop_if_hidden({item.pupil for item in new}, by)
    bulk.create_temporary(_NEW, _columns(with_types=True))
    bulk.pour(_NEW, _COLUMNS, (_as_row(item) for item in new))
    raised = bulk.run(
        f"INSERT INTO {Item._meta.db_table} ({_columns()}, {_EMPTY})"
        f" SELECT {_columns()}, '{State.OPEN.value}', 0, '', '', '' FROM {_NEW} WHERE TRUE"
        " ON CONFLICT (subject) DO NOTHING"
    )
    bulk.drop_temporary(_NEW)
    if raised:
        audit.record("worklist.raised", by=by, at=at, target="items", detail={"rows": raised})
    return raised


def _columns(*, with_types: bool = False) -> str:
    """Name the columns; with their types they are those of the table itself, on either database."""
    if not with_types:
        return ", ".join(_COLUMNS)
    fields = {field.column: field for field in Item._meta.concrete_fields}
    return ", ".join(f"{column} {fields[column].db_type(connection)}" for column in _COLUMNS)


def _as_row(item: NewItem) -> tuple[str | int, ...]:
    return (
        item.subject,
        uuid4().hex,
        item.kind,
        item.pupil,
        item.acts.value,
        item.level,
        json.dumps(item.figures),
        item.raised_on.isoformat(),
        item.due_on.isoformat(),
    )


def _stop_if_hidden(pupils: set[int], by: Scope) -> None:
    if len(people.publics(pupils, by=by)) != len(pupils):
        raise people.NoSuchPupil


def mark_recovered(subjects: Collection[str], *, on: date, by: Scope, at: datetime) -> int:
    """Mark that the ground of these rows is gone; no row is cleared by it. Return how many."""
    return _mark(subjects, on, "worklist.recovered", by, at)


def unmark_recovered(subjects: Collection[str], *, by: Scope, at: datetime) -> int:
    """Take the mark away: after a correction the ground is there after all."""
    return _mark(subjects, None, "worklist.unrecovered", by, at)


@transaction.atomic
def _mark(subjects: Collection[str], on: date | None, what: str, by: Scope, at: datetime) -> int:
    marked = sum(
        Item.objects.visible_in(by)
        .filter(subject__in=some, recovered_on__isnull=on is not None)
        .update(recovered_on=on)
        for some in _batches(sorted(subjects))
    )
    if marked:
        audit.record(what, by=by, at=at, target="items", detail={"rows": marked})
    return marked


def _batches(subjects: Sequence[str]) -> Iterator[Sequence[str]]:
    return (subjects[first : first + _BATCH] for first in range(0, len(subjects), _BATCH))


@transaction.atomic
def act(
    public: UUID,
    kind: Act,
    *,
    text: str,
    wait_until: date | None = None,
    by: Scope,
    at: datetime,
    on: date,
) -> int:
    """Clear a row, or put it off, with words; return the number of the act.

    Raises NoSuchItem for a row that is not the viewer's own, and CannotAct with every reason at
    once. The day counts for an act that waits, and is not kept with any other.
    """
    item, history = _lock(public, by)
    text = text.strip()
    if missing := domain.missing_for(
        kind, state=State(item.state), text=text, wait_until=wait_until, on=on
    ):
        raise CannotAct(missing)

    done = Done(
        number=len(history) + 1,
        act=kind,
        on=on,
        by=by.viewer,
        by_name=people.name_of_viewer(by=by),
        text=text,
        wait_until=wait_until if kind is Act.WAIT else None,
    )
    _write(item, done, [*history, done], by, at)
    return done.number


@transaction.atomic
def undo(public: UUID, *, number: int | None = None, by: Scope, at: datetime, on: date) -> None:
    """Take back the act that stands: one's own, the same day. The row is what it was before it.

    Raises NoSuchItem for a row that is not the viewer's own, and CannotAct.
    """
    item, history = _lock(public, by)
    acts = domain.standing(history)
    if missing := domain.missing_for_undo(acts, number=number, by=by.viewer, on=on):
        raise CannotAct(missing)

    done = Done(
        number=len(history) + 1,
        act=Act.UNDO,
        on=on,
        by=by.viewer,
        by_name=people.name_of_viewer(by=by),
    )
    _write(item, done, [*history, done], by, at)


def _lock(public: UUID, by: Scope) -> tuple[Item, list[Done]]:
    """Hold the row against others, and read what was done with it."""
    held = Item.objects.held_in(by).select_related("pupil").select_for_update(of=("self",))
    try:
        item = held.get(public=public)
    except Item.DoesNotExist:
        raise NoSuchItem from None
    history = ActRow.objects.filter(item=item).order_by("number")
    return item, [row.done for row in history]


def _write(item: Item, done: Done, history: list[Done], by: Scope, at: datetime) -> None:
    """Keep the act, let the row repeat the one that stands now, and log it."""
    ActRow.objects.create(
        item=item,
        number=done.number,
        act=done.act.value,
        at=at,
        acted_on=done.on,
        by=done.by,
        by_name=done.by_name,
        text=done.text,
        wait_until=done.wait_until,
    )
    before = item.state
    _repeat(domain.standing(history), item)
    audit.record(
        f"worklist.{done.act}",
        by=by,
        at=at,
        pupil=str(item.pupil.public),
        target=f"item:{item.public}",
        detail={"number": done.number, "before": before, "after": item.state},
    )


def _repeat(acts: list[Done], item: Item) -> None:
    last = acts[-1] if acts else None
    item.state = domain.state_after(acts).value
    item.act_number = last.number if last else 0
    item.acted_on = last.on if last else None
    item.acted_by = last.by if last else ""
    item.acted_by_name = last.by_name if last else ""
    item.text = last.text if last else ""
    item.wait_until = last.wait_until if last else None
    item.save(
        update_fields=[
            "state", "act_number", "acted_on", "acted_by", "acted_by_name", "text", "wait_until",
        ]
    )  # fmt: skip
