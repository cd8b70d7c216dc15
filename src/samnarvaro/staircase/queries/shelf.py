"""Every rule set and every choice there is or was, for those who look after them. Nobody's data."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samnarvaro.staircase.domain import rules as domain
from samnarvaro.staircase.domain.holding import Place
from samnarvaro.staircase.models import Choice, RuleSet
from samnarvaro.staircase.queries.books import NoSuchRuleSet, book_of
from samnarvaro.staircase.queries.held import place_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule set. `row` keeps from when it holds, and who made it when."""

    row: RuleSet
    book: domain.RuleSet

    @property
    def is_taken_back(self) -> bool:
        return self.row.taken_back_at is not None

    def can_be_taken_back(self, on: date) -> bool:
        return not (self.row.is_shipped or self.is_taken_back) and self.row.holds_from > on


@dataclass(frozen=True, slots=True)
class Volume:
    """A rule set with its versions, the latest first."""

    key: str
    versions: tuple[Version, ...]

    @property
    def is_shipped(self) -> bool:
        return all(version.row.is_shipped for version in self.versions)

    @property
    def latest(self) -> Version:
        """The latest version that stands; where all were taken back, the latest of those."""
        standing = [version for version in self.versions if not version.is_taken_back]
        return (standing or self.versions)[0]

    @property
    def is_usable(self) -> bool:
        return not self.latest.is_taken_back

    @property
    def name(self) -> str:
        return self.latest.book.name


def volumes() -> list[Volume]:
    """Return every rule set: the shipped ones first, then one's own in the order they were made."""
    by_key: defaultdict[str, list[Version]] = defaultdict(list)
    for row in RuleSet.objects.order_by("pk"):
        by_key[row.key].insert(0, Version(row, book_of(row)))
    found = [Volume(key, tuple(versions)) for key, versions in by_key.items()]
    return sorted(found, key=lambda volume: not volume.is_shipped)


def volume(key: str) -> Volume:
    """Return one rule set. Raises NoSuchRuleSet."""
    rows = RuleSet.objects.filter(key=key).order_by("-version")
    if not rows:
        raise NoSuchRuleSet(key)
    return Volume(key, tuple(Version(row, book_of(row)) for row in rows))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, and where it holds."""

    row: Choice
    place: Place

    def holds(self, on: date) -> bool:
        return not self.is_over(on) and self.row.first_day <= on

    def is_over(self, on: date) -> bool:
        """Tell whether it has ended, or was taken back."""
        ended = self.row.last_day is not None and self.row.last_day < on
        return ended or self.row.taken_back_at is not None

    def can_be_taken_back(self, on: date) -> bool:
        return self.row.taken_back_at is None and self.row.first_day > on

    @property
    def public(self) -> UUID:
        return self.row.public


def choices() -> list[Chosen]:
    """Return every choice there is or was, in the order in which they came to hold."""
    rows = Choice.objects.order_by("first_day", "pk")
    return [Chosen(row, place_of(row)) for row in rows]
