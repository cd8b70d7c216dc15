"""What Vik has chosen: the city model everywhere, the first-day model beside it at Ekskolan, and a
staircase of its own that is to begin at Bergskolan.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation.domain.school_types import SchoolType
from samnarvaro.project.vik.cast import BERGSKOLAN, EKSKOLAN
from samnarvaro.project.vik.settle import Maker
from samnarvaro.staircase.queries import rule_set
from samnarvaro.staircase.services import choosing, rulebook

OWN_NAME: Final = "Rutinmodellen, Vik"
WEEKS_AHEAD: Final = 4


def choose(maker: Maker, units: Mapping[str, int], account: int) -> None:
    """Let the school administrator (an account's id) choose as the years have gone."""
    begins = maker.terms[0].first
    before = begins - timedelta(days=1)
    wanted = choosing.Wanted(key="first-day", first_day=begins, units=frozenset({units[EKSKOLAN]}))
    by = consents.scope_for(account, hat=None, on=begins)
    choosing.choose(wanted, by=by, at=_at(maker, before), on=before)
    _look_ahead(maker, units[BERGSKOLAN], consents.scope_for(account, hat=None, on=maker.today))


def _look_ahead(maker: Maker, unit: int, by: Scope) -> None:
    """Bergskolan is to try the routine model with two days instead of three, in some weeks."""
    rules = [_sooner(rule) for rule in rule_set("routine", on=maker.today)[0].rules]
    draft = rulebook.Draft(name=OWN_NAME, rules=rules, counts_leave=False)
    own = rulebook.copy(draft, by=by, at=maker.at, on=maker.today)
    monday = maker.today + timedelta(days=7 * WEEKS_AHEAD - maker.today.weekday())
    wanted = choosing.Wanted(
        key=own.key,
        first_day=monday,
        units=frozenset({unit}),
        grades=frozenset({"7", "8", "9"}),
        types=frozenset({SchoolType.COMPULSORY}),
    )
    choosing.choose(wanted, by=by, at=maker.at, on=maker.today)


def _sooner(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {**rule, "least_days": 2} if rule.get("kind") == "run" else dict(rule)


def _at(maker: Maker, day: date) -> datetime:
    return datetime.combine(day, maker.at.timetz())
