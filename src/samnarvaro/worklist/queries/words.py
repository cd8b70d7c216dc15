"""How the rooms that raise rows say why there is one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind a row's figures, line by line; a line without text is not shown."""

    rule: str = ""
    window: str = ""
    denominator: str = ""
    fresh: str = ""
    unreported: str = ""


Figures = Mapping[str, Any]
Sentence = Callable[[Figures], str]
Explain = Callable[[Figures], Explanation]

ANY_KIND = ""


@dataclass(frozen=True, slots=True)
class Words:
    sentence: Sentence
    explain: Explain | None
    label: str | Promise


_words: dict[str, Words] = {}


def register_words(
    kind: str, sentence: Sentence, explain: Explain | None = None, label: str | Promise = ""
) -> None:
    """Let the room that raises rows of a kind say why, in words and figures.

    ANY_KIND is for rows of which no room has said anything. `label` is what the kind is called
    where one chooses among rows.
    """
    _words[kind] = Words(sentence, explain, label)


def words_of(kind: str) -> Words:
    return _words.get(kind) or _words[ANY_KIND]


def label_of(kind: str) -> str:
    """Return what rows of a kind are called."""
    return str(words_of(kind).label or _words[ANY_KIND].label)


# The label and address of the page where a row about a pupil (public id) is done.
Way = Callable[[Figures, UUID], tuple[str, str]]
_ways: dict[str, Way] = {}


def register_way(kind: str, way: Way) -> None:
    """Let the room that raises rows of a kind have them done on a page of its own."""
    _ways[kind] = way


def way_of(kind: str) -> Way | None:
    return _ways.get(kind)
