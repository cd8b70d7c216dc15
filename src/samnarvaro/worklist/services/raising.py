"""Rows are raised by the rooms above, each once, and marked when their ground is gone."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import connection, transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.worklist.domain.rows import NewItem, State
from samnarvaro.worklist.models import Item

_BATCH = 500
_NEW = "new_items"
_COLUMNS = (
    "subject",
    "public",
    "kind",
    "pupil_id",
    "group_id",
    "unit_id",
    "acts",
    "level",
    "figures",
    "raised_on",
    "due_on",
    "own_alone",
)
_ABOUT = ("pupil_id", "group_id", "unit_id")
_EMPTY = "state, act, act_number, acted_by, acted_by_name, text"


def raise_item(new: NewItem, *, by: Scope, at: datetime) -> bool:
    """Raise one row; tell whether it is new. Raises people's NoSuchPupil."""
    return raise_items([new], by=by, at=at) == 1


@transaction.atomic
def raise_items(new: Collection[NewItem], *, by: Scope, at: datetime) -> int:
    """Raise rows, each once by its subject; return how many are new.

    A row that is there already stays as it is, cleared or not. Raises people's NoSuchPupil when one
    of the pupils does not exist for who raises it; then none is raised. Rows about whole classes
    and schools are raised by the system alone.
    """
    if not new:
        return 0
    if not by.is_system:
        _stop_if_hidden([item.pupil for item in new], by)
    bulk.create_temporary(_NEW, _columns(with_types=True))
    bulk.pour(_NEW, _COLUMNS, (_as_row(item) for item in new))
    raised = bulk.run(
        f"INSERT INTO {Item._meta.db_table} ({_columns()}, {_EMPTY})"
        f" SELECT {_read()}, '{State.OPEN.value}', '', 0, '', '', '' FROM {_NEW} WHERE TRUE"
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


def _read() -> str:
    """Name the columns as they are read back: what a row is not about was poured as 0."""
    return ", ".join(f"NULLIF({name}, 0)" if name in _ABOUT else name for name in _COLUMNS)


def _as_row(item: NewItem) -> tuple[str | int, ...]:
    return (
        item.subject,
        uuid4().hex,
        item.kind,
        item.pupil or 0,
        item.group or 0,
        item.unit or 0,
        item.acts.value,
        item.level,
        json.dumps(item.figures),
        item.raised_on.isoformat(),
        item.due_on.isoformat(),
        int(item.own_alone),
    )


def _stop_if_hidden(pupils: Collection[int | None], by: Scope) -> None:
    asked = {pupil for pupil in pupils if pupil is not None}
    if None in pupils or len(people.publics(asked, by=by)) != len(asked):
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
