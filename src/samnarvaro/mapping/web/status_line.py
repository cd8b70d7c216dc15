"""A pupil's attendance status over time, as a line of steps: 1 at the top, 8 at the bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.mapping.domain.status import Status

WIDE, NARROW = 640.0, 330.0
LEFT, RIGHT, TOP, ROW, FOOT = 26.0, 28.0, 14.0, 24.0, 26.0


@dataclass(frozen=True, slots=True)
class Point:
    """A status from a day on; `shown` is the day as it is written under the line."""

    day: date
    status: Status
    shown: str


def line(
    points: Sequence[Point], until: date, *, title: str, description: str, today: str
) -> SafeString:
    """Draw the steps to a day, wide and narrow."""
    if not points:
        return svg.nothing("status", title)
    height = TOP + ROW * (len(Status) - 1) + FOOT
    return SafeString(
        "".join(
            svg.picture(
                f"status {kind}", (width, height), title, description,
                *_drawn(points, until, width, today),
            )
            for kind, width in (("wide", WIDE), ("narrow", NARROW))
        )
    )  # fmt: skip


def _drawn(points: Sequence[Point], until: date, width: float, today: str) -> Iterator[SafeString]:
    first = points[0].day
    days = max(1, (until - first).days)
    room = width - LEFT - RIGHT

    def across(day: date) -> float:
        return LEFT + room * (day - first).days / days

    for status in Status:
        y = _down(status)
        yield svg.element("path", d=f"M{svg.number(LEFT)} {svg.number(y)}H{svg.number(width - RIGHT)}", class_="grid-line")  # fmt: skip
        yield svg.text(LEFT - 8, y + 4, str(status.value), "tick", "end")
    path = f"M{svg.number(across(first))} {svg.number(_down(points[0].status))}"
    for point in points[1:]:
        path += f"H{svg.number(across(point.day))}V{svg.number(_down(point.status))}"
    yield svg.element("path", d=f"{path}H{svg.number(across(until))}", class_="line")
    foot = TOP + ROW * (len(Status) - 1) + 20
    free = LEFT - 60.0
    for point in points:
        x = across(point.day)
        yield svg.element("circle", cx=x, cy=_down(point.status), r=5, class_="newest")
        if x - free > 56 and x < width - RIGHT - 50:
            yield svg.text(x, foot, point.shown, "tick", "start" if x == LEFT else "middle")
            free = x
    yield svg.text(width - RIGHT, foot, today, "tick", "end")


def _down(status: Status) -> float:
    return TOP + ROW * (status.value - 1)
