"""A round: the pupils of a list, gone through one by one in a meeting.

Kept in the viewer's own session, as ids. Whom it shows is asked anew at each step: who has gone out
of the viewer's sight since the round began is passed by without a trace. A pupil with protected
personal data is in no round, not even a named handler's: others look at the same screen.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

_KEPT = "rounds"
_MOST_ROUNDS = 5
MOST_PUPILS = 300
LONGEST_TITLE = 120
Kept = MutableMapping[str, Any]


class NoSuchRound(Exception):
    """The session keeps no such round."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is kept: which list it was, where it lies, whom it holds (public ids) in what order."""

    key: UUID
    title: str
    back: str
    pupils: tuple[UUID, ...]
    seen: frozenset[UUID]
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in a round, among those who are there now."""

    number: int
    of: int
    before: UUID | None
    after: UUID | None


def begin(kept: Kept, *, title: str, back: str, pupils: Iterable[UUID], at: datetime) -> Round:
    """Keep a new round; the oldest of many is forgotten."""
    once = tuple(dict.fromkeys(pupils))[:MOST_PUPILS]
    new = Round(uuid4(), title[:LONGEST_TITLE], back, once, frozenset(), at)
    rounds = dict(list(kept.get(_KEPT, {}).items())[-(_MOST_ROUNDS - 1) :])
    rounds[str(new.key)] = {
        "title": new.title,
        "back": back,
        "pupils": [str(pupil) for pupil in once],
        "seen": [],
        "began_at": at.isoformat(),
    }
    kept[_KEPT] = rounds
    return new


def get(kept: Kept, key: UUID) -> Round:
    """Return a round of the session. Raises NoSuchRound."""
    found = kept.get(_KEPT, {}).get(str(key))
    if found is None:
        raise NoSuchRound
    return Round(
        key=key,
        title=found["title"],
        back=found["back"],
        pupils=tuple(UUID(pupil) for pupil in found["pupils"]),
        seen=frozenset(UUID(pupil) for pupil in found["seen"]),
        began_at=datetime.fromisoformat(found["began_at"]),
    )


def see(kept: Kept, of: Round, pupil: UUID) -> None:
    """Remember that a pupil has been looked at in the round."""
    if pupil in of.seen:
        return
    rounds = kept[_KEPT]
    rounds[str(of.key)]["seen"].append(str(pupil))
    kept[_KEPT] = rounds


def place_of(pupil: UUID, here: Sequence[UUID]) -> Place:
    """Tell where a pupil stands among those who are in the round now."""
    index = here.index(pupil)
    return Place(
        number=index + 1,
        of=len(here),
        before=here[index - 1] if index else None,
        after=here[index + 1] if index + 1 < len(here) else None,
    )


def next_after(pupil: UUID, of: Round, here: Sequence[UUID]) -> UUID | None:
    """Return the first who is there now and stands behind a pupil that is not."""
    there = set(here)
    behind = of.pupils[of.pupils.index(pupil) + 1 :]
    return next((each for each in behind if each in there), None)


def parsed(sent: Iterable[str]) -> Iterator[UUID]:
    """Read ids as they were sent; what is no id is nobody's."""
    for text in sent:
        try:
            yield UUID(text)
        except ValueError:
            continue
