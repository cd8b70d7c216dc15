"""What the work list puts on pages that are put together at the top."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.worklist import queries
from samnarvaro.worklist.domain.rows import ROWS_ALONE, held_by
from samnarvaro.worklist.web import shown, texts

MY_DAY = "/"


def my_day(*, scope: Scope | None, today: date, now: datetime) -> Section | None:  # noqa: ARG001  # every provider is given the same
    """The viewer's own rows: today, this week, later, waiting. Nothing for who holds no rows.

    Rows whose ground is gone stand apart, so that they do not hide those that call for something.
    """
    if scope is None or not held_by(scope.role):
        return None
    mine = queries.mine(by=scope, on=today)
    done = queries.acted_today(by=scope, on=today)
    return Section(
        "worklist/_my_day.html",
        {
            "due_today": _ready(_standing(mine.due_today), today),
            "this_week": _ready(_standing(mine.this_week), today),
            "later": _ready(_standing(mine.later), today),
            "waiting": _ready(_standing(mine.waiting), today),
            "recovered": _ready([row for row in mine.rows if row.recovered_on], today),
            "done_today": [shown.show(row, today, back=MY_DAY) for row in done],
            "done_label": texts.done_today(len(done)),
            "some": bool(mine.rows),
            "back": MY_DAY,
            "list_url": reverse("worklist:list"),
        },
        pupils=queries.pupils_of([*mine.rows, *done]),
        classes=shown.classes_of([*mine.rows, *done]),
    )


def _standing(rows: Sequence[queries.Row]) -> list[queries.Row]:
    return [row for row in rows if not row.recovered_on]


class ShownPupil(Protocol):
    """What of a pupil the page has at hand."""

    @property
    def pk(self) -> int: ...

    @property
    def public(self) -> UUID: ...


def of_pupil(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, back: str = "", **_facts: object
) -> Section | None:
    """What is to be done about a pupil and by whom, and what has been done; for all who follow it.

    `back` is where an act leads back to, when it is not the pupil's own page.
    """
    if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
        return None
    rows = once(queries.of_pupil, pupil.pk, by=scope, on=today)
    back = back or f"/elev/{pupil.public}/"
    ready = [shown.show_to_all(row, today, back=back) for row in rows]
    cleared = [each for each in ready if each.row.is_cleared]
    return Section(
        "worklist/_pupil.html",
        {
            "open": [each for each in ready if not each.row.is_cleared],
            "cleared": cleared,
            "cleared_label": texts.earlier(len(cleared)),
            "words_hidden": any(act.text is None for row in rows for act in row.acts),
        },
        pupils=frozenset({pupil.pk}),
        classes=shown.classes_of(rows),
    )


def _ready(rows: Sequence[queries.Row], today: date) -> list[shown.ShownRow]:
    return [shown.show(row, today, back=MY_DAY, tick=shown.Tick()) for row in rows]
