"""One day by itself and the run of absent days, of everybody. For the system only."""

from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.attendance.queries import NotForThisViewer
from samnarvaro.attendance.totals import runs
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window


@dataclass(frozen=True, slots=True)
class Facts:
    """A pupil (id), the unit (id) of the last counting lesson, the day and the run up to it."""

    pupil: int
    unit: int
    said: DayAndRun


def absent(on: date, *, at_least: int | None, by: Scope) -> dict[int, Facts]:
    """Return, by pupil, each with absent minutes on a day, or so many absent days in a row now.

    A day without absent minutes is left out, and so is a shorter run, but that of one day. Without
    `at_least` no longer run is looked for.
    """
    if not by.is_system:
        raise NotForThisViewer
    found: dict[int, Facts] = {}
    for pupil, unit, scheduled, excused, unexcused, run in runs.own_days(on):
        own = Spell(Window(on, on), 1, scheduled, excused, unexcused)
        found[pupil] = Facts(pupil, unit, DayAndRun(own=own, run=own if run == 1 else None))
    for pupil, unit, days, first, last, *minutes in (
        runs.runs(on, at_least) if at_least is not None else ()
    ):
        run = Spell(Window(_as_day(first), _as_day(last)), days, *minutes)
        known = found.get(pupil, Facts(pupil, unit, DayAndRun()))
        found[pupil] = replace(known, said=replace(known.said, run=run))
    return found


def _as_day(value: date | str) -> date:
    """SQLite knows no dates: it gives them back as they were written."""
    return value if isinstance(value, date) else date.fromisoformat(value)
