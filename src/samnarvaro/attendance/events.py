"""What attendance tells the rooms above."""

from dataclasses import dataclass

from samnarvaro.kernel.days import Window


@dataclass(frozen=True, slots=True)
class MarksChanged:
    """A delivery has changed marks of these days. One for each delivery, never for each mark."""

    delivery: int
    days: Window
