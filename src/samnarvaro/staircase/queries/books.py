"""Rule sets as they are stored, read as rules."""

import json
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from samnarvaro.base.asked import Blank, blank
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
    newest = {row.key: row for row in _asking_versions(tuple(sorted(keys)), on).ask()}
    for key in keys:
        if key not in newest:
            raise NoSuchRuleSet(key)
    return {key: (row, book_of(row)) for key, row in newest.items()}


@lru_cache(maxsize=32)
def _asking_versions(keys: tuple[str, ...], on: date) -> Blank:
    made = RuleSet.objects.filter(key__in=keys, holds_from__lte=on, taken_back_at=None)
    return blank(made.order_by("version"))


def book_of(row: RuleSet) -> domain.RuleSet:
    """Return a stored version as rules."""
    return _read(
        row.key, row.version, row.name, json.dumps(row.rules), counts_leave=row.counts_leave
    )


@lru_cache(maxsize=256)
def _read(key: str, version: int, name: str, rules: str, *, counts_leave: bool) -> domain.RuleSet:
    """The same words are the same rules, whoever they are applied to: read and weighed once."""
    told = {"key": key, "version": version, "name": name, "counts_leave": counts_leave}
    return rule_set_of(told | {"rules": json.loads(rules)})
