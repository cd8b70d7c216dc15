"""How it stands at a school, put together for its page."""

from dataclasses import dataclass
from datetime import date

from samnarvaro.attendance.queries import school as attendance
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.organisation.queries import Calendars
from samnarvaro.people import queries as people
from samnarvaro.staircase.queries import held
from samnarvaro.staircase.queries import school as staircase
from samnarvaro.staircase.web import reading, texts
from samnarvaro.staircase.web import school as shown
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.queries import Unanswered


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page of a school shows; `waiting` has the row that waited longest first."""

    pupils: int
    presence: shown.Presence
    steps: list[shown.Step]
    book: str
    staircase_title: str
    staircase: str
    heat: shown.HeatMap
    bars_title: str
    bars: str
    waiting: list[Unanswered]

    @property
    def named(self) -> set[int]:
        """The pupils (id) whom the page names."""
        return set(worklist.pupils_of(each.row for each in self.waiting[:1]))


def overview(school: reading.School, *, by: Scope, on: date) -> Overview:
    unit = school.pk
    book = held.first_at(unit, on=on)
    roll = people.roll(unit, by=by)
    lengths = {shown.MONTH, shown.TWO_MONTHS}
    windows = attendance.windows(unit, on=on, lengths=lengths, by=by).values()
    month = trailing(on, shown.MONTH)
    steps = shown.steps(book, staircase.on_steps(unit, book.key, by=by).values(), school.public)
    title = shown.staircase_title(steps)
    days = attendance.class_days(unit, month, by=by)
    heat = shown.heat_map(days, reading.classes_of(roll), roll)
    bars_title, bars = shown.class_bars(heat)
    return Overview(
        pupils=len(roll),
        presence=shown.presence(windows, reading.fresh(windows), month),
        steps=steps,
        book=texts.book(book.name, book.version),
        staircase_title=title,
        staircase=shown.staircase_picture(steps, len(roll), title),
        heat=heat,
        bars_title=bars_title,
        bars=bars,
        waiting=worklist.nobody_has_acted([unit], by=by, on=on, calendars=Calendars()),
    )
