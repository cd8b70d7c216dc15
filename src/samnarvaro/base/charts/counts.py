"""Counts and shares: the staircase of a school, lists of bars, and a line small enough for a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg
from samnarvaro.base.figures import thousands

STAIRS = (640.0, 230.0)
LOWEST, RISE = 54.0, 40.0
ROW = 30
BARS_WIDTH, LABEL_WIDTH, FIGURE_WIDTH = 440.0, 150.0, 56.0
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
    """`share` (0 to 1) is the bar's length, `shown` the figure in words beside it."""

    label: str
    share: float
    shown: str
    url: str = ""


def staircase(levels: Sequence[Level], *, title: str, description: str = "") -> SafeString:
    """Draw the steps from the bottom; the figure stands on its step, and opens its list."""
    width, height = STAIRS
    wide = width / max(1, len(levels))
    steps = [_step(level, index, wide, height) for index, level in enumerate(levels)]
    return svg.picture("staircase", (width, height), title, description, *steps)


def _step(level: Level, index: int, wide: float, height: float) -> SafeString:
    x, high = index * wide, LOWEST + index * RISE
    top = height - high
    words = [
        svg.box(x + 1.5, top, wide - 3, high, f"step step-{min(index, 4)}"),
        svg.text(x + 14, top - 12, thousands(level.count), "step-count"),
        svg.text(x + 14, top + 23, level.name, "step-name"),
        svg.text(x + 14, top + 41, level.note, "step-note") if level.note else "",
    ]
    if not level.url:
        return svg.element("g", *words)
    return svg.element("a", *words, href=level.url, aria_label=f"{level.name}: {level.count}")


def bars(
    bars: Sequence[Bar], *, title: str, description: str = "", tone: str = "away"
) -> SafeString:
    """Draw one bar a row. Tone `away` is hatched, `here` is solid."""
    hatch = svg.name_of("bars", title)
    rows = [_row(bar, index * ROW, tone, hatch) for index, bar in enumerate(bars)]
    size = (BARS_WIDTH, max(1, len(bars)) * ROW)
    return svg.picture(f"bars {tone}", size, title, description, svg.hatched(hatch), *rows)


def _row(bar: Bar, top: float, tone: str, hatch: str) -> SafeString:
    room = BARS_WIDTH - LABEL_WIDTH - FIGURE_WIDTH
    long = max(2, min(1, bar.share) * room)
    label: SafeString = svg.text(0, top + 20, _cut(bar.label), "word")
    if bar.url:
        label = svg.element("a", label, href=bar.url)
    parts = [
        svg.element("title", f"{bar.label}: {bar.shown}"),
        label,
        svg.box(LABEL_WIDTH, top + 5, room, ROW - 10, "track"),
        svg.box(LABEL_WIDTH, top + 5, long, ROW - 10, "bar"),
    ]
    if tone == "away":
        parts.append(
            svg.element("rect", x=LABEL_WIDTH, y=top + 5, width=long, height=ROW - 10,
                        fill=f"url(#{hatch})")
        )  # fmt: skip
    parts.append(svg.text(BARS_WIDTH, top + 20, bar.shown, "figure", "end"))
    return svg.element("g", *parts)


def _cut(words: str) -> str:
    """Shorten what does not fit; the whole word stands in the table and when pointed at."""
    most = int(LABEL_WIDTH / 7.2)
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
