"""Rule sets as they are stored, read as rules."""

from collections.abc import Collection
from datetime import date

from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.reading import rule_set_of
from samnarvaro.staircase.models import RuleSet


class NoSuchRuleSet(Exception):
    """No version of that rule set holds on that day."""


def rule_set(key: str, *, on: date) -> tuple[RuleSet, domain.RuleSet]:
    """Return the version of a rule set that holds on a day, as a row and as rules."""
    return rule_sets([key], on=on)[key]


def rule_sets(keys: Collection[str], *, on: date) -> dict[str, tuple[RuleSet, domain.RuleSet]]:
    """Return the versions of some rule sets that hold on a day, by key. Raises NoSuchRuleSet."""
    made = RuleSet.objects.filter(key__in=keys, holds_from__lte=on, taken_back_at=None)
    newest = {row.key: row for row in made.order_by("version")}
    for key in keys:
        if key not in newest:
            raise NoSuchRuleSet(key)
    return {key: (row, book_of(row)) for key, row in newest.items()}


def book_of(row: RuleSet) -> domain.RuleSet:
    """Return a stored version as rules."""
    return rule_set_of(
        {
            "key": row.key,
            "version": row.version,
            "name": row.name,
            "rules": row.rules,
            "counts_leave": row.counts_leave,
        }
    )
