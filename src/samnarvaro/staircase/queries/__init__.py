"""Everything that reads rule sets, signals and episodes. No scope, no rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from samnarvaro.base.models import JobRun
from samnarvaro.kernel.access import Scope
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.models import Episode
from samnarvaro.staircase.queries import facts
from samnarvaro.staircase.queries.books import NoSuchRuleSet, book_of, rule_set

__all__ = ["NIGHTLY", "Found", "NoSuchRuleSet", "book_of", "rule_set", "signals"]

NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True)
class Found:
    """A pupil whose rule holds on a day, on the highest level, and how that stands to before."""

    pupil_id: str
    unit_code: str
    signal: domain.Signal
    standing: domain.Standing


def signals(key: str, *, on: date, by: Scope) -> Iterator[Found]:
    """Yield the highest signal of every pupil whose rule holds, by pupil_id in bytes.

    Reckoned from the marks as they are now, up to and including the day. For the system only.
    """
    _, rules = rule_set(key, on=on)
    found = facts.reaching(rules, on=on, by=by)
    before = levels_before(key, on)
    codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
    names = people.pupil_ids(by=by)
    for row in sorted(found, key=lambda row: names[row.pupil].encode()):
        signal = domain.highest(domain.signals(rules.rules, row.facts))
        if signal is not None:
            standing = domain.standing(signal.rule.level, before.get(row.pupil))
            yield Found(names[row.pupil], codes.get(row.unit, ""), signal, standing)


def levels_before(key: str, on: date) -> dict[int, int]:
    """Return the highest level that stood for each pupil (id) at the last nightly run before."""
    last = JobRun.objects.filter(job=NIGHTLY, state="done", as_of__lt=on).aggregate(Max("as_of"))
    day = last["as_of__max"]
    if day is None:
        return {}
    rows = (
        Episode.objects.filter(key=key, opened_on__lte=day)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        .values("pupil")
        .annotate(highest=Max("level"))
        .values_list("pupil_id", "highest")
    )
    return {int(pupil): int(level) for pupil, level in rows}
