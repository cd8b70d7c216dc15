"""What can be wrong with an instrument as data. Each fault says at which item, in which part, and what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_LINE, LONGEST_PARAGRAPH = 300, 2000


class Wrong(StrEnum):
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    NOT_A_QUESTIONNAIRE = "not_a_questionnaire"
    MISSING = "missing"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_LIST = "not_a_list"
    NOT_A_KEY = "not_a_key"
    NOT_KNOWN = "not_known"  # a word that is none of those there are
    NOT_READ = "not_read"  # a part of the format that is not read here
    TWICE = "twice"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    NO_QUESTIONS = "no_questions"
    OPTIONS_NEEDED = "options_needed"
    NOT_HERE = "not_here"  # it belongs to another type of item
    NO_SUCH_QUESTION = "no_such_question"
    NOT_BEFORE = "not_before"  # a condition on what is asked later
    ANSWER_DOES_NOT_FIT = "answer_does_not_fit"
    NOT_COUNTED = "not_counted"  # a question in a scale that has no weights
    LEAST_OUT_OF_REACH = "least_out_of_reach"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    RESERVED = "reserved"  # a name that what comes with the program has
    THERE_ALREADY = "there_already"  # a version that is published, or was


@dataclass(frozen=True, slots=True)
class Fault:
    """`link` is the item (link id), or of nothing when it is about the whole; `line` is of the text."""

    link: str
    part: str
    wrong: Wrong
    said: str = ""
    line: int = 0


class NotAnInstrument(Exception):
    """Carries every fault at once, in the order of the text."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(
            ", ".join(f"{each.link}.{each.part}: {each.wrong}" for each in self.faults)
        )


class Notes:
    """Faults as they are found, at one item after another."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def note(self, link: str, part: str, wrong: Wrong, said: object = "") -> None:
        self.faults.append(Fault(link, part, wrong, str(said)[:60] if is_plain(str(said)) else ""))

    def text(
        self, told: Mapping[str, Any], part: str, *, at: str, needed: bool = True,
        longest: int = LONGEST_LINE,
    ) -> str:  # fmt: skip
        """Read a text; of one that is missing or wrong, nothing."""
        value = told.get(part)
        if value is None or (isinstance(value, str) and not value.strip()):
            if needed:
                self.note(at, part, Wrong.MISSING)
        elif not isinstance(value, str) or not is_plain(value):
            self.note(at, part, Wrong.NOT_TEXT)
        elif len(value) > longest:
            self.note(at, part, Wrong.TOO_LONG, longest)
        else:
            return value.strip()
        return ""

    def number(self, value: Any, part: str, *, at: str) -> int | None:
        """Read a whole number that a database holds."""
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 1_000_000:
            self.note(at, part, Wrong.NOT_A_NUMBER)
            return None
        return value

    def several(self, told: Mapping[str, Any], part: str, *, at: str) -> list[Mapping[str, Any]]:
        """Read a list of things; what is missing is an empty one."""
        value = told.get(part, [])
        if isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
            return value
        self.note(at, part, Wrong.NOT_A_LIST)
        return []

    def parts(self, told: Mapping[str, Any], known: frozenset[str], *, at: str) -> None:
        """Note every part that is not read here: what is not understood is not passed over."""
        for part in told:
            if part not in known and not part.startswith("_"):
                self.note(at, part if is_plain(part) else "?", Wrong.NOT_READ)


def is_plain(text: str) -> bool:
    """Tell whether a text has nothing but signs, spaces and new lines: every database keeps those."""
    return all(sign.isprintable() or sign in "\n\t" for sign in text)
