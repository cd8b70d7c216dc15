"""One pupil's days in order, read once: any window, curve and calendar comes from the same rows.

The rows are running totals since the first mark, so that every window is the difference of two of
them. Held to `attendance.domain.measures`.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from samnarvaro.attendance.domain.measures import Absence, Figures
from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.kernel.days import Window, trailing


@dataclass(frozen=True, slots=True)
class Running:
    """Running totals after one day with marks: minutes, late arrivals and days since the first mark,
    absent days in a row up to here, and the unit (code) of the last counting lesson.
    """

    day: date
    scheduled: int = 0
    excused: int = 0
    unexcused: int = 0
    unreported: int = 0
    late: int = 0
    days: int = 0
    run: int = 0
    unit: str = ""


class OwnDay(NamedTuple):
    """What one day with marks adds by itself: minutes, and late arrivals."""

    day: date
    scheduled: int
    excused: int
    unexcused: int
    unreported: int
    late: int

    @property
    def absent(self) -> int:
        return self.excused + self.unexcused


@dataclass(frozen=True, slots=True)
class Trailing:
    """The absence in the window that ends on a day."""

    day: date
    absence: Absence


@dataclass(frozen=True, slots=True)
class Run:
    """Whole absent days in a row: the first and the last of them, and how many."""

    first: date
    last: date
    days: int

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)


class History:
    """A pupil's rows in the order of their days."""

    __slots__ = ("_days", "_own", "_rows")

    def __init__(self, rows: Sequence[Running]) -> None:
        self._rows = rows
        self._days = [row.day for row in rows]
        self._own: list[OwnDay] | None = None

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def first_day(self) -> date | None:
        return self._days[0] if self._days else None

    @property
    def last_day(self) -> date | None:
        """The last day with marks of any kind."""
        return self._days[-1] if self._days else None

    @property
    def days(self) -> list[date]:
        """The days with marks of any kind, in order."""
        return self._days

    @property
    def run_now(self) -> int:
        """Absent days in a row up to the last day with marks, looking back without limit."""
        return self._rows[-1].run if self._rows else 0

    def figures(self, window: Window) -> Figures | None:
        """Return the measures of a window, or None when there is no mark in it."""
        begin, end = self._places(window)
        if begin == end:
            return None
        before, last = self._before(begin), self._rows[end - 1]
        return Figures(
            unit=last.unit,
            scheduled=last.scheduled - before.scheduled,
            excused=last.excused - before.excused,
            unexcused=last.unexcused - before.unexcused,
            unreported=last.unreported - before.unreported,
            late_count=last.late - before.late,
            absent_days_in_row=min(last.run, last.days - before.days),
            longest_absent_run=max(
                min(row.run, row.days - before.days) for row in self._rows[begin:end]
            ),
            school_days=last.days - before.days,
        )

    def day_and_run(self, day: date) -> DayAndRun:
        """Return what a day comes to by itself, and the absent days in a row up to it."""
        end = bisect_right(self._days, day)
        last = self._before(end)
        of_day = self._spell(bisect_left(self._days, day), end)
        return DayAndRun(
            own=of_day if of_day and of_day.window.last == day else None,
            run=self._spell(self._place_of(last.days - last.run + 1, end), end)
            if last.run
            else None,
        )

    def days_of_run(self, day: date) -> list[date]:
        """Return the days with lessons that count of the run of absent days up to a day, in order."""
        end = bisect_right(self._days, day)
        last = self._before(end)
        numbers = range(last.days - last.run + 1, last.days + 1)
        return [self._days[self._place_of(number, end)] for number in numbers]

    def _place_of(self, number: int, end: int) -> int:
        """Find the row of the how-manyth day with counting lessons: the first that has come so far."""
        return bisect_left(self._rows, number, hi=end, key=lambda row: row.days)

    def _spell(self, begin: int, end: int) -> Spell | None:
        """Return what the counting days among some rows come to; None when there is none."""
        before, last = self._before(begin), self._before(end)
        days = last.days - before.days
        if days == 0:
            return None
        first_day = self._days[self._place_of(before.days + 1, end)]
        last_day = self._days[self._place_of(last.days, end)]
        return Spell(
            Window(first_day, last_day),
            days,
            last.scheduled - before.scheduled,
            last.excused - before.excused,
            last.unexcused - before.unexcused,
        )

    def own_days(self, window: Window) -> list[OwnDay]:
        """Return what each day with marks in the window adds by itself."""
        if self._own is None:
            self._own = list(self._added())
        begin, end = self._places(window)
        return self._own[begin:end]

    def _added(self) -> Iterator[OwnDay]:
        before = Running(date.min)
        for row in self._rows:
            yield OwnDay(
                row.day,
                row.scheduled - before.scheduled,
                row.excused - before.excused,
                row.unexcused - before.unexcused,
                row.unreported - before.unreported,
                row.late - before.late,
            )
            before = row

    def shares(self, days: Iterable[date], length: int) -> Iterator[Trailing]:
        """Yield, for days in order, the absence in the window of that many days that ends there.

        Two pointers walk along the rows, so that a whole year is gone through once.
        """
        begin = end = 0
        for day in days:
            first = trailing(day, length).first
            while end < len(self._days) and self._days[end] <= day:
                end += 1
            while begin < end and self._days[begin] < first:
                begin += 1
            last, before = self._before(end), self._before(begin)
            yield Trailing(
                day,
                Absence(
                    last.scheduled - before.scheduled,
                    last.excused + last.unexcused - before.excused - before.unexcused,
                ),
            )

    def runs(self, least: int) -> list[Run]:
        """Return the stretches of at least so many whole absent days in a row, newest first.

        Days without lessons that count neither break nor lengthen one.
        """
        found: list[Run] = []
        first = last = date.min
        before = Running(date.min)
        for row in [*self._rows, Running(date.max)]:
            if row.run < before.run and before.run >= least:
                found.append(Run(first, last, before.run))
            if row.run > before.run:
                first, last = (row.day if row.run == 1 else first), row.day
            before = row
        return found[::-1]

    def by_weekday(self, window: Window) -> dict[int, Absence]:
        """Return the absence of each weekday (0 for Monday) with lessons that count."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for own in self.own_days(window):
            if own.scheduled:
                sums[own.day.weekday()][0] += own.scheduled
                sums[own.day.weekday()][1] += own.absent
        return {weekday: Absence(*sums[weekday]) for weekday in sorted(sums)}

    def _places(self, window: Window) -> tuple[int, int]:
        return bisect_left(self._days, window.first), bisect_right(self._days, window.last)

    def _before(self, place: int) -> Running:
        return self._rows[place - 1] if place else Running(date.min)
