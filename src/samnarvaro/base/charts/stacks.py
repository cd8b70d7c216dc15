"""Counts that stand on each other: the tiers of support, and the staircase week by week."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.base.charts.counts import Level
from samnarvaro.base.figures import thousands

WIDE, NARROW = (640.0, 250.0), (330.0, 220.0)
LEFT, BOTTOM, TOP = 4.0, 46.0, 18.0
LEGEND = 20.0
LEAST_HEIGHT_FOR_A_FIGURE = 15.0
TIERS_WIDTH, TIER, TIER_GAP = 330.0, 58.0, 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """One week: what it is called, how many on each part from the bottom, and what it opens."""

    label: str
    said: str
    parts: Sequence[int]
    url: str = ""


def columns(found: Sequence[Column], names: Sequence[str], *, title: str) -> SafeString:
    """Draw one column a week, its parts on each other, the count above; drawn wide and narrow."""
    if not any(sum(column.parts) for column in found):
        return svg.nothing("columns", title)
    drawn = [
        svg.picture(f"columns {kind}", size, title, "", *_columns(found, names, size))
        for kind, size in (("wide", WIDE), ("narrow", NARROW))
    ]
    return SafeString("".join(drawn))


def _columns(
    found: Sequence[Column], names: Sequence[str], size: tuple[float, float]
) -> list[SafeString]:
    width, height = size
    most = max(sum(column.parts) for column in found)
    room = width / len(found)
    every = 1 if room >= 28 else 2 if room >= 20 else 4
    unit = (height - BOTTOM - TOP) / most
    drawn = [
        _column(column, index * room, room, height - BOTTOM, unit, index % every == 0)
        for index, column in enumerate(found)
    ]
    x = LEFT
    for place, name in enumerate(names, start=1):
        drawn.append(svg.box(x, height - LEGEND + 5, 12, 12, _step(place)))
        drawn.append(svg.text(x + 17, height - 4, name, "word"))
        x += 17 + svg.width_of(name) + 14
    return drawn


def _column(
    column: Column, x: float, room: float, floor: float, unit: float, named: bool
) -> SafeString:
    wide, top, inside = min(room - 3, 34.0), floor, []
    middle = x + room / 2
    for place, count in enumerate(column.parts, start=1):
        if count:
            high = max(2.0, count * unit)
            top -= high
            inside.append(svg.box(middle - wide / 2, top, wide, high, _step(place)))
            if high >= LEAST_HEIGHT_FOR_A_FIGURE and wide >= 16 and sum(column.parts) > count:
                inside.append(
                    svg.text(middle, top + high / 2 + 4, str(count), "part-count", "middle")
                )
    inside.append(svg.text(middle, top - 5, str(sum(column.parts)), "column-count", "middle"))
    if named:
        inside.append(svg.text(middle, floor + 15, column.label, "tick", "middle"))
    said = svg.element("title", column.said)
    if not column.url:
        return svg.element("g", said, *inside)
    # The whole height can be pressed, also where few stand.
    field = svg.box(x, TOP - 14, room, floor - TOP + 14, "field")
    return svg.element("a", said, field, *inside, href=column.url, aria_label=column.said)


def _step(place: int) -> str:
    return f"step step-{min(place, 4)}"


def tiers(levels: Sequence[Level], *, title: str) -> SafeString:
    """Draw the tiers from the top, each as wide as its share, around one middle: fewer and fewer."""
    if not levels:
        return svg.nothing("tiers", title)
    most = max(1, *(level.count for level in levels))
    drawn = [_tier(level, index, most) for index, level in enumerate(levels)]
    return svg.picture("tiers", (TIERS_WIDTH, len(levels) * TIER), title, "", *drawn)


def _tier(level: Level, index: int, most: int) -> SafeString:
    top = index * TIER
    wide = max(3.0, level.count / most * TIERS_WIDTH)
    band = svg.box((TIERS_WIDTH - wide) / 2, top + 24, wide, TIER - 24 - TIER_GAP, _step(3 - index))
    inside = [
        band,
        svg.text(0, top + 17, level.name, "step-name"),
        svg.text(TIERS_WIDTH, top + 17, thousands(level.count), "step-name", "end"),
    ]
    if not level.url:
        return svg.element("g", *inside)
    field = svg.box(0, top, TIERS_WIDTH, TIER - TIER_GAP, "field")
    said = f"{level.name}: {level.count}"
    return svg.element("a", field, *inside, href=level.url, aria_label=said)
