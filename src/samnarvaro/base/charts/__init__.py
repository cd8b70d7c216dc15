"""Pictures drawn on the server: for everything that is printed or small.

Each is a pure function from plain values to SVG that says the same as the table beside it.
"""

from samnarvaro.base.charts.counts import Bar, Level, bars, sparkline, staircase
from samnarvaro.base.charts.days import Day, DayKind, calendar
from samnarvaro.base.charts.heats import Square, Squares, heat_map
from samnarvaro.base.charts.lines import Event, Limit, Point, curve
from samnarvaro.base.charts.stacks import Column, columns, tiers

__all__ = [
    "Bar",
    "Column",
    "Day",
    "DayKind",
    "Event",
    "Level",
    "Limit",
    "Point",
    "Square",
    "Squares",
    "bars",
    "calendar",
    "columns",
    "curve",
    "heat_map",
    "sparkline",
    "staircase",
    "tiers",
]
