"""The words of granted leave."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samnarvaro.attendance.domain.leave import (
    FARTHEST_AHEAD,
    FARTHEST_BACK,
    LONGEST,
    MOST_HANDED_ON,
    Wrong,
)
from samnarvaro.attendance.queries.leave import Shown
from samnarvaro.base import dates, labels
from samnarvaro.kernel.access import Role

Words = str | Promise

WRONG: dict[Wrong, Words] = {
    Wrong.LAST_BEFORE_FIRST: gettext_lazy("Sista dagen är före den första."),
    Wrong.TOO_LONG: gettext_lazy("Högst %(longest)s dagar i ett beslut."),
    Wrong.TOO_FAR_BACK: gettext_lazy("Högst %(back)s dagar tillbaka."),
    Wrong.TOO_FAR_AHEAD: gettext_lazy("Högst %(ahead)s dagar framåt."),
    Wrong.NOT_YOURS: gettext_lazy(
        "Ledighet i mer än %(handed_on)s dagar, helger inräknade, beslutar rektor själv om."
    ),
    Wrong.OVERLAPS: gettext_lazy(
        "Det finns redan beviljad ledighet någon av dagarna. Ta tillbaka den först."
    ),
}
LIMITS = {
    "longest": LONGEST,
    "back": FARTHEST_BACK,
    "ahead": FARTHEST_AHEAD,
    "handed_on": MOST_HANDED_ON,
}
# Said after the act. No name: the words travel in a cookie.
GRANTED = gettext_lazy("Ledigheten är beviljad. Frånvaro de dagarna räknas som giltig.")
WITHDRAWN = gettext_lazy("Ledigheten är tillbakatagen. Lektionerna är som de rapporterades.")


def wrong(reason: Wrong) -> str:
    return str(WRONG[reason]) % LIMITS


def limit(role: Role | None) -> str:
    """Say how many days somebody may decide of, where it is not all."""
    return "" if role is Role.PRINCIPAL else wrong(Wrong.NOT_YOURS)


def when(shown: Shown) -> str:
    return dates.span(shown.first_day, shown.last_day)


def decided(shown: Shown) -> str:
    """Say who decided, in which role, and when."""
    return _("Beslut: %(by)s, %(role)s, %(moment)s") % {
        "by": shown.by_name,
        "role": str(labels.ROLE[shown.decided_as]).lower(),
        "moment": dates.moment(shown.at),
    }


def withdrawn(shown: Shown, at: datetime) -> str:
    return _("Tillbakatagen: %(by)s, %(moment)s") % {
        "by": shown.withdrawn_by_name,
        "moment": dates.moment(at),
    }
