"""Counts and shares: the staircase of a school, lists of bars, and a line small enough for a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.base.figures import thousands

WIDE, NARROW = (640.0, 230.0), 330.0
LOWEST, RISE = 54.0, 40.0  # how high the bottom step is, and each step above the one below
TREAD = 50.0  # how high a step is in the narrow drawing
ROW = 28
BARS_WIDTH, LABEL_WIDTH, FIGURE_WIDTH = 340.0, 126.0, 48.0
SPARK = (120.0, 28.0)


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the staircase and how many pupils stand on it; `url` opens the list."""

    name: str
    count: int
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` (0 to 1) is the bar's length, `shown` the figure in words beside it. The chosen one
    is marked by an arrow.
    """

    label: str
    share: float
    shown: str
    url: str = ""
    is_chosen: bool = False


def staircase(levels: Sequence[Level], *, title: str, description: str = "") -> SafeString:
    """Draw the steps from the bottom; the figure stands on its step, and opens its list.

    Drawn twice, wide and narrow: the style sheet shows the one there is room for.
    """
    if not levels:
        return svg.nothing("staircase", title)
    steps = [_step(level, index, len(levels)) for index, level in enumerate(levels)]
    treads = [_tread(level, index, len(levels)) for index, level in enumerate(levels)]
    narrow = (NARROW, len(levels) * TREAD)
    return SafeString(
        svg.picture("staircase wide", WIDE, title, description, *steps)
        + svg.picture("staircase narrow", narrow, title, description, *treads)
    )


def _step(level: Level, index: int, count: int) -> SafeString:
    width, height = WIDE
    wide = width / count
    x, high = index * wide, LOWEST + index * RISE
    top = height - high
    return _linked(
        level,
        svg.box(x + 1.5, top, wide - 3, high, f"step step-{min(index, 4)}"),
        svg.text(x + 14, top - 12, thousands(level.count), "step-count"),
        svg.text(x + 14, top + 23, level.name, "step-name"),
        svg.text(x + 14, top + 41, level.note, "step-note") if level.note else "",
    )


def _tread(level: Level, index: int, count: int) -> SafeString:
    """Draw a step from the side: the bottom one is the longest."""
    top = (count - 1 - index) * TREAD
    long = NARROW * (1 - index * 0.3 / count)
    return _linked(
        level,
        svg.box(0, top + 1.5, long, TREAD - 3, f"step step-{min(index, 4)}"),
        svg.text(12, top + (22 if level.note else 30), level.name, "step-name"),
        svg.text(12, top + 39, level.note, "step-note") if level.note else "",
        svg.text(long - 12, top + 33, thousands(level.count), "step-count", "end"),
    )


def _linked(level: Level, *inside: str) -> SafeString:
    if not level.url:
        return svg.element("g", *inside)
    return svg.element("a", *inside, href=level.url, aria_label=f"{level.name}: {level.count}")


def bars(
    bars: Sequence[Bar], *, title: str, description: str = "", tone: str = "away"
) -> SafeString:
    """Draw one bar a row. Tone `away` is hatched, `here` is solid."""
    if not bars:
        return svg.nothing("bars", title)
    hatch = svg.name_of("bars", title)
    rows = [_row(bar, index * ROW, tone, hatch) for index, bar in enumerate(bars)]
    size = (BARS_WIDTH, len(bars) * ROW)
    return svg.picture(f"bars {tone}", size, title, description, svg.hatched(hatch), *rows)


def _row(bar: Bar, top: float, tone: str, hatch: str) -> SafeString:
    """Draw a bar; one that opens something can be pressed in all of its row."""
    room = BARS_WIDTH - LABEL_WIDTH - FIGURE_WIDTH
    long = max(2, min(1, bar.share) * room)
    said = f"{bar.label}: {bar.shown}"
    words = f"▸ {bar.label}" if bar.is_chosen else bar.label
    parts = [
        svg.element("title", said),
        svg.text(0, top + 18, _cut(words), "word"),
        svg.box(LABEL_WIDTH, top + 5, room, ROW - 10, "track"),
        svg.box(LABEL_WIDTH, top + 5, long, ROW - 10, "bar"),
    ]
    if tone == "away":
        parts.append(
            svg.element("rect", x=LABEL_WIDTH, y=top + 5, width=long, height=ROW - 10,
                        fill=f"url(#{hatch})")
        )  # fmt: skip
    parts.append(svg.text(BARS_WIDTH, top + 18, bar.shown, "figure", "end"))
    if not bar.url:
        return svg.element("g", *parts)
    field = svg.box(0, top, BARS_WIDTH, ROW, "field")
    chosen = "true" if bar.is_chosen else None
    return svg.element("a", field, *parts, href=bar.url, aria_label=said, aria_current=chosen)


def _cut(words: str) -> str:
    """Shorten what does not fit; the whole word stands in the table and when pointed at."""
    most = int(LABEL_WIDTH / 6.4)
    return words if len(words) <= most else words[: most - 1] + "…"


def sparkline(values: Sequence[float | None], *, title: str) -> SafeString:
    """Draw values (0 to 1, 1 at the top) as a line for a table row; unknown values are gaps."""
    width, height = SPARK
    step = (width - 10) / max(1, len(values) - 1)
    places = [
        None if value is None else (4 + index * step, 4 + (1 - value) * (height - 8))
        for index, value in enumerate(values)
    ]
    known = [place for place in places if place is not None]
    inside = [svg.element("path", d=_path(places), class_="line")] if known else []
    if known:
        x, y = known[-1]
        inside.append(svg.element("circle", cx=x, cy=y, r=3, class_="newest"))
    return svg.picture("sparkline", SPARK, title, "", *inside)


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    return "".join(_moves(places))


def _moves(places: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    pen_is_down = False
    for place in places:
        if place is not None:
            yield f"{'L' if pen_is_down else 'M'}{svg.number(place[0])} {svg.number(place[1])}"
        pen_is_down = place is not None
