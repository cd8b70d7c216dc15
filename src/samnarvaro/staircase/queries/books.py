"""Rule sets as they are stored, read as rules."""

from datetime import date

from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.reading import rule_set_of
from samnarvaro.staircase.models import RuleSet


class NoSuchRuleSet(Exception):
    """No version of that rule set holds on that day."""


def rule_set(key: str, *, on: date) -> tuple[RuleSet, domain.RuleSet]:
    """Return the version of a rule set that holds on a day, as a row and as rules."""
    made = RuleSet.objects.filter(key=key, holds_from__lte=on, taken_back_at=None)
    row = made.order_by("-version").first()
    if row is None:
        raise NoSuchRuleSet(key)
    return row, book_of(row)


def book_of(row: RuleSet) -> domain.RuleSet:
    """Return a stored version as rules."""
    data = {"key": row.key, "version": row.version, "name": row.name, "rules": row.rules}
    return rule_set_of(data)
