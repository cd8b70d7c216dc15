"""What stands behind a figure of attendance, in words: its days, what it leaves out, how fresh it is."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.base import dates, figures
from samnarvaro.base.writing import remembered
from samnarvaro.kernel.days import Window


@remembered
def window(days: Window) -> str:
    """Write which days a figure is of, and how many: both ends count."""
    count = days.calendar_days
    told = {"span": dates.span(days.first, days.last), "count": count}
    return ngettext("%(span)s (%(count)d dag)", "%(span)s (%(count)d dagar)", count) % told


@remembered
def fresh(last_day: date | None, read_at: datetime | None) -> str:
    """Write up to which day there are lessons, and when they were last taken in."""
    if last_day is None:
        return _("Inga lektioner är inlästa.")
    told = {"day": date_format(last_day, "l j F")}
    if read_at is None:
        return _("lektioner till och med %(day)s") % told
    return _("lektioner till och med %(day)s, inläst %(moment)s") % (
        told | {"moment": dates.moment(read_at)}
    )


def unreported(minutes: int, scheduled: int) -> str:
    """Write how much of the time nobody has reported: neither presence nor absence."""
    if not minutes:
        return _("Alla lektioner är rapporterade.")
    return _("%(share)s av lektionstiden (%(time)s) är inte rapporterad. Den räknas inte alls.") % {
        "share": figures.share(minutes, scheduled + minutes),
        "time": figures.hours(minutes),
    }
