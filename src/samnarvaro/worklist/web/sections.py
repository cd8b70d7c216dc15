"""What the work list puts on pages that are put together at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from samnarvaro.base.once import Once
from samnarvaro.base.sections import Section, ShownPupil
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.worklist import queries
from samnarvaro.worklist.domain.choosing import Choice
from samnarvaro.worklist.domain.rows import ROWS_ALONE, When, held_by
from samnarvaro.worklist.web import shown, texts
from samnarvaro.worklist.web.choosing import ALL, address

MY_DAY = "/"
ROWS_A_PART = 10


@dataclass(frozen=True, slots=True)
class Part:
    """The first rows of a part of the day, and where all of it is when there are more."""

    rows: tuple[shown.ShownRow, ...]
    count: int
    all_label: str
    all_url: str


def my_day(*, scope: Scope | None, today: date, now: datetime) -> Section | None:  # noqa: ARG001  # every provider is given the same
    """The viewer's own rows: today, this week, later, waiting. Nothing for who holds no rows.

    Rows whose ground is gone stand apart, so that they do not hide those that call for something.
    """
    if scope is None or not held_by(scope.role):
        return None
    mine = queries.mine(by=scope, on=today)
    done = queries.acted_today(by=scope, on=today)
    parts = {
        "due_today": _part(_standing(mine.due_today), today, When.TODAY),
        "this_week": _part(_standing(mine.this_week), today, When.THIS_WEEK),
        "later": _part(_standing(mine.later), today, When.LATER),
        "waiting": _part(_standing(mine.waiting), today, When.WAITING),
        "recovered": _part([row for row in mine.rows if row.recovered_on], today, None),
    }
    told = [each.row for part in parts.values() for each in part.rows] + done
    return Section(
        "worklist/_my_day.html",
        {
            **parts,
            "done_today": [shown.show(row, today, back=MY_DAY) for row in done],
            "done_label": texts.done_today(len(done)),
            "some": bool(mine.rows),
            "back": MY_DAY,
            "list_url": reverse("worklist:list"),
        },
        pupils=queries.pupils_of(told),
        classes=shown.classes_of(told),
    )


def _standing(rows: Sequence[queries.Row]) -> list[queries.Row]:
    return [row for row in rows if not row.recovered_on]


def of_pupil(
    *, scope: Scope, pupil: ShownPupil, today: date, once: Once, back: str = "", **_facts: object
) -> Section | None:
    """What is to be done about a pupil and by whom, and what has been done; for all who follow it.

    `back` is where an act leads back to, when it is not the pupil's own page.
    """
    if scope.role in ROWS_ALONE or not scope.reads(DataClass.ATTENDANCE):
        return None
    places = once(people.places_of, pupil.pk, by=scope)
    rows = once(queries.of_pupil, pupil.pk, by=scope, on=today, places=places)
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


def _part(rows: Sequence[queries.Row], today: date, when: When | None) -> Part:
    return Part(
        rows=tuple(
            shown.show(row, today, back=MY_DAY, tick=shown.Tick()) for row in rows[:ROWS_A_PART]
        ),
        count=len(rows),
        all_label=texts.all_of_part(when, len(rows)) if len(rows) > ROWS_A_PART else "",
        all_url=address(Choice(when=when), "" if when else ALL),
    )
