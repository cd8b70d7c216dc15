"""What the work list puts on pages that are put together at the top."""

from datetime import date, datetime

from samnarvaro.base.sections import Section
from samnarvaro.kernel.access import Scope
from samnarvaro.worklist import queries
from samnarvaro.worklist.domain.rows import held_by
from samnarvaro.worklist.web import shown

MY_DAY = "/"


def my_day(*, scope: Scope | None, today: date, now: datetime) -> Section | None:  # noqa: ARG001  # every provider is given the same
    """The viewer's own rows: today, this week, later, waiting. Nothing for who holds no rows."""
    if scope is None or not held_by(scope.role):
        return None
    mine = queries.mine(by=scope, on=today)
    return Section(
        "worklist/_my_day.html",
        {
            "today": _ready(mine.today, today),
            "this_week": _ready(mine.this_week, today),
            "later": _ready(mine.later, today),
            "waiting": _ready(mine.waiting, today),
        },
        pupils=frozenset(row.pupil for row in mine.rows),
        classes=shown.classes_of(mine.rows),
    )


def _ready(rows: tuple[queries.Row, ...], today: date) -> list[shown.ShownRow]:
    return [shown.show(row, today, back=MY_DAY) for row in rows]
