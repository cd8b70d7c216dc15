"""A pupil's attendance as items that can be handed over: a month and two, in figures alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samnarvaro.attendance.domain.history import History
from samnarvaro.attendance.queries import pupil as queries
from samnarvaro.attendance.web import texts
from samnarvaro.base import dates
from samnarvaro.base.figures import percent
from samnarvaro.base.items import Item
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.kernel.privacy import DataClass

LENGTHS = (30, 60)
SCHOOL = "school:"


def offered(pupil: int, by: Scope) -> list[Item]:
    """Return the figures of the last 30 and 60 days; none of a pupil whose attendance is not read.

    They are the school's to hand over: who reads them by a consent passes them on to nobody.
    """
    if not by.zone.startswith(SCHOOL):
        return []
    known = queries.history(pupil, until=by.day, by=by)
    windows = [trailing(by.day, length) for length in LENGTHS]
    return [
        Item(
            "attendance",
            f"{window.first}/{window.last}",
            DataClass.ATTENDANCE,
            _("Närvaro %(days)s") % {"days": dates.span(window.first, window.last)},
            list(_lines(known, window)),
        )
        for window in windows
        if known.figures(window)
    ]


def _lines(known: History, window: Window) -> Iterator[str]:
    found = known.figures(window)
    share = texts.share_of(found)
    if found is None or share is None:
        return
    yield _("Frånvaro: %(share)s, %(minutes)s") % {
        "share": percent(share),
        "minutes": texts.of_minutes(found),
    }
    yield _("Hela dagar i rad som mest: %(days)s") % {"days": texts.days(found.longest_absent_run)}
    yield _("Sena ankomster: %(count)d") % {"count": found.late_count}
