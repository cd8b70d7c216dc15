"""The review of the log put together: the log knows ids, the rooms above know the people.

Each night the day's readings are held to the rules; when a month is over, each unit's sample is drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from statistics import fmean, pstdev

from django.db import transaction

from samnarvaro.audit.domain.reviewing import month_after, month_of
from samnarvaro.audit.domain.triggers import ABOUT_TIES, LIMITS, Known, Look, Reason, Usual, flags
from samnarvaro.audit.queries import reviewing as log
from samnarvaro.audit.queries.reviewing import Row
from samnarvaro.audit.services import reviewing
from samnarvaro.audit.services.reviewing import Unit
from samnarvaro.base import clock
from samnarvaro.people.queries.bonds import bonds
from samnarvaro.people.queries.posts import Post, posts_of

DAY = timedelta(days=1)
MOST_DAYS = 62  # that are made up for after a pause
ACTED = timedelta(days=7)  # before and after: what was done with a pupil that was looked at
USUAL = timedelta(days=60)


def begins(day: date) -> datetime:
    """The moment when a day begins by the Swedish clock."""
    return datetime.combine(day, time(), clock.SWEDEN)


def run(*, on: date, at: datetime) -> dict[str, int]:
    """Look through every day up to yesterday that has not been, and draw the months that are over."""
    last = log.last_looked_through()
    day = max(last + DAY if last else on - DAY, on - MOST_DAYS * DAY)
    asked = days = 0
    while day < on:
        asked += look_through(day, at=at)
        days += 1
        day += DAY
    return {"days": days, "asked": asked, "drawn": draw_months(on=on, at=at)}


def look_through(day: date, *, at: datetime) -> int:
    """Hold one day's readings to the rules; return how many readings there are to ask about."""
    rows = log.readings_between(begins(day), begins(day + DAY))
    units = _Units(rows)
    found = flags(*_looks_and_known(rows, day))
    asked = [(unit, flag) for flag in found if (unit := units.of(flag.reading)) is not None]
    return reviewing.ask_about(day, asked, at=at)


@transaction.atomic
def draw_months(*, on: date, at: datetime) -> int:
    """Draw the sample of every unit for each month that is over; return how many readings."""
    count = 0
    for month in log.months_to_draw(before=month_of(on)):
        rows = log.readings_between(begins(month), begins(month_after(month)))
        units, of_unit = _Units(rows), defaultdict[Unit, dict[int, str]](dict)
        for row in rows:
            if row.is_allowed and (unit := units.of(row.pk)) is not None:
                of_unit[unit][row.pk] = row.viewer
        for unit, readers in sorted(of_unit.items(), key=lambda pair: pair[0].pk):
            count += reviewing.draw(reviewing.open_review(unit, month), readers, at=at)
    return count


class _Units:
    """At which unit each reading was made: where its reader had that role that day."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.pk: row for row in rows}
        self._posts = posts_of({row.viewer for row in self._rows.values()})

    def of(self, reading: int) -> Unit | None:
        row = self._rows[reading]
        day = clock.day_of(row.at)
        held = [
            post for post in self._posts.get(row.viewer, []) if post.holds(row.role, row.zone, day)
        ]
        return _as_unit(held[0]) if held else None


def _as_unit(post: Post) -> Unit:
    return Unit(post.unit, post.unit_name, post.zone)


def _looks_and_known(rows: list[Row], day: date) -> tuple[list[Look], Known]:
    looks = [_look(row) for row in rows]
    pairs = {
        (look.viewer, pupil) for look in looks if len(look.pupils) == 1 for pupil in look.pupils
    }
    known = bonds(pairs, on=day)
    # Behind a closed door there may have been nobody.
    looks = [
        look
        if look.is_allowed
        else replace(look, pupils=tuple(known.pupils.intersection(look.pupils)))
        for look in looks
    ]
    ties: defaultdict[tuple[str, str], list[Reason]] = defaultdict(list)
    for reason, bound in (
        (Reason.OWN_CHILD, known.own_child),
        (Reason.COLLEAGUES_CHILD, known.colleagues_child),
        (Reason.FAMILY_NAME, known.same_family_name),
    ):
        for pair in bound:
            ties[pair].append(reason)
    return looks, Known(
        ties=ties,
        ended=known.ended,
        acted=log.acted(begins(day) - ACTED, begins(day + DAY) + ACTED),
        protected=known.protected,
        usual=_usual(looks, day),
        asked=frozenset(
            (Reason(reason), viewer, pupil)
            for reason, viewer, pupil in log.asked_in(month_of(day))
            if reason in ABOUT_TIES
        ),
    )


def _look(row: Row) -> Look:
    return Look(
        row.pk,
        row.at.astimezone(clock.SWEDEN),
        row.viewer,
        row.action,
        tuple(row.pupils if row.is_allowed else row.objects),
        row.ground,
        row.is_allowed,
    )


def _usual(looks: Iterable[Look], day: date) -> dict[str, Usual]:
    """What is usual for those who opened many pupils on the day; the others are not asked about."""
    opened = Counter(viewer for viewer, _ in {(e.viewer, e.pupils) for e in looks if e.is_of_one})
    many = [viewer for viewer, count in opened.items() if count >= LIMITS.fewest_pupils]
    if not many:
        return {}
    before = log.opened_by_day(many, begins(day) - USUAL, begins(day))
    return {
        viewer: Usual(fmean(counts), pstdev(counts), len(counts))
        for viewer, counts in before.items()
    }
