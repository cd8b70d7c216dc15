"""Rules in words, from their figures: the same sentence wherever a rule is shown."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samnarvaro.base import figures
from samnarvaro.staircase.domain.reading import figures_of, kind_of
from samnarvaro.staircase.domain.rules import (
    Band,
    ContinuedRule,
    FirstDayRule,
    Reach,
    Rule,
    RunRule,
    ShareRule,
    UnexcusedRule,
)


def of_rule(rule: Rule | Band) -> str:
    return of_figures(figures_of(rule))


def of_figures(about: Mapping[str, Any]) -> str:
    """Write the rule that some figures tell of. Raises KeyError, TypeError or ValueError."""
    return _WORDS[kind_of(about)](about)


def limit(reach: Reach, percent: int, days: int) -> str:
    """Write a share: mer än 10 % frånvaro på 30 dagar."""
    told = {"percent": figures.percent(Fraction(percent, 100), 0), "days": days}
    if reach is Reach.OVER:
        return _("mer än %(percent)s frånvaro på %(days)d dagar") % told
    return _("minst %(percent)s frånvaro på %(days)d dagar") % told


def _share(about: Mapping[str, Any]) -> str:
    return limit(Reach(about["reach"]), int(about["percent"]), int(about["days"]))


def _unexcused(about: Mapping[str, Any]) -> str:
    least = int(about["least_minutes"])
    if least == 1:
        return _("ogiltig frånvaro under dagen")
    return _("minst %(minutes)d minuter ogiltig frånvaro under dagen") % {"minutes": least}


def _first_day(_about: Mapping[str, Any]) -> str:
    return _("första hela dagen borta")


def _run(about: Mapping[str, Any]) -> str:
    least = int(about["least_days"])
    return ngettext(
        "borta %(days)d hel skoldag eller mer, bara giltig frånvaro",
        "borta %(days)d hela skoldagar i rad eller mer, bara giltig frånvaro",
        least,
    ) % {"days": least}


def _continued(about: Mapping[str, Any]) -> str:
    days = int(about["school_days"])
    return ngettext(
        "fortsatt borta %(days)d skoldag efter att steg %(level)d blev klart",
        "fortsatt borta %(days)d skoldagar efter att steg %(level)d blev klart",
        days,
    ) % {"days": days, "level": int(about["after_level"])}


def _band(about: Mapping[str, Any]) -> str:
    return _("%(least)d–%(most)s frånvaro på %(days)d dagar") % {
        "least": int(about["least_percent"]),
        "most": figures.percent(Fraction(int(about["most_percent"]), 100), 0),
        "days": int(about["days"]),
    }


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    ShareRule.kind: _share,
    UnexcusedRule.kind: _unexcused,
    FirstDayRule.kind: _first_day,
    RunRule.kind: _run,
    ContinuedRule.kind: _continued,
    Band.kind: _band,
}
