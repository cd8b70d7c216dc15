"""What the organisation tells the rooms above."""

from dataclasses import dataclass

from samnarvaro.kernel.days import Window


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """School days of these units (ids) may have changed inside the window."""

    units: frozenset[int]
    days: Window
