"""What the work list puts on pages that are put together at the top."""

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
from samnarvaro.worklist.queries import Part
from samnarvaro.worklist.queries.rows import LEAST
from samnarvaro.worklist.web import shown, texts
from samnarvaro.worklist.web.choosing import ALL, address

MY_DAY = "/"
# How many rows of each part the day shows: most of what calls for something now. All are a click away.
ROWS = {
    Part.TODAY: 10,
    Part.THIS_WEEK: 10,
    Part.LATER: 5,
    Part.WAITING: 5,
    Part.RECOVERED: 5,
    Part.DONE: 5,
}
WHEN = {Part(when.value): when for when in When}
# Whom one goes through: who is there to do something about.
TO_GO_THROUGH = (Part.TODAY, Part.THIS_WEEK, Part.LATER)


@dataclass(frozen=True, slots=True)
class ShownPart:
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
    day = queries.day_of_viewer(ROWS, by=scope, on=today)
    parts = {str(part): _part(part, found, today) for part, found in day.items()}
    told = [row for found in day.values() for row in found.rows]
    return Section(
        "worklist/_my_day.html",
        {
            "parts": parts,
            "done_label": texts.done_today(day[Part.DONE].count),
            "some": any(found.count for part, found in day.items() if part is not Part.DONE),
            "back": MY_DAY,
            "list_url": reverse("worklist:list"),
        },
        pupils=queries.pupils_of(told),
        classes=LEAST.union(*(row.tells for row in told)),
        of_each=queries.told_of_each(told),
        to_go_through=tuple(
            row.pupil_public
            for part in TO_GO_THROUGH
            for row in day[part].rows
            if row.pupil_public and row.opens_pupil
        ),
    )


def _part(part: Part, found: queries.PartOfDay, today: date) -> ShownPart:
    tick = None if part is Part.DONE else shown.Tick()
    when = WHEN.get(part)
    return ShownPart(
        rows=tuple(shown.show(row, today, back=MY_DAY, tick=tick) for row in found.rows),
        count=found.count,
        all_label=texts.all_of_part(when, found.count) if found.count > len(found.rows) else "",
        all_url=address(Choice(when=when), "" if when else ALL),
    )


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
        classes=LEAST.union(*(row.tells for row in rows)),
    )
