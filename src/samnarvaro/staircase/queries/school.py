"""Where the pupils of one school stand on the staircase, as far as the viewer sees them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.privacy import DataClass
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.weeks import Stay
from samnarvaro.staircase.models import Episode, RuleSet
from samnarvaro.staircase.queries.books import book_of


@dataclass(frozen=True, slots=True)
class OnStep:
    """A pupil (id) on the highest step it stands on. `subject` is what made the row of work."""

    pupil: int
    level: int
    rule: domain.Rule
    since: date
    subject: str


def on_steps(unit: int, key: str, *, by: Scope, group: int | None = None) -> dict[int, OnStep]:
    """Return the pupils of a unit, or of one class of it, for whom a level of a rule set (key) is open, by pupil."""
    episodes = (
        Episode.objects.visible_in(by)
        .filter(
            Exists(people.at_unit(unit, by=by, group=group).filter(pk=OuterRef("pupil"))),
            key=key,
            ended_on=None,
        )
        .select_related("rule_set")
        .order_by("level")  # the highest comes last and stays
    )
    books = Books()
    return {
        episode.pupil_id: OnStep(
            pupil=episode.pupil_id,
            level=episode.level,
            rule=books.rule_of(episode),
            since=episode.opened_on,
            subject=domain.subject(episode.pupil_id, episode.key, episode.level, episode.opened_on),
        )
        for episode in episodes
    }


def stays(unit: int, key: str, since: date, *, by: Scope) -> list[Stay]:
    """Return the stretches of a rule set (key) that held on some day since then, of the pupils who
    go to a unit today.
    """
    rows = (
        Episode.objects.filter(
            Exists(people.at_unit(unit, by=by).filter(pk=OuterRef("pupil"))), key=key
        )
        .filter(Q(ended_on=None) | Q(ended_on__gt=since))
        .values_list("pupil_id", "level", "opened_on", "ended_on")
    )
    return [Stay(*row) for row in rows] if by.reads(DataClass.ATTENDANCE) else []


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
