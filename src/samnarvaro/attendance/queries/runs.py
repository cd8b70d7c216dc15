"""One day by itself and the run of absent days: of everybody, or of the pupils of one school."""

from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.domain.runs import DayAndRun, Spell
from samnarvaro.attendance.models import DayTotal
from samnarvaro.attendance.queries import NotForThisViewer, leave
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


def absent(
    on: date, *, at_least: int | None, by: Scope, counts_leave: bool = True
) -> dict[int, Facts]:
    """Return, by pupil, each with absent minutes on a day, or so many absent days in a row now.

    A day without absent minutes is left out, and so is a shorter run, but that of one day. Without
    `at_least` no longer run is looked for. Where leave is left out, shorter runs are there too. Of
    everybody, so for the system only.
    """
    if not by.is_system:
        raise NotForThisViewer
    if counts_leave:
        return _absent(on, at_least, None)
    return _without_leave(_absent(on, 1, None), on, by)


def absent_at(
    unit: int, *, on: date, at_least: int | None, by: Scope, counts_leave: bool = True
) -> dict[int, Facts]:
    """Return the same of the pupils of one unit (id), as far as the viewer sees them."""
    if not by.reads(DataClass.ATTENDANCE):
        return {}
    pupils = members.asking(unit, by=by)
    if counts_leave:
        return _absent(on, at_least, pupils)
    return _without_leave(_absent(on, 1, pupils), on, by)


def _without_leave(found: dict[int, Facts], on: date, by: Scope) -> dict[int, Facts]:
    """Take the leave out of the day and of the run; a day of leave may hide that a run goes on."""
    first = min(
        (each.said.run.window.first for each in found.values() if each.said.run), default=on
    )
    taken = leave.of_days(Window(first, on), by=by, among=found.keys())
    days = _days_of_runs({pupil: found[pupil] for pupil in taken}, on)
    for pupil, of_pupil in taken.items():
        said = of_pupil.out_of_said(found[pupil].said, days.get(pupil, ()))
        if said.own and not said.own.absence.absent:
            said = replace(said, own=None)
        found[pupil] = replace(found[pupil], said=said)
    return {pupil: each for pupil, each in found.items() if each.said != DayAndRun()}


def _days_of_runs(found: dict[int, Facts], on: date) -> dict[int, list[date]]:
    """Return the days of each pupil's run: the first of each number, those with lessons that count."""
    firsts = {pupil: each.said.run.window.first for pupil, each in found.items() if each.said.run}
    if not firsts:
        return {}
    rows = DayTotal.objects.filter(day__gte=min(firsts.values()), day__lte=on, pupil__in=firsts)
    numbered: dict[tuple[int, int], date] = {}
    for pupil, day, number in rows.order_by("day").values_list("pupil_id", "day", "days"):
        if day >= firsts[pupil]:
            numbered.setdefault((pupil, number), day)
    days: dict[int, list[date]] = {}
    for (pupil, _number), day in numbered.items():
        days.setdefault(pupil, []).append(day)
    return days


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
