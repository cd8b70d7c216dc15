"""An instrument: questions that are asked in the same way each time, of a pupil, at home or at school.

It is data, in the shape of a FHIR R4 Questionnaire (`instrument_reading` reads it). What is answered is
a figure with its span, or words; never a judgement of what a child is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.factors import Field, Source
from samnarvaro.mapping.domain.mappings import Depth

Value = str | int | bool
Answers = Mapping[str, Value]

# What comes with the program begins with this; nobody else's does.
SHIPPED_PREFIX = "samnarvaro-"
LONGEST_TEXT_ANSWER, LONGEST_WHO = 2000, 80
MOST_IN_ONE_GO = 12  # questions on one page; more are asked group by group
# Who reads what was answered. Other agencies do not, whatever a consent lists.
READERS = frozenset(
    {
        Role.MENTOR, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL, Role.COUNSELLOR, Role.PSYCHOLOGIST,
        Role.SPECIAL_EDUCATOR,
    }
)  # fmt: skip


class Audience(StrEnum):
    """Who is asked."""

    PUPIL_YOUNGER = "pupil-younger"
    PUPIL_OLDER = "pupil-older"
    GUARDIAN = "guardian"
    SCHOOL = "school"


SOURCE_OF: dict[Audience, Source] = {
    Audience.PUPIL_YOUNGER: Source.CHILD,
    Audience.PUPIL_OLDER: Source.CHILD,
    Audience.GUARDIAN: Source.GUARDIAN,
    Audience.SCHOOL: Source.SCHOOL,
}


class State(StrEnum):
    """Where a version stands, in the words of the format. A published one is never changed."""

    DRAFT = "draft"
    PUBLISHED = "active"
    WITHDRAWN = "retired"


class Type(StrEnum):
    GROUP = "group"
    DISPLAY = "display"  # words to read, nothing to answer
    CHOICE = "choice"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"
    DATE = "date"


QUESTIONS = frozenset(Type) - {Type.GROUP, Type.DISPLAY}


class Operator(StrEnum):
    EXISTS = "exists"
    IS = "="
    IS_NOT = "!="
    MORE = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


class Behavior(StrEnum):
    """Whether one of several conditions is enough."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. Without a weight it counts as unanswered in a figure ('vet inte')."""

    code: str
    text: str
    weight: int | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When an item is asked: something about the answer to an earlier question."""

    question: str
    operator: Operator
    answer: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question, words to read, or a group of them. `field` is which of the five it asks about."""

    link: str
    type: Type
    text: str
    required: bool = False
    options: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()
    behavior: Behavior = Behavior.ANY
    least: int | None = None  # of an integer
    most: int | None = None
    field: Field | None = None
    picture: str = ""
    items: tuple["Item", ...] = ()

    @property
    def is_question(self) -> bool:
        return self.type in QUESTIONS

    def option(self, code: Value) -> Option | None:
        return next((each for each in self.options if each.code == code), None)


class Rule(StrEnum):
    """How a scale comes to its figure."""

    SUM = "sum"
    MEAN = "mean"
    NONE = "none"  # the questions belong together, and no figure is made of them


@dataclass(frozen=True, slots=True)
class Scale:
    """Questions that are reckoned together. With fewer than `least` of them answered, no figure."""

    key: str
    title: str
    rule: Rule
    questions: tuple[str, ...]
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One version of an instrument."""

    url: str
    name: str
    version: int
    title: str
    audience: Audience
    depth: Depth
    description: str = ""
    copyright: str = ""
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()

    @property
    def source(self) -> Source:
        return SOURCE_OF[self.audience]

    @property
    def is_shipped(self) -> bool:
        return self.name.startswith(SHIPPED_PREFIX)

    def all_items(self) -> Iterator[Item]:
        """Every item, in the order in which they are asked; a group before what stands in it."""
        yield from walk(self.items)

    def questions(self) -> list[Item]:
        return [item for item in self.all_items() if item.is_question]

    def steps(self) -> list[tuple[Item, ...]]:
        """The items of each page: all on one, or a long instrument group by group. What stands
        before the first group and between groups is asked with the group that follows.
        """
        if len(self.questions()) <= MOST_IN_ONE_GO:
            return [self.items]
        pages: list[tuple[Item, ...]] = []
        waiting: list[Item] = []
        for item in self.items:
            waiting.append(item)
            if item.type is Type.GROUP:
                pages.append(tuple(waiting))
                waiting = []
        return [*pages, tuple(waiting)] if waiting else pages


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from walk(item.items)


def fields_of(items: tuple[Item, ...], within: Field | None = None) -> dict[str, Field | None]:
    """Return which field each item asks about: its own, or that of the group it stands in."""
    found: dict[str, Field | None] = {}
    for item in items:
        field = item.field or within
        found[item.link] = field
        found |= fields_of(item.items, field)
    return found
