"""What a roster says of a pupil, what that makes of what is held, and when it takes away too much."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.stays import Place

LEAST_REMOVED = 10
MOST_PERCENT_REMOVED = 10


def is_mass_removal(removed: int, enrolled: int) -> bool:
    """Tell whether so many of those enrolled would go that a person is to be asked first.

    More than ten in a hundred, and at least ten: a small school may lose nine pupils in a day.
    """
    return removed >= LEAST_REMOVED and removed * 100 > MOST_PERCENT_REMOVED * enrolled


@dataclass(frozen=True, slots=True)
class Person:
    """What a roster may say of a pupil as a person. Empty means that nothing is said."""

    given_name: str = ""
    family_name: str = ""
    identity_number: str = ""
    birth_date: date | None = None
    legal_sex: str = ""
    home_municipality: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.given_name or self.family_name)

    def told(self, said: "Person") -> "Person":
        """Return the person once a roster has spoken. What it leaves out stays; a name is whole."""
        named = said if said.is_named else self
        return Person(
            given_name=named.given_name,
            family_name=named.family_name,
            identity_number=said.identity_number or self.identity_number,
            birth_date=said.birth_date or self.birth_date,
            legal_sex=said.legal_sex or self.legal_sex,
            home_municipality=said.home_municipality or self.home_municipality,
        )

    def beside(self, held: "Person") -> "Person":
        """Return what an older roster adds to what is held: only that of which nothing is known."""
        return Person(
            given_name="" if held.is_named else self.given_name,
            family_name="" if held.is_named else self.family_name,
            identity_number="" if held.identity_number else self.identity_number,
            birth_date=None if held.birth_date else self.birth_date,
            legal_sex="" if held.legal_sex else self.legal_sex,
            home_municipality="" if held.home_municipality else self.home_municipality,
        )

    def unnamed(self) -> "Person":
        """Return what may be held of a pupil with protected personal data."""
        return Person(birth_date=self.birth_date, legal_sex=self.legal_sex)


ExternalId = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a roster: who, where, and how the row says that the person is protected."""

    line: int
    pupil_id: str
    unit: str
    place: Place
    person: Person
    level: Level = Level.NONE
    unit_name: str = ""
    external_ids: tuple[ExternalId, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """A pupil may go to two units; twice at the same one is a duplicate."""
        return self.pupil_id, self.unit

    def says_the_same_as(self, other: "Row") -> bool:
        return replace(self, line=0) == replace(other, line=0)


def claims_settled(claims: Iterable[tuple[str, str]], held: dict[str, str]) -> set[str]:
    """Return the pupils that may not have what they claim, since it belongs to another pupil.

    A claim is (pupil, number). `held` tells whose a number is so far. A pupil who in the same file
    gets another number gives the old one up; the others keep theirs. Of two new claims the first
    holds.
    """
    asked = dict(claims)
    refused: set[str] = set()
    while True:
        owner = {number: pupil for number, pupil in held.items() if _keeps(pupil, asked, number)}
        late = set()
        for pupil, number in asked.items():
            if owner.setdefault(number, pupil) != pupil:
                late.add(pupil)
        if not late:
            return refused
        # Who is refused keeps what it had, which may be what yet another one claims.
        refused |= late
        asked = {pupil: number for pupil, number in asked.items() if pupil not in late}


def _keeps(pupil: str, asked: dict[str, str], number: str) -> bool:
    return asked.get(pupil, number) == number
