"""One school at a glance, made ready for its page: sums over the pupils whom the viewer sees."""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.attendance.domain.measures import Absence
from samnarvaro.attendance.queries.sums import Minutes
from samnarvaro.base import figures, provenance
from samnarvaro.kernel.days import Window
from samnarvaro.staircase.web.picking import Picked

MONTH, TWO_MONTHS = 30, 60


@dataclass(frozen=True, slots=True)
class Frame:
    """What every picture of a school has in common: whose it is, what is picked, how fresh it is."""

    school: UUID
    picked: Picked
    window: str
    fresh: str

    def picture(self, key: str) -> str:
        return reverse("staircase:picture", args=[self.school, key])

    def opens(self, name: str, *args: object) -> str:
        """The address of a list of the school, narrowed by what is picked."""
        return reverse(name, args=[self.school, *args]) + self.picked.query


@dataclass(frozen=True, slots=True)
class Presence:
    """The share that was present in the month, how it has moved, and what stands behind it."""

    share: Fraction | None
    change: str
    window: str
    denominator: str
    unreported: str
    unreported_share: Fraction | None
    fresh: str


def presence(now: Minutes, both: Minutes, pupils: int, fresh: str, month: Window) -> Presence:
    """Put together what was held in the month, and in the two months that end with it."""
    before = Absence(both.scheduled - now.scheduled, both.absent - now.absent)
    whole = now.scheduled + now.unreported
    return Presence(
        share=_present(now.absence),
        change=_change(_present(now.absence), _present(before)),
        window=provenance.window(month),
        denominator=_denominator(now.scheduled, pupils),
        unreported=provenance.unreported(now.unreported, now.scheduled),
        unreported_share=Fraction(now.unreported, whole) if whole else None,
        fresh=fresh,
    )


def _present(absence: Absence) -> Fraction | None:
    if not absence.scheduled:
        return None
    return 1 - Fraction(absence.absent, absence.scheduled)


def _change(now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return ""
    moved = now - before
    points = {"points": figures.percent(abs(moved)).split(figures.HARD_SPACE)[0]}
    if abs(moved) < Fraction(1, 2000):
        return _("oförändrat")
    return _("upp %(points)s") % points if moved > 0 else _("ner %(points)s") % points


def _denominator(scheduled: int, pupils: int) -> str:
    return ngettext(
        "%(time)s rapporterad lektionstid för %(count)d elev som går här i dag",
        "%(time)s rapporterad lektionstid för de %(count)d elever som går här i dag",
        pupils,
    ) % {"time": figures.hours(scheduled), "count": pupils}
