"""One day by itself and the run of absent days: of everybody, or of the pupils of one school."""

from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.attendance.queries import NotForThisViewer
from samnarvaro.attendance.totals import runs
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people.queries import members


@dataclass(frozen=True, slots=True)
class Facts:
    """A pupil (id), the unit (id) of the last counting lesson, the day and the run up to it."""

    pupil: int
    unit: int
    said: DayAndRun


def absent(on: date, *, at_least: int | None, by: Scope) -> dict[int, Facts]:
    """Return, by pupil, each with absent minutes on a day, or so many absent days in a row now.

    A day without absent minutes is left out, and so is a shorter run, but that of one day. Without
    `at_least` no longer run is looked for. Of everybody, so for the system only.
    """
    if not by.is_system:
        raise NotForThisViewer
    return _absent(on, at_least, None)


def absent_at(unit: int, *, on: date, at_least: int | None, by: Scope) -> dict[int, Facts]:
    """Return the same of the pupils of one unit (id), as far as the viewer sees them."""
    if not by.reads(DataClass.ATTENDANCE):
        return {}
    return _absent(on, at_least, members.asking(unit, by=by))


def _absent(on: date, at_least: int | None, pupils: runs.Pupils) -> dict[int, Facts]:
    found: dict[int, Facts] = {}
    for pupil, unit, scheduled, excused, unexcused, run in runs.own_days(on, pupils):
        own = Spell(Window(on, on), 1, scheduled, excused, unexcused)
        found[pupil] = Facts(pupil, unit, DayAndRun(own=own, run=own if run == 1 else None))
    long = runs.runs(on, at_least, pupils) if at_least is not None else []
    for pupil, unit, days, first, last, *minutes in long:
        spell = Spell(Window(bulk.as_day(first), bulk.as_day(last)), days, *minutes)
        known = found.get(pupil, Facts(pupil, unit, DayAndRun()))
        found[pupil] = replace(known, said=replace(known.said, run=spell))
    return found
