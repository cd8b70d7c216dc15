"""Days and windows of days. A day is a Swedish calendar day; no hour is reckoned with here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """Some days in a row, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a window cannot end ({self.last}) before it begins ({self.first})")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=1)

    @property
    def calendar_days(self) -> int:
        return (self.last - self.first).days + 1


def trailing(day: date, days: int) -> Window:
    """Return the window of that many calendar days that ends with `day`, `day` included."""
    return Window(day - timedelta(days=days - 1), day)
