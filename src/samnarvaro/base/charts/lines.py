"""Attendance over time as one line: all the way up is always there, down is away.

The caller gives the share that is absent (0 to 1) over the window that ends on each day; the
picture shows what is left of 100 per cent, because presence is what we look for. Limits are
dashed lines with their words; what is missed is the hatched ground above the line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.base.figures import percent

WIDE, NARROW = (640, 250), (330, 230)
LEFT, RIGHT, TOP, BOTTOM = 46, 50, 14, 30
LEAST_SHARE_SHOWN = 0.3
MARK_WIDTH, NAME_WIDTH = 28, 36


@dataclass(frozen=True, slots=True)
class Point:
    """`share` of the window's minutes that was absent, 0 to 1; None where too little is known."""

    day: date
    share: float | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule's limit: the absent share, and what it is called."""

    share: float
    label: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done on a day; shown as a numbered mark under the line."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class _Plane:
    first: date
    last: date
    lowest: float  # the greatest absent share that is shown, at the bottom
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def floor(self) -> int:
        return self.height - BOTTOM

    def x(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        return LEFT + (day - self.first).days / days * (self.right - LEFT)

    def y(self, share: float) -> float:
        return TOP + share / self.lowest * (self.floor - TOP)


def curve(
    points: Sequence[Point],
    *,
    title: str,
    limits: Sequence[Limit] = (),
    events: Sequence[Event] = (),
    description: str = "",
) -> SafeString:
    """Draw the share that was present; gaps where nothing is known stay gaps.

    Drawn twice, wide and narrow: the style sheet shows the one there is room for.
    """
    if not points:
        return svg.nothing("curve", title)
    ordered = sorted(points, key=lambda point: point.day)
    worst = max([LEAST_SHARE_SHOWN, *(point.share or 0 for point in ordered)])
    lowest = ceil(round(worst * 10, 6)) / 10
    drawings = []
    for kind, size in (("wide", WIDE), ("narrow", NARROW)):
        plane = _Plane(ordered[0].day, ordered[-1].day, lowest, *size)
        hatch = svg.name_of(f"curve-{kind}", f"{title} {plane.last}")
        parts = [
            svg.hatched(hatch, "missed"),
            *_scale(plane),
            *_months(plane),
            *_line(ordered, plane, hatch),
            *_limits(limits, plane),
            *_events(events, plane),
            *_newest(ordered, plane),
        ]
        drawings.append(svg.picture(f"curve {kind}", size, title, description, *parts))
    return SafeString("".join(drawings))


def _scale(plane: _Plane) -> Iterator[SafeString]:
    step = 0.1 if plane.lowest <= 0.5 else 0.2
    for index in range(round(plane.lowest / step) + 1):
        y = plane.y(index * step)
        yield svg.element("path", d=f"M{LEFT} {svg.number(y)}H{plane.right}", class_="grid-line")
        words = percent(1 - index * step, 0)
        yield svg.text(LEFT - 8, y + 4, words, "tick", "end")


def _months(plane: _Plane) -> Iterator[SafeString]:
    """Mark where months begin; the first day is named when its month has room, and a new year by
    its number.
    """
    starts = [plane.first]
    day = plane.first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= plane.last:
        starts.append(day)
    taken = [plane.x(day) for day in starts if _is_new_year(day)]
    for day in starts:
        x = plane.x(day)
        if day.day == 1:
            yield svg.element("path", d=f"M{svg.number(x)} {plane.floor}v5", class_="axis")
        room = len(starts) < 2 or day.day < 20
        if _is_new_year(day):
            yield svg.text(x, plane.floor + 18, str(day.year), "tick")
        elif room and x < plane.right - 10 and all(abs(x - other) >= NAME_WIDTH for other in taken):
            yield svg.text(x, plane.floor + 18, date_format(day, "b"), "tick")
            taken.append(x)


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _line(points: Sequence[Point], plane: _Plane, hatch: str) -> Iterator[SafeString]:
    """Draw each unbroken stretch: the hatched ground of what was missed, and the line."""
    for stretch in _stretches(points):
        steps = [
            f"{svg.number(plane.x(day))} {svg.number(plane.y(share))}" for day, share in stretch
        ]
        first, last = svg.number(plane.x(stretch[0][0])), svg.number(plane.x(stretch[-1][0]))
        ground = f"M{first} {TOP}L" + "L".join(steps) + f"L{last} {TOP}Z"
        yield svg.element("path", d=ground, fill=f"url(#{hatch})")
        yield svg.element("path", d="M" + "L".join(steps), class_="line")


def _stretches(points: Sequence[Point]) -> Iterator[list[tuple[date, float]]]:
    stretch: list[tuple[date, float]] = []
    for point in points:
        if point.share is not None:
            stretch.append((point.day, point.share))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _limits(limits: Sequence[Limit], plane: _Plane) -> Iterator[SafeString]:
    for limit in limits:
        if limit.share <= plane.lowest:
            y = plane.y(limit.share)
            across = f"M{LEFT} {svg.number(y)}H{plane.right}"
            yield svg.element("path", d=across, class_="limit")
            yield svg.text(LEFT + 6, y - 5, limit.label, "limit-word")


def _events(events: Sequence[Event], plane: _Plane) -> Iterator[SafeString]:
    """Mark what happened by its number in the list beside; marks that would lie on each other
    become one, with the first and the last number.
    """
    shown = [(n, e) for n, e in enumerate(events, start=1) if plane.first <= e.day <= plane.last]
    for together in _near(shown, plane):
        x, y = svg.number(plane.x(together[0][1].day)), plane.floor
        told = [f"{date_format(event.day, 'j b')}: {event.label}" for _, event in together]
        numbers = [str(together[0][0])]
        if len(together) > 1:
            numbers.append(str(together[-1][0]))
        half = 9 if len(together) == 1 else 17
        shape = f"M{x} {y - 20}l{half} 9-{half} 9-{half}-9Z"
        yield svg.element(
            "g",
            svg.element("title", "; ".join(told)),
            svg.element("path", d=shape, class_="event"),
            svg.text(float(x), y - 7, "–".join(numbers), "event-word", "middle"),
        )


def _near(shown: Sequence[tuple[int, Event]], plane: _Plane) -> Iterator[list[tuple[int, Event]]]:
    together: list[tuple[int, Event]] = []
    for number, event in shown:
        if together and plane.x(event.day) - plane.x(together[0][1].day) > MARK_WIDTH:
            yield together
            together = []
        together.append((number, event))
    if together:
        yield together


def _newest(points: Sequence[Point], plane: _Plane) -> Iterator[SafeString]:
    known = [(point.day, point.share) for point in points if point.share is not None]
    if known:
        day, share = known[-1]
        x, y = plane.x(day), plane.y(share)
        yield svg.element("circle", cx=x, cy=y, r=4.5, class_="newest")
        yield svg.text(x + 9, y + 5, percent(1 - share, 0), "figure")
