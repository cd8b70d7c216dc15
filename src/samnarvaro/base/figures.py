"""How figures are written: with a decimal comma, and never so rounded that they deny the rule."""

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import SupportsInt

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samnarvaro.base.writing import remembered

NOTHING = "–"
HARD_SPACE = "\N{NO-BREAK SPACE}"


@remembered
def percent(fraction: Fraction | Decimal | float | None, places: int = 1) -> str:
    """Write 0.2234 as 22,3 %."""
    if fraction is None:
        return NOTHING
    exact = Fraction(fraction) * 100
    return number_format(_rounded(exact, places), decimal_pos=places) + HARD_SPACE + "%"


@remembered
def share(part: int | None, whole: int | None, places: int = 1) -> str:
    """Write part of whole as a percentage; of nothing there is no share."""
    if not whole or part is None:
        return NOTHING
    return percent(Fraction(part, whole), places)


@remembered
def hours(minutes: SupportsInt | None) -> str:
    """Write 260 minutes as 4 h 20 min."""
    if minutes is None:
        return NOTHING
    whole, rest = divmod(int(minutes), 60)
    parts = []
    if whole:
        parts.append(_("%(hours)s h") % {"hours": thousands(whole)})
    if rest or not whole:
        parts.append(_("%(minutes)s min") % {"minutes": rest})
    return " ".join(parts).replace(" ", HARD_SPACE)


@remembered
def thousands(number: SupportsInt | None) -> str:
    """Write 1200 as 1 200."""
    if number is None:
        return NOTHING
    return number_format(int(number), force_grouping=True)


def heat(fraction: Fraction | Decimal | float | None) -> int:
    """Return the shade of a cell of a heat map, 0 to 5: steps at 2, 5, 10, 20 and 40 per cent."""
    if fraction is None:
        return 0
    exact = Fraction(fraction)
    part, whole = exact.numerator * 100, exact.denominator
    return sum(part >= step * whole for step in (2, 5, 10, 20, 40))


def _rounded(exact: Fraction, places: int) -> Decimal:
    """Round half up, from the exact fraction, so that nothing is rounded twice."""
    whole = floor(exact * Fraction(10) ** places + Fraction(1, 2))
    return Decimal(whole).scaleb(-places)
