"""What draws, pushes and holds a pupil between home and school: five fields of factors.

The pupil is seen in the system around it. A factor is something that happens, told by somebody in
plain words; it is never what a child is. The order below is that of the pictures and tables.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

LEAST_STRENGTH, MOST_STRENGTH = 1, 3
FEWEST_LETTERS, LONGEST_WORDS = 3, 400
MOST_FACTORS = 60  # in one mapping: enough for four sources, and a picture that can be read


class Field(IntEnum):
    """Between which places a factor moves the pupil."""

    FROM_HOME = 1  # draws out from home
    TO_SCHOOL = 2  # draws to school
    FROM_SCHOOL = 3  # pushes away from school
    AT_HOME = 4  # makes go home or stay there
    OWN = 5  # the pupil's own abilities and conditions


class Direction(StrEnum):
    TOWARD = "toward"
    AWAY = "away"
    NEITHER = "neither"  # an own factor that is told of, and moves nowhere by itself


class Source(StrEnum):
    """Who says so. The child comes first, everywhere."""

    CHILD = "child"
    GUARDIAN = "guardian"
    SCHOOL = "school"
    OTHER = "other"  # another agency


class Kind(StrEnum):
    """Factors that research and practice have found again and again, and one open in each field."""

    ROUTINES = "routines"
    GOOD_IMAGE = "good_image"
    GUARDIANS_SUPPORTED = "guardians_supported"
    OTHER_FROM_HOME = "other_from_home"
    CLIMATE = "climate"
    BELONGING = "belonging"
    OTHER_TO_SCHOOL = "other_to_school"
    VIOLATED = "violated"
    ADAPTATION_MISSING = "adaptation_missing"
    STRESSFUL_PLACE = "stressful_place"
    OTHER_FROM_SCHOOL = "other_from_school"
    NETWORK_MISSING = "network_missing"
    TIME_MISSING = "time_missing"
    SOCIAL_TROUBLE = "social_trouble"
    CLOSENESS = "closeness"
    OTHER_AT_HOME = "other_at_home"
    OWN = "own"


KINDS: dict[Field, tuple[Kind, ...]] = {
    Field.FROM_HOME: (
        Kind.ROUTINES, Kind.GOOD_IMAGE, Kind.GUARDIANS_SUPPORTED, Kind.OTHER_FROM_HOME,
    ),
    Field.TO_SCHOOL: (Kind.CLIMATE, Kind.BELONGING, Kind.OTHER_TO_SCHOOL),
    Field.FROM_SCHOOL: (
        Kind.VIOLATED, Kind.ADAPTATION_MISSING, Kind.STRESSFUL_PLACE, Kind.OTHER_FROM_SCHOOL,
    ),
    Field.AT_HOME: (
        Kind.NETWORK_MISSING, Kind.TIME_MISSING, Kind.SOCIAL_TROUBLE, Kind.CLOSENESS,
        Kind.OTHER_AT_HOME,
    ),
    Field.OWN: (Kind.OWN,),
}  # fmt: skip
FIELD_OF: dict[Kind, Field] = {kind: field for field, kinds in KINDS.items() for kind in kinds}
# Where a field moves the pupil. Its own factors go where the one who tells of them says.
DIRECTION_OF: dict[Field, Direction] = {
    Field.FROM_HOME: Direction.TOWARD,
    Field.TO_SCHOOL: Direction.TOWARD,
    Field.FROM_SCHOOL: Direction.AWAY,
    Field.AT_HOME: Direction.AWAY,
}


class Fault(StrEnum):
    """What stops a factor from being put into a mapping."""

    KIND = "kind"
    SOURCE = "source"
    STRENGTH = "strength"
    DIRECTION = "direction"
    WORDS = "words"
    WORDS_TOO_LONG = "words_too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A factor as somebody wrote it down; None is what was left out."""

    kind: Kind | None
    source: Source | None
    strength: int | None
    direction: Direction | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One thing that one source says, with how strong it is."""

    kind: Kind
    source: Source
    strength: int
    direction: Direction
    words: str

    @property
    def field(self) -> Field:
        return FIELD_OF[self.kind]


def direction_of(kind: Kind, said: Direction | None) -> Direction | None:
    """Return where a factor moves the pupil: as its field does, or, for an own one, as is said."""
    return DIRECTION_OF.get(FIELD_OF[kind], said)


def faults(told: Told, *, held: int) -> list[Fault]:
    """Return everything that stops a factor from being put into a mapping that has so many."""
    in_range = told.strength is not None and LEAST_STRENGTH <= told.strength <= MOST_STRENGTH
    found = {
        Fault.KIND: told.kind is None,
        Fault.SOURCE: told.source is None,
        Fault.STRENGTH: not in_range,
        Fault.DIRECTION: told.kind is not None and direction_of(told.kind, told.direction) is None,
        Fault.WORDS: sum(sign.isalpha() for sign in told.words) < FEWEST_LETTERS,
        Fault.WORDS_TOO_LONG: len(told.words.strip()) > LONGEST_WORDS,
        Fault.TOO_MANY: held >= MOST_FACTORS,
    }
    return [fault for fault, holds in found.items() if holds]


@dataclass(frozen=True, slots=True)
class Row:
    """What every source says of one thing, side by side. Nothing is weighed together."""

    kind: Kind
    said: dict[Source, tuple[Factor, ...]]

    @property
    def field(self) -> Field:
        return FIELD_OF[self.kind]

    @property
    def factors(self) -> tuple[Factor, ...]:
        return tuple(factor for source in Source for factor in self.said.get(source, ()))

    @property
    def differs(self) -> bool:
        """Tell whether those who speak of it see it differently: not as strong, or another way."""
        views = {
            frozenset((each.strength, each.direction) for each in factors)
            for factors in self.said.values()
        }
        return len(views) > 1

    def is_alone(self, heard: Collection[Source]) -> bool:
        """Tell whether one source speaks of it, of several that were heard."""
        return len(self.said) == 1 and len(heard) > 1


def heard(factors: Iterable[Factor]) -> list[Source]:
    """Return the sources that say something, the child first."""
    spoke = {factor.source for factor in factors}
    return [source for source in Source if source in spoke]


def side_by_side(factors: Iterable[Factor]) -> list[Row]:
    """Put what is said of the same thing in one row, field by field, in the order it was told."""
    told = list(factors)
    rows = []
    for kind in FIELD_OF:
        own = [factor for factor in told if factor.kind is kind]
        if own:
            said = {
                source: tuple(factor for factor in own if factor.source is source)
                for source in heard(own)
            }
            rows.append(Row(kind, said))
    return rows
