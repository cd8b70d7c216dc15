"""The words of announced absence."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.announced import (
    DAYS_END,
    FARTHEST_AHEAD,
    FARTHEST_BACK,
    LONGEST,
    ToldBy,
    Wrong,
)
from samnarvaro.attendance.queries.announced import Shown
from samnarvaro.base import dates

Words = str | Promise

TOLD_BY: dict[ToldBy, Words] = {
    ToldBy.GUARDIAN: gettext_lazy("Vårdnadshavare"),
    ToldBy.PUPIL: gettext_lazy("Eleven"),
    ToldBy.SCHOOL: gettext_lazy("Skolan visste"),
}
WRONG: dict[Wrong, Words] = {
    Wrong.FIRST_DAY: gettext_lazy("Välj en dag."),
    Wrong.LAST_BEFORE_FIRST: gettext_lazy("Sista dagen är före den första."),
    Wrong.TOO_LONG: gettext_lazy("Högst %(longest)s dagar i taget. Anmäl resten för sig."),
    Wrong.TOO_FAR_BACK: gettext_lazy("Högst %(back)s dagar tillbaka."),
    Wrong.TOO_FAR_AHEAD: gettext_lazy("Högst %(ahead)s dagar framåt."),
    Wrong.PART_OF_SEVERAL_DAYS: gettext_lazy(
        "Klockslag går bara att ange för en enda dag. Ta bort dem, eller anmäl dagarna var för sig."
    ),
    Wrong.ENDS_BEFORE_IT_BEGINS: gettext_lazy("Sluttiden måste vara efter starttiden."),
    Wrong.OVERLAPS: gettext_lazy(
        "Det finns redan en anmälan eller beviljad ledighet som täcker någon del av tiden."
    ),
}
LIMITS = {"longest": LONGEST, "back": FARTHEST_BACK, "ahead": FARTHEST_AHEAD}
# Said after the act. No name: the words travel in a cookie.
ANNOUNCED = gettext_lazy("Frånvaron är anmäld. Ogiltig frånvaro den tiden räknas nu som giltig.")
WITHDRAWN = gettext_lazy("Anmälan är tillbakatagen. Lektionerna är som de rapporterades.")


def wrong(reason: Wrong) -> str:
    return str(WRONG[reason]) % LIMITS


def when(shown: Shown) -> str:
    """Write the time of an announcement: 2–4 november, or fredag 20 november 08.10–09.30."""
    if shown.begins is None and shown.ends is None:
        return dates.span(shown.first_day, shown.last_day)
    day = date_format(shown.first_day, "l j F")
    if shown.begins is None:
        return _("%(day)s till %(time)s") % {"day": day, "time": _clock(shown.ends)}
    if shown.ends is None:
        return _("%(day)s från %(time)s") % {"day": day, "time": _clock(shown.begins)}
    return f"{day} {_clock(shown.begins)}–{_clock(shown.ends)}"


def _clock(minute: int | None) -> str:
    return dates.clock_time(DAYS_END if minute is None else minute)


def told(shown: Shown) -> str:
    """Say who told it, and who took it down."""
    return _("Anmäld av: %(who)s. %(by)s, %(moment)s") % {
        "who": TOLD_BY[shown.told_by],
        "by": shown.by_name or _("Systemet"),
        "moment": dates.moment(shown.at),
    }


def withdrawn(shown: Shown, at: datetime) -> str:
    return _("Tillbakatagen: %(by)s, %(moment)s") % {
        "by": shown.withdrawn_by_name or _("Systemet"),
        "moment": dates.moment(at),
    }
