"""A well-being survey: what is asked, of which classes, between which days; and what may be shown of it.

Nobody's answer is kept. Each is added to the sums of its class, so that there is nothing to link.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Role

FEWEST_LETTERS = 3
LONGEST_TITLE = 100
LONGEST_QUESTION = 160
MOST_QUESTIONS = 15
LONGEST_PERIOD = 60  # calendar days, both ends counted
FEWEST_ANSWERS = 5  # of what is shown, and of what can be reckoned from it
RESERVE = 2  # slips beyond the pupils of a class: one gets lost, and nobody need be told apart

# Who makes a survey: those who answer for the school, and its student health.
MAKERS = frozenset(
    {
        Role.PRINCIPAL,
        Role.DEPUTY_PRINCIPAL,
        Role.COUNSELLOR,
        Role.PSYCHOLOGIST,
        Role.SPECIAL_EDUCATOR,
    }
)
# Who reads results: a mentor those of its own class and the school, the authority no class.
READERS = MAKERS | {Role.MENTOR, Role.AUTHORITY_OFFICER}


class Answer(StrEnum):
    """A scale of four, and the right not to say. The first two are good news."""

    ALWAYS = "always"
    OFTEN = "often"
    SELDOM = "seldom"
    NEVER = "never"
    UNSAID = "unsaid"


ANSWERS = tuple(Answer)
GOOD = (Answer.ALWAYS, Answer.OFTEN)


class Item(StrEnum):
    """The questions that come with the program: of how school is, never of the child or its home."""

    SAFE_LESSONS = "safe_lessons"
    SAFE_BREAKS = "safe_breaks"
    SAFE_BETWEEN = "safe_between"
    COMPANY = "company"
    KINDNESS = "kindness"
    ADULT_LISTENS = "adult_listens"
    HELP = "help"
    CALM = "calm"
    LUNCH = "lunch"
    MORNING = "morning"
    SAY = "say"
    LIKES = "likes"


class Standing(StrEnum):
    """How far a survey has come on a day."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class Fault(StrEnum):
    TITLE = "title"
    TITLE_TOO_LONG = "title_too_long"
    OPENS = "opens"
    CLOSES = "closes"
    CLOSES_TOO_EARLY = "closes_too_early"
    CLOSES_PAST = "closes_past"
    TOO_LONG_OPEN = "too_long_open"
    NO_QUESTION = "no_question"
    TOO_MANY_QUESTIONS = "too_many_questions"
    QUESTION_TOO_SHORT = "question_too_short"
    QUESTION_TOO_LONG = "question_too_long"
    ASKED_TWICE = "asked_twice"
    NO_CLASS = "no_class"
    NAMES_A_PUPIL = "names_a_pupil"
    NOT_A_DRAFT = "not_a_draft"
    NOT_OPEN = "not_open"
    TOO_MANY_SLIPS = "too_many_slips"
    NO_SLIPS = "no_slips"


