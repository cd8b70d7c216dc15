"""Words that label or blame, marked where somebody writes of a child, with what to write instead.

A mark is advice: it stops nothing. The list is data, in a file that the script which marks while
somebody writes reads as well (static/base/fields.js).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "static/base/plain-words.txt"
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Advice:
    """How a word begins, whether it is that word alone, and what to write instead."""

    stem: str
    whole: bool
    instead: str

    def is_about(self, word: str) -> bool:
        word = word.casefold()
        return word == self.stem if self.whole else word.startswith(self.stem)


@dataclass(frozen=True, slots=True)
class Mark:
    word: str
    instead: str


@cache
def advices() -> tuple[Advice, ...]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


def _read(line: str) -> Advice:
    stem, _, instead = line.partition(":")
    return Advice(stem.removesuffix("."), stem.endswith("."), instead.strip())


def marks(text: str) -> list[Mark]:
    """Return each word of the text that there is advice about, once, in the order of the text."""
    found = {
        word.casefold(): Mark(word, advice.instead)
        for word in reversed(WORD.findall(text))
        for advice in advices()
        if advice.is_about(word)
    }
    return list(reversed(found.values()))
