"""Which rule sets hold on a day, and where: what the school authority has chosen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from samnarvaro.base.asked import Blank, blank
from samnarvaro.people import queries as people
from samnarvaro.staircase.domain import holding
from samnarvaro.staircase.domain.holding import Place
from samnarvaro.staircase.domain.rules import NO_RULES
from samnarvaro.staircase.domain.rules import RuleSet as Book
from samnarvaro.staircase.models import Choice, RuleSet
from samnarvaro.staircase.queries.books import rule_sets


@dataclass(frozen=True, slots=True)
class Held:
    """A rule set that holds, in the version of the day, and where it does."""

    row: RuleSet
    book: Book
    places: tuple[Place, ...]

    @property
    def is_everywhere(self) -> bool:
        return any(place.is_everywhere for place in self.places)

    def is_at(self, unit: int) -> bool:
        return any(place.is_at(unit) for place in self.places)

    def covers(self, stays: Collection[tuple[int, str, str]]) -> bool:
        """Tell whether it holds for who goes to these units (ids), in these years and types."""
        return holding.covers(self.places, stays)


def choices_on(day: date) -> list[Choice]:
    """Return the choices that hold on a day, in the order in which they came to hold."""
    return _asking_choices(day).ask()


@lru_cache(maxsize=16)
def _asking_choices(day: date) -> Blank:
    holds = Q(last_day=None) | Q(last_day__gte=day)
    found = Choice.objects.filter(holds, first_day__lte=day, taken_back_at=None)
    return blank(found.order_by("first_day", "pk"))


def place_of(choice: Choice) -> Place:
    return Place(frozenset(choice.units), frozenset(choice.grades), frozenset(choice.types))


def held(*, on: date) -> list[Held]:
    """Return every rule set that holds somewhere on a day; the one that was chosen first is first.

    Raises NoSuchRuleSet when one that is chosen has no version that holds.
    """
    places: dict[str, list[Place]] = {}
    for choice in choices_on(on):
        places.setdefault(choice.key, []).append(place_of(choice))
    books = rule_sets(places, on=on)
    return [Held(*books[key], tuple(at)) for key, at in places.items()]


def staircases(found: Iterable[Held]) -> list[Held]:
    """Keep those with steps; one of a target group alone has none."""
    return [each for each in found if each.book.rules]


def at_unit(unit: int, *, on: date) -> list[Held]:
    """Return the rule sets that hold for some pupils of a unit (id)."""
    return [each for each in held(on=on) if each.is_at(unit)]


def staircases_at(unit: int, *, on: date) -> list[Book]:
    """Return the staircases of a unit (id); the one that was chosen first is first."""
    return [each.book for each in staircases(at_unit(unit, on=on))]


def first_at(unit: int, *, on: date) -> Book:
    """Return the staircase of a unit (id): the one that was chosen first, or one without rules."""
    return next(iter(staircases_at(unit, on=on)), NO_RULES)


def for_stays(places: Iterable[people.Placement], *, on: date) -> list[Held]:
    """Return the rule sets with steps that hold for one who goes to school in these places."""
    stays = [(at.unit, at.grade, at.school_type) for at in places]
    return [each for each in staircases(held(on=on)) if each.covers(stays)]
