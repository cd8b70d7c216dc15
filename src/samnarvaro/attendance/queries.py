"""Everything that reads attendance. No scope, no rows."""

from collections.abc import Iterator

from samnarvaro.attendance.domain.measures import Figures
from samnarvaro.attendance.totals import windows
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
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
