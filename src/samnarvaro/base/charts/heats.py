"""A map of shares: one row for each part, one column for each day of the week or the like.

The figure stands in each square, so that the map can be read without its shades.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg

ROW, HEAD, GAP = 28.0, 26.0, 3.0
COLUMN, LEAST_LABEL = 84.0, 60.0
_MIDDLE, _LINE = COLUMN / 2, 19.0


@dataclass(frozen=True, slots=True)
class Square:
    """The figure of a square and its shade, 0 to 5; None where there is nothing to tell of."""

    shown: str
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class Squares:
    """A row of the map."""

    label: str
    squares: Sequence[Square]


def heat_map(columns: Sequence[str], rows: Sequence[Squares], *, title: str) -> SafeString:
    """Draw the rows under the names of the columns."""
    if not rows:
        return svg.nothing("map", title)
    left = max(LEAST_LABEL, *(svg.width_of(row.label) + 12 for row in rows))
    heads = [
        svg.text(left + place * COLUMN + _MIDDLE, 16, name, "tick", "middle")
        for place, name in enumerate(columns)
    ]
    drawn = [_row(row, left, HEAD + place * ROW) for place, row in enumerate(rows)]
    size = (left + len(columns) * COLUMN, HEAD + len(rows) * ROW)
    return svg.picture("map", size, title, "", *heads, *drawn)


def _row(row: Squares, left: float, top: float) -> SafeString:
    inside = [svg.text(0, top + _LINE, row.label, "word")]
    for place, square in enumerate(row.squares):
        x = left + place * COLUMN
        if square.shade is not None:
            inside.append(svg.box(x, top, COLUMN - GAP, ROW - GAP, f"square shade-{square.shade}"))
        inside.append(
            svg.text(x + (COLUMN - GAP) / 2, top + _LINE, square.shown, "figure", "middle")
        )
    return svg.element("g", *inside)
