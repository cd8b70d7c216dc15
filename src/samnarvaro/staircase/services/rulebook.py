"""Rule sets come in versions; a version that has begun to hold is never changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from samnarvaro.audit import services as audit
from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import holding
from samnarvaro.staircase.domain.holding import Missing
from samnarvaro.staircase.domain.reading import rule_set_of
from samnarvaro.staircase.models import Choice, RuleSet
from samnarvaro.staircase.queries import NoSuchRuleSet

SHIPPED = Path(__file__).parents[1] / "data"
# What an installation holds to until somebody chooses: a staircase, and a list beside it.
FIRST = ("city", "school-social-team")
OWN = "own"  # the key of a rule set that was made here, before its number
LONGEST_NAME = 120
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule set as somebody writes it: its name, its rules as data, whether granted leave counts."""

    name: str
    rules: Sequence[Mapping[str, Any]]
    counts_leave: bool = True


class CannotChange(Exception):
    """The change is refused, with every reason at once."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = list(missing)


@transaction.atomic
def install_shipped() -> list[str]:
    """Put the shipped rule sets in place; a version that is there already is left as it is.

    Where nothing was ever chosen, the city model holds, with the target group beside it.
    """
    made = []
    for path in sorted(SHIPPED.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if add_version(data):
            made.append(f"{data['key']} {data['version']}")
    if not Choice.objects.exists():
        for row in RuleSet.objects.filter(key__in=FIRST, version=1).order_by("key"):
            Choice.objects.create(key=row.key, first_day=row.holds_from)
    return made


@transaction.atomic
def add_version(data: Mapping[str, Any]) -> bool:
    """Add a version of a rule set. Raises NotARuleSet; False when it is there already."""
    rules = rule_set_of(data)
    _, made = RuleSet.objects.get_or_create(
        key=rules.key,
        version=rules.version,
        defaults={
            "name": rules.name,
            "holds_from": date.fromisoformat(str(data["holds_from"])),
            "rules": data["rules"],
            "counts_leave": rules.counts_leave,
        },
    )
    return made


@transaction.atomic
def copy(draft: Draft, *, by: Scope, at: datetime, on: date) -> RuleSet:
    """Make a rule set of one's own, version 1, that can be chosen from tomorrow.

    Raises CannotChange, and domain.reading's NotARuleSet with each fault of each rule.
    """
    return _write(_new_key(), 1, draft, on + _ONE_DAY, by, at)


@transaction.atomic
def change(
    key: str, draft: Draft, *, holds_from: date, by: Scope, at: datetime, on: date
) -> RuleSet:
    """Make the next version of a rule set of one's own, to hold from a day that is yet to come.

    Raises NoSuchRuleSet, CannotChange and NotARuleSet.
    """
    versions = list(RuleSet.objects.select_for_update().filter(key=key))
    if not versions:
        raise NoSuchRuleSet(key)
    standing = [row.holds_from for row in versions if row.taken_back_at is None]
    missing = holding.missing_for_days(holds_from, today=on)
    if any(row.is_shipped for row in versions):
        missing.append(Missing.SHIPPED)
    if any(first_day > holds_from for first_day in standing):
        missing.append(Missing.DAY_BEFORE_ANOTHER)
    if missing:
        raise CannotChange(missing)
    number = max(row.version for row in versions) + 1
    return _write(key, number, draft, holds_from, by, at)


def _new_key() -> str:
    own = RuleSet.objects.select_for_update().filter(key__startswith=f"{OWN}-")
    numbers = [int(key.removeprefix(f"{OWN}-")) for key in own.values_list("key", flat=True)]
    return f"{OWN}-{max(numbers, default=0) + 1}"


def _write(
    key: str, version: int, draft: Draft, holds_from: date, by: Scope, at: datetime
) -> RuleSet:
    name = draft.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CannotChange([Missing.NAME])
    told = [dict(rule) for rule in draft.rules]
    rule_set_of({"key": key, "version": version, "name": name, "rules": told})
    row = RuleSet.objects.create(
        key=key,
        version=version,
        holds_from=holds_from,
        name=name,
        rules=told,
        counts_leave=draft.counts_leave,
        made_by=by.viewer,
        made_by_name=people.name_of_viewer(by=by),
        made_at=at,
    )
    audit.record(
        "rules.version_made",
        by=by,
        at=at,
        target=f"rules:{key}",
        detail={
            "version": version,
            "holds_from": holds_from.isoformat(),
            "rules": len(told),
            "counts_leave": draft.counts_leave,
        },
    )
    return row


@transaction.atomic
def take_version_back(key: str, version: int, *, by: Scope, at: datetime, on: date) -> None:
    """Take a version back before its first day. It stays, to be looked up. Raises NoSuchRuleSet
    and CannotChange.
    """
    row = RuleSet.objects.select_for_update().filter(key=key, version=version).first()
    if row is None or row.is_shipped:
        raise NoSuchRuleSet(key)
    missing = holding.missing_for_taking_back(
        row.holds_from, is_taken_back=row.taken_back_at is not None, today=on
    )
    others = RuleSet.objects.filter(key=key, taken_back_at=None).exclude(pk=row.pk)
    holds_on = Q(last_day=None) | Q(last_day__gte=row.holds_from)
    if (
        not others.exists()
        and Choice.objects.filter(holds_on, key=key, taken_back_at=None).exists()
    ):
        missing.append(Missing.IS_CHOSEN)
    if missing:
        raise CannotChange(missing)
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])
    audit.record(
        "rules.version_taken_back", by=by, at=at, target=f"rules:{key}", detail={"version": version}
    )
