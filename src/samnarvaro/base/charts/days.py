"""A calendar of days: how much of each day a pupil was away, week by week.

A day is a square that fills from below with what was missed. Full squares are crossed, days that
nobody has reported carry a question mark, free days are a dot: readable without colour.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samnarvaro.base.charts import svg
from samnarvaro.base.figures import hours
from samnarvaro.base.writing import remembered

CELL, STEP = 16, 19
LEFT, TOP = 30, 20
WEEKS_IN_BAND = 22
LEAST_WIDTH = 330


class DayKind(StrEnum):
    SCHOOL = "school"  # a day with lessons that have been reported
    UNREPORTED = "unreported"  # lessons, but none has been reported
    FREE = "free"  # weekend, holiday, break, study day
    EMPTY = "empty"  # nothing is known, or nothing was scheduled


class Day(NamedTuple):
    """Minutes of one day. `absent` is at most `scheduled`."""

    day: date
    scheduled: int = 0
    absent: int = 0
    kind: DayKind = DayKind.SCHOOL


def calendar(days: Sequence[Day], *, title: str, description: str = "") -> SafeString:
    """Draw the days in columns of weeks; more than half a year goes on in a second band."""
    if not days:
        return svg.nothing("calendar", title)
    weekdays = 7 if any(_matters(day) and day.day.weekday() > 4 for day in days) else 5
    bands = list(_bands(days))
    height = TOP + weekdays * STEP + 22
    width = max(LEAST_WIDTH, LEFT + max(len(weeks) for weeks in bands) * STEP)
    drawn = [_band(weeks, index * height, weekdays) for index, weeks in enumerate(bands)]
    legend, below = _legend(len(bands) * height + 4, width)
    return svg.picture("calendar", (width, below), title, description, *drawn, legend)


def _matters(day: Day) -> bool:
    return day.kind in (DayKind.SCHOOL, DayKind.UNREPORTED)


def _bands(days: Sequence[Day]) -> Iterator[list[list[Day]]]:
    """Yield weeks of days, in bands of about equal length."""
    weeks: dict[date, list[Day]] = {}
    for day in sorted(days, key=lambda day: day.day):
        weeks.setdefault(_monday(day.day), []).append(day)
    first, last = min(weeks), max(weeks)
    count = (last - first).days // 7 + 1
    length = -(-count // (-(-count // WEEKS_IN_BAND)))
    every = [weeks.get(first + timedelta(weeks=index), []) for index in range(count)]
    for start in range(0, count, length):
        yield every[start : start + length]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _band(weeks: list[list[Day]], top: float, weekdays: int) -> SafeString:
    places = [
        _Place(day, LEFT + column * STEP, top + TOP + day.day.weekday() * STEP)
        for column, week in enumerate(weeks)
        for day in week
        if day.day.weekday() < weekdays
    ]
    names = [
        svg.text(0, top + TOP + row * STEP + 12, _weekday(row), "tick") for row in range(weekdays)
    ]
    return svg.element(
        "g",
        *names,
        *_months(weeks, top),
        *_week_numbers(weeks, top, weekdays),
        *_under(places),
        *_over(places, says=True),
    )


class _Place(NamedTuple):
    """A day and the corner of its square."""

    day: Day
    x: float
    y: float


@remembered
def _weekday(row: int) -> str:
    return date_format(date(2024, 1, 1 + row), "D")


def _months(weeks: list[list[Day]], top: float) -> Iterator[SafeString]:
    """Name a month above the first week in which it has a day; never two names on each other."""
    shown, free_from = None, 0
    for column, week in enumerate(weeks):
        month = week[-1].day.replace(day=1) if week else shown
        if month and month != shown and column >= free_from:
            yield svg.text(LEFT + column * STEP, top + 12, _name_of(month), "tick")
            shown, free_from = month, column + 2


@remembered
def _name_of(month: date) -> str:
    return date_format(month, "b")


def _week_numbers(weeks: list[list[Day]], top: float, weekdays: int) -> Iterator[SafeString]:
    for column, week in enumerate(weeks):
        if week and column % 4 == 0:
            words = _("v. %(week)s") % {"week": week[0].day.isocalendar().week}
            y = top + TOP + weekdays * STEP + 11
            yield svg.text(LEFT + column * STEP, y, words, "tick faint")


def _under(places: Iterable[_Place]) -> Iterator[SafeString]:
    """Draw the squares of all school days at once: a year of them is to weigh little."""
    squares = "".join(
        f"M{svg.number(place.x)} {svg.number(place.y)}h{CELL}v{CELL}h-{CELL}z"
        for place in places
        if place.day.kind is DayKind.SCHOOL
    )
    if squares:
        yield svg.element("path", d=squares, class_="here")


def _over(places: Sequence[_Place], *, says: bool) -> Iterator[SafeString]:
    """Draw what days have beside their squares, and say it when pointed at.

    Dots, and what was missed, are put together here: a year has hundreds, of numbers and a title
    that is escaped already.
    """
    for place in places:
        day, x, y = place.day, place.x, place.y
        if day.kind is DayKind.FREE:
            dot = f"M{svg.number(x + CELL / 2)} {svg.number(y + CELL / 2)}h0"
            yield SafeString(f'<path d="{dot}" class="free">{_title(day, says=says)}</path>')
        elif day.kind is DayKind.UNREPORTED:
            box = svg.box(x + 0.5, y + 0.5, CELL - 1, CELL - 1, "unreported")
            mark = svg.text(x + CELL / 2, y + 12, "?", "unreported-mark", "middle")
            yield svg.element("g", _title(day, says=says), box, mark)
    yield from _missed(places, says=says)


def _missed(places: Sequence[_Place], *, says: bool) -> Iterator[SafeString]:
    """Draw what was missed of each day; a part is at least three units high: it must be seen.

    The crosses of whole days are one path, and the parts have their colour together: a year of them
    is to weigh little.
    """
    parts, crosses = [], []
    for place in places:
        day, x, y = place.day, place.x, place.y
        if day.kind is not DayKind.SCHOOL or not day.absent or not day.scheduled:
            continue
        share = min(1, day.absent / day.scheduled)
        high = CELL if share == 1 else min(CELL - 2, max(3, share * CELL))
        low = f"M{svg.number(x)} {svg.number(y + CELL)}h{CELL}v-{svg.number(high)}h-{CELL}z"
        parts.append(f'<path d="{low}">{_title(day, says=says)}</path>')
        if share == 1:
            far = CELL - 8
            crosses.append(
                f"M{svg.number(x + 4)} {svg.number(y + 4)}l{far} {far}m0-{far}l-{far} {far}"
            )
    if parts:
        yield svg.element("g", SafeString("".join(parts)), class_="away")
    if crosses:
        yield svg.element("path", d="".join(crosses), class_="crossed")


def _title(day: Day, *, says: bool) -> SafeString:
    # It is remembered as it is written: escaped.
    return SafeString(_said(day)) if says else SafeString("")


@remembered
def _said(day: Day) -> str:
    """What a day is, and how many minutes of it: the same for whoever was away as long that day."""
    return svg.element("title", f"{date_format(day.day, 'D j b')}: {_how(day)}")


def _how(day: Day) -> str:
    if day.kind is DayKind.FREE:
        return _("ledig dag")
    if day.kind is DayKind.UNREPORTED:
        return _("inte rapporterat")
    return _("borta %(absent)s av %(scheduled)s") % {
        "absent": hours(day.absent),
        "scheduled": hours(day.scheduled),
    }


def _legend(top: float, width: float) -> tuple[SafeString, float]:
    """Draw what the squares mean, in as many lines as the width asks for."""
    any_day = date(2024, 1, 1)
    samples = [
        (Day(any_day, 4, 0), _("på plats")),
        (Day(any_day, 4, 2), _("borta en del")),
        (Day(any_day, 4, 4), _("borta hela dagen")),
        (Day(any_day, kind=DayKind.UNREPORTED), _("inte rapporterat")),
        (Day(any_day, kind=DayKind.FREE), _("ledigt")),
    ]
    drawn: list[SafeString] = []
    x, y = 0.0, top
    for day, words in samples:
        wide = CELL + 6 + svg.width_of(words) + 14
        if x and x + wide > width:
            x, y = 0.0, y + 22
        place = _Place(day, x, y)
        drawn += [*_under([place]), *_over([place], says=False)]
        drawn.append(svg.text(x + CELL + 6, y + 12.5, words, "word"))
        x += wide
    return svg.element("g", *drawn, class_="legend"), y + CELL + 4
