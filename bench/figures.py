"""How figures are printed: aligned, with median, least and greatest, and what was wanted."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

Seconds = list[float]
COLUMNS = ("", "median", "min–max", "wanted", "")


def in_turn(ways: dict[str, Callable[[], Any]], runs: int) -> dict[str, Seconds]:
    """Time each way so many times, one after the other, so that all meet the same weather."""
    spent: dict[str, Seconds] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            spent[name].append(time.perf_counter() - start)
    return spent


class Table:
    """A plain table; the first column is text, the others stand to the right."""

    def __init__(self, title: str, *columns: str) -> None:
        self._title = title
        self._rows: list[Sequence[str]] = [columns]

    def add(self, *cells: str) -> None:
        self._rows.append(cells)

    def show(self) -> None:
        width = max(map(len, self._rows))
        rows = [[*row, *[""] * (width - len(row))] for row in self._rows]
        widths = [max(len(row[place]) for row in rows) for place in range(width)]
        print(f"\n{self._title}")
        for row in rows:
            first, *others = (
                cell.ljust(widths[0]) if place == 0 else cell.rjust(widths[place])
                for place, cell in enumerate(row)
            )
            print("  " + "  ".join([first, *others]).rstrip(), flush=True)


def seconds(values: Sequence[float]) -> tuple[str, str]:
    """Median, and least–greatest, in seconds."""
    return f"{median(values):.3f} s", _span(values, 3)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Each run's ratio: the two were made beside each other."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def judged(
    values: Sequence[float], *, most: float | None = None, least: float | None = None
) -> tuple[str, str, str, str]:
    """Median, least–greatest, what was wanted, and whether the median keeps it."""
    middle = median(values)
    if most is not None:
        wanted, kept = f"≤ {most:g}", middle <= most
    else:
        wanted, kept = f"≥ {least:g}", middle >= (least or 0)
    return f"{middle:.2f}", _span(values, 2), wanted, "ok" if kept else "over"


def _span(values: Sequence[float], decimals: int) -> str:
    return f"{min(values):.{decimals}f}–{max(values):.{decimals}f}"


def grouped(number: float) -> str:
    """Write 1020000 as 1 020 000."""
    return f"{number:,.0f}".replace(",", " ")
