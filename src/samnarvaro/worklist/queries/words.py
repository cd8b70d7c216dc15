"""How the rooms that raise rows say why there is one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from samnarvaro.kernel.access import Role
from samnarvaro.kernel.privacy import DataClass


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
    tells: frozenset[DataClass]


_words: dict[str, Words] = {}


def register_words(
    kind: str,
    sentence: Sentence,
    explain: Explain | None = None,
    label: str | Promise = "",
    *,
    tells: frozenset[DataClass] = frozenset(),
) -> None:
    """Let the room that raises rows of a kind say why, in words and figures.

    ANY_KIND is for rows of which no room has said anything. `label` is what the kind is called
    where one chooses among rows, `tells` which classes of the pupil's data the sentence is of
    besides name and attendance.
    """
    _words[kind] = Words(sentence, explain, label, tells)


def words_of(kind: str) -> Words:
    return _words.get(kind) or _words[ANY_KIND]


def label_of(kind: str) -> str:
    """Return what rows of a kind are called."""
    return str(words_of(kind).label or _words[ANY_KIND].label)


# The label and address of the page where a row about a pupil, a class or a school (public id) is done.
Way = Callable[[Figures, UUID], tuple[str, str]]
_ways: dict[str, Way] = {}
_clearers: dict[str, frozenset[Role]] = {}


def register_way(kind: str, way: Way, *, clears_for: frozenset[Role] = frozenset()) -> None:
    """Let the room that raises rows of a kind have them done on a page of its own.

    For the roles in `clears_for` they are cleared there alone: it asks for more than words.
    """
    _ways[kind] = way
    _clearers[kind] = clears_for


def is_cleared_on_its_page(kind: str, role: Role | None) -> bool:
    return role in _clearers.get(kind, ())


def way_of(kind: str) -> Way | None:
    return _ways.get(kind)
