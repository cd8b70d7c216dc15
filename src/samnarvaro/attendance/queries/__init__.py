"""Everything that reads attendance. No scope, no rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.attendance.domain.measures import Absence, Figures
from samnarvaro.attendance.queries import leave
from samnarvaro.attendance.totals import windows
from samnarvaro.base import bulk
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people


class NotForThisViewer(Exception):
    """Figures of a whole authority are reckoned by the system only."""


def measures(
    window: Window, *, by: Scope, school: str | None = None
) -> Iterator[tuple[str, Figures]]:
    """Yield (pupil_id, figures) of every pupil with a mark in the window, by pupil_id in bytes.

    `school` chooses pupils by the unit their figures name; it never cuts their marks. For the
    system only: raises NotForThisViewer.
    """
    if not by.is_system:
        raise NotForThisViewer
    codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
    names = people.pupil_ids(by=by)
    found = windows.figures(window, codes)
    named = [(names[pupil], figures) for pupil, figures in found.items()]
    named.sort(key=lambda pair: pair[0].encode())
    for pupil_id, figures in named:
        if school is None or figures.unit == school:
            yield pupil_id, figures


Bound = windows.Bound


@dataclass(frozen=True, slots=True)
class Absences:
    """A pupil's (id) absence in the windows that end on one day, by their length in days.

    `unit` is the id of the unit of the last counting lesson.
    """

    pupil: int
    unit: int
    of_days: dict[int, Absence]


def absences_reaching(
    bounds: Sequence[Bound],
    *,
    on: date,
    lengths: Sequence[int],
    by: Scope,
    counts_leave: bool = True,
) -> list[Absences]:
    """Return the pupils that reach at least one bound, with all windows. For the system only.

    Leave that is left out only lowers a share and the minutes it is of: who reaches a bound then is
    among those who do with it.
    """
    if not by.is_system:
        raise NotForThisViewer
    found = _as_absences(windows.absences(on, lengths, bounds), lengths)
    return found if counts_leave else _without_leave(found, on, lengths, by)


def absences_of(
    pupils: Collection[int],
    *,
    on: date,
    lengths: Sequence[int],
    by: Scope,
    counts_leave: bool = True,
) -> list[Absences]:
    """Return the windows of these pupils (ids). For the system only."""
    if not by.is_system:
        raise NotForThisViewer
    if not pupils:
        return []
    bulk.create_temporary("asked_pupil", "pupil_id bigint PRIMARY KEY")
    bulk.pour("asked_pupil", ("pupil_id",), ((pupil,) for pupil in sorted(pupils)))
    bulk.analyse("asked_pupil")
    found = windows.absences(on, lengths, pupils="asked_pupil")
    bulk.drop_temporary("asked_pupil")
    rows = _as_absences(found, lengths)
    return rows if counts_leave else _without_leave(rows, on, lengths, by)


def _as_absences(rows: list[tuple[int, ...]], lengths: Sequence[int]) -> list[Absences]:
    return [
        Absences(
            row[0],
            row[1],
            {n: Absence(row[2 + 2 * i], row[3 + 2 * i]) for i, n in enumerate(lengths)},
        )
        for row in rows
    ]


def _without_leave(
    found: list[Absences], on: date, lengths: Sequence[int], by: Scope
) -> list[Absences]:
    """Take the leave out of the windows that end on a day."""
    if not lengths:
        return found
    pupils = {each.pupil for each in found}
    taken = leave.of_days(trailing(on, max(lengths)), by=by, among=pupils)
    return [
        replace(
            each,
            of_days={
                days: taken[each.pupil].out_of(absence, trailing(on, days))
                for days, absence in each.of_days.items()
            },
        )
        if each.pupil in taken
        else each
        for each in found
    ]