@dataclass(frozen=True, slots=True)
class Question:
    """One that comes with the program, or one in the school's own words."""

    item: Item | None = None
    words: str = ""

    @property
    def same_as(self) -> str:
        """What two surveys have in common when they asked the same."""
        return self.item.value if self.item else self.words.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A survey as somebody wants it; `groups` are the classes (ids) that are asked."""

    title: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    questions: tuple[Question, ...] = ()
    groups: frozenset[int] = frozenset()


def faults(wanted: Wanted, *, on: date) -> list[Fault]:
    """Return everything that stops a survey from being kept as a draft, and from being opened."""
    return [
        *_in_title(wanted.title.strip()),
        *_in_days(wanted.opens_on, wanted.closes_on, on),
        *_in_questions(wanted.questions),
        *([] if wanted.groups else [Fault.NO_CLASS]),
    ]


def _in_title(title: str) -> list[Fault]:
    if _letters(title) < FEWEST_LETTERS:
        return [Fault.TITLE]
    return [Fault.TITLE_TOO_LONG] if len(title) > LONGEST_TITLE else []


def _in_days(opens: date | None, closes: date | None, on: date) -> list[Fault]:
    missing = {Fault.OPENS: opens is None, Fault.CLOSES: closes is None}
    if opens is None or closes is None:
        return [fault for fault, holds in missing.items() if holds]
    if closes < opens:
        return [Fault.CLOSES_TOO_EARLY]
    if closes < on:
        return [Fault.CLOSES_PAST]
    return [Fault.TOO_LONG_OPEN] if (closes - opens).days >= LONGEST_PERIOD else []


def _in_questions(questions: Sequence[Question]) -> list[Fault]:
    own = [each.words.strip() for each in questions if each.item is None]
    asked = Counter(each.same_as for each in questions)
    found = {
        Fault.NO_QUESTION: not questions,
        Fault.TOO_MANY_QUESTIONS: len(questions) > MOST_QUESTIONS,
        Fault.QUESTION_TOO_SHORT: any(_letters(words) < FEWEST_LETTERS for words in own),
        Fault.QUESTION_TOO_LONG: any(len(words) > LONGEST_QUESTION for words in own),
        Fault.ASKED_TWICE: any(times > 1 for times in asked.values()),
    }
    return [fault for fault, holds in found.items() if holds]


def _letters(text: str) -> int:
    return sum(sign.isalpha() for sign in text)


def standing(
    *, is_draft: bool, opens_on: date, closes_on: date, closed_on: date | None, on: date
) -> Standing:
    """Return how far a survey has come. Its first and last day are days of it."""
    if is_draft:
        return Standing.DRAFT
    if closed_on is not None or on > closes_on:
        return Standing.CLOSED
    return Standing.COMING if on < opens_on else Standing.OPEN


def most_slips(*, pupils: int, answered: int) -> int:
    """How many slips may be out in a class: one for each who has not answered, and a few in reserve."""
    return max(0, pupils - answered) + RESERVE


@dataclass(frozen=True, slots=True)
class Answered:
    """A class (id) that was asked, its year, and how many answered."""

    group: int
    grade: str
    answers: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Of whom results may be shown: the school as a whole, years, classes (ids)."""

    school: bool = False
    grades: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()


def shown(classes: Collection[Answered]) -> Shown:
    """Choose of whom results are shown, the same for every reader.

    Nothing that is shown, and nothing that is left when one takes what is shown from what holds it,
    tells of one to four answers. It takes three steps: a class needs five; in each year what is left
    beside its classes needs five or none, or the next smallest class goes too; and likewise what is
    left beside the years.
    """
    if sum(each.answers for each in classes) < FEWEST_ANSWERS:
        return Shown()
    years: dict[str, _Year] = {}
    for each in classes:
        years.setdefault(each.grade, _Year()).take(each)
    for year in years.values():
        year.keep_enough_aside()
    aside = sum(year.answers for year in years.values() if not year.is_shown)
    if 0 < aside < FEWEST_ANSWERS:
        least = min((g for g in years if years[g].is_shown), key=lambda g: (years[g].answers, g))
        years[least].go_aside()
    return Shown(
        True,
        frozenset(grade for grade, year in years.items() if year.is_shown),
        frozenset(each.group for year in years.values() for each in year.seen),
    )


class _Year:
    """The classes of a year: those seen, the smallest first, and how many answers lie beside them."""

    def __init__(self) -> None:
        self.seen: list[Answered] = []
        self.aside = 0

    @property
    def answers(self) -> int:
        return self.aside + sum(each.answers for each in self.seen)

    @property
    def is_shown(self) -> bool:
        return self.answers >= FEWEST_ANSWERS and not self._is_aside

    _is_aside = False

    def take(self, each: Answered) -> None:
        if each.answers >= FEWEST_ANSWERS:
            self.seen.append(each)
            self.seen.sort(key=lambda one: (one.answers, one.group))
        else:
            self.aside += each.answers

    def keep_enough_aside(self) -> None:
        if 0 < self.aside < FEWEST_ANSWERS and self.seen:
            self.aside += self.seen.pop(0).answers

    def go_aside(self) -> None:
        """No longer be shown as a year; with a class of its own left beside, if there is none yet."""
        if not self.aside:
            self.aside += self.seen.pop(0).answers
        self._is_aside = True
