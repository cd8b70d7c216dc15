"""Where the pupils of one school stand on the staircase, as far as the viewer sees them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from django.db.models import Q

from samnarvaro.base import bulk
from samnarvaro.base.asked import Question, question
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.weeks import Stay
from samnarvaro.staircase.models import Episode, RuleSet
from samnarvaro.staircase.queries.books import book_of

_MOST = 64  # questions that are remembered


@dataclass(frozen=True, slots=True)
class OnStep:
    """A pupil (id) on the highest step it stands on. `subject` is what made the row of work."""

    pupil: int
    level: int
    rule: domain.Rule
    since: date
    subject: str


def on_steps(pupils: Collection[int], key: str, *, by: Scope) -> dict[int, OnStep]:
    """Return those of some pupils (ids) for whom a level of a rule set (key) is open, by pupil.

    The pupils are such as a query of the same scope gave.
    """
    asked = _asking_open(key).among("pupil_id", pupils)
    rows = sorted(asked.ask(), key=itemgetter(1)) if by.reads(DataClass.ATTENDANCE) else []
    books = {row.pk: book_of(row) for row in RuleSet.objects.filter(pk__in={r[-1] for r in rows})}
    found: dict[int, OnStep] = {}
    for pupil, level, rule, opened_on, book in rows:  # the highest comes last and stays
        since = bulk.as_day(opened_on)
        found[pupil] = OnStep(
            pupil=pupil,
            level=level,
            rule=books[book].rule(rule),
            since=since,
            subject=domain.subject(pupil, key, level, since),
        )
    return found


@lru_cache(maxsize=_MOST)
def _asking_open(key: str) -> Question:
    episodes = Episode.objects.filter(key=key, ended_on=None)
    return question(episodes.values_list("pupil_id", "level", "rule", "opened_on", "rule_set_id"))


def stays(pupils: Collection[int], key: str, since: date, *, by: Scope) -> list[Stay]:
    """Return the stretches of a rule set (key) that held on some day since then, of some pupils (ids).

    The pupils are such as a query of the same scope gave.
    """
    asked = _asking_stays(key, since).among("pupil_id", pupils)
    rows = asked.ask() if by.reads(DataClass.ATTENDANCE) else []
    return [
        Stay(pupil, level, bulk.as_day(opened_on), ended_on and bulk.as_day(ended_on))
        for pupil, level, opened_on, ended_on in rows
    ]


@lru_cache(maxsize=_MOST)
def _asking_stays(key: str, since: date) -> Question:
    rows = Episode.objects.filter(Q(ended_on=None) | Q(ended_on__gt=since), key=key)
    return question(rows.values_list("pupil_id", "level", "opened_on", "ended_on"))


class Books:
    """The versions of rule sets that some episodes name, each read once."""

    def __init__(self) -> None:
        self._read: dict[int, domain.RuleSet] = {}

    def book_of(self, row: RuleSet) -> domain.RuleSet:
        if row.pk not in self._read:
            self._read[row.pk] = book_of(row)
        return self._read[row.pk]

    def rule_of(self, episode: Episode) -> domain.Rule:
        return self.book_of(episode.rule_set).rule(episode.rule)
