"""Holds the log against its seals, and the seals against checkpoints kept elsewhere.

What the chain shows by itself: a row that was changed, moved, taken away or dated back. That its end
was cut off, or that all of it was written anew, only a checkpoint shows, or the marks of a key.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from samnarvaro.audit.domain import chain

MOST_TOLD = 1000  # faults of a kind that are told one by one; all are counted
# A row tells when what it is about began, and is written when that is done: a long delivery takes
# its time. What is dated back by less than this is not seen to be.
LATE = timedelta(hours=2)
EARLY = timedelta(minutes=5)  # how far machines' clocks may differ


class Kind(StrEnum):
    """What is wrong with the log."""

    CHANGED = "changed"  # the row is not what was sealed: changed, or moved
    REMOVED = "removed"  # the seal's row is gone
    GAP = "gap"  # a seal is gone from the chain
    DATED_BACK = "dated_back"  # earlier than rows that were written before it
    DATED_AHEAD = "dated_ahead"  # later than when it was sealed
    CUT_OFF = "cut_off"  # the chain ends before the place that is known to have been reached
    WRITTEN_ANEW = "written_anew"  # the chain is not the one that the checkpoint saw
    FORGED = "forged"  # the key's mark on a seal is wrong, or gone
    NOT_SEALED = "not_sealed"  # a row that should have been sealed long ago


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: at which seal, and which row of which log, as far as known."""

    kind: Kind
    seal: int | None = None
    log: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the chain had come at a moment, kept outside the database."""

    number: int
    hashed: bytes
    at: str
    readings: int
    writings: int
    marked: bytes | None = None


class Sealed(NamedTuple):
    """A seal as it is stored; the moment as text."""

    number: int
    log: str
    row: int
    form: int
    sealed_at: str
    hashed: bytes
    marked: bytes | None


SealRow = tuple[int, str, int, int, str, bytes, bytes | None]  # the same, as it is read
Texts = Mapping[str, Mapping[int, str]]  # of rows, by log and id


@dataclass(slots=True)
class Verdict:
    """What the log came to. It is whole when nothing is wrong."""

    readings: int = 0
    writings: int = 0
    marked: int = 0
    checkpoints: int = 0
    waiting: int = 0  # rows that are still to be sealed, and young enough
    counts: Counter[Kind] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.counts

    @property
    def seals(self) -> int:
        return self.readings + self.writings

    def tell(self, fault: Fault) -> None:
        self.counts[fault.kind] += 1
        if self.counts[fault.kind] <= MOST_TOLD:
            self.faults.append(fault)


class Verifier:
    """Takes the seals in their order, each with its row, and tells what does not fit."""

    def __init__(self, *, keys: Sequence[bytes] = (), checkpoints: Iterable[Checkpoint] = ()):
        self.verdict = Verdict()
        self._keys = list(keys)
        self._points: dict[int, list[Checkpoint]] = {}
        for point in checkpoints:
            self._points.setdefault(point.number, []).append(point)
            self.verdict.checkpoints += 1
        self._number = 0
        self._hashed = chain.BEGINNING
        self._was_marked = False
        self._latest = {log.value: "" for log in chain.Log}
        self._taken = {log.value: 0 for log in chain.Log}

    def take(self, seals: Sequence[SealRow], texts: Texts) -> None:
        """Go through some seals. Nearly always all is well, which is soon seen; if it is not, what is
        wrong is looked for one by one.
        """
        if not self._are_well(seals, texts):
            for row in seals:
                self._take(Sealed(*row), texts)

    def _take(self, seal: Sealed, texts: Texts) -> None:
        self._number += 1
        if seal.number != self._number:
            self._tell(Kind.GAP, seal)
            self._number = seal.number
        text = texts[seal.log].get(seal.row)
        if text is None:
            self._tell(Kind.REMOVED, seal)
        else:
            self._hold(seal, text)
        if seal.marked is not None or self._was_marked:
            self._hold_mark(seal)
        self._hashed = seal.hashed
        if seal.number in self._points:
            self._hold_points(seal)
        self._taken[seal.log] += 1

    def _are_well(self, seals: Sequence[SealRow], texts: Texts) -> bool:
        """Hold all of them at once. When something does not fit, nothing has been taken."""
        numbers, logs, rows, forms, moments, hashes, marked = zip(*seals, strict=True)
        first = self._number + 1
        found = [texts[log].get(row) for log, row in zip(logs, rows, strict=True)]
        if numbers != tuple(range(first, first + len(numbers))) or None in found:
            return False
        whole = [text for text in found if text is not None]
        facts = zip(numbers, logs, forms, moments, whole, strict=True)
        if chain.seals((self._hashed, *hashes[:-1]), facts) != list(hashes):
            return False
        latest = self._latest_after(logs, whole, moments)
        if latest is None or not self._marks_are_well(hashes, marked):
            return False
        self._number, self._hashed, self._latest = numbers[-1], hashes[-1], latest
        self._taken = {log: count + logs.count(log) for log, count in self._taken.items()}
        for number in sorted(self._points.keys() & set(numbers)):
            self._hold_points(Sealed(*seals[number - first]))
        return True

    def _latest_after(
        self, logs: Sequence[str], texts: Sequence[str], moments: Sequence[str]
    ) -> dict[str, str] | None:
        """Return the latest time of each log after these rows; None when one is dated back or ahead."""
        latest = dict(self._latest)
        for log, text, sealed_at in zip(logs, texts, moments, strict=True):
            at = chain.time_of(text)
            if at >= latest[log]:
                latest[log] = at
            elif _is_dated_back(at, latest[log]):
                return None
            if at > sealed_at and _is_dated_ahead(at, sealed_at):
                return None
        return latest

    def _marks_are_well(self, hashes: Sequence[bytes], marked: Sequence[bytes | None]) -> bool:
        if not self._was_marked and not any(marked):
            return True
        if None in marked or (self._keys and chain.marks(self._keys[0], hashes) != list(marked)):
            return False
        self._was_marked = True
        self.verdict.marked += len(marked)
        return True

    def _hold(self, seal: Sealed, text: str) -> None:
        number, log, _row, form, sealed_at, hashed, _marked = seal
        whole = chain.content(number, log, form, sealed_at, text)
        if chain.seal(self._hashed, whole) != hashed:
            self._tell(Kind.CHANGED, seal)
            return
        at, latest = chain.time_of(text), self._latest[log]
        if at >= latest:
            self._latest[log] = at
        elif _is_dated_back(at, latest):
            self._tell(Kind.DATED_BACK, seal)
        if at > sealed_at and _is_dated_ahead(at, sealed_at):
            self._tell(Kind.DATED_AHEAD, seal)

    def _hold_mark(self, seal: Sealed) -> None:
        """Once a key has been in use, every later seal bears its mark, or that of one before it."""
        self._was_marked = True
        if seal.marked is not None and not self._keys:
            self.verdict.marked += 1  # there, and nobody here can tell whether it is right
            return
        for place, key in enumerate(self._keys):
            if seal.marked == chain.mark(key, seal.hashed):
                self._keys.insert(0, self._keys.pop(place))  # the next one is likely of the same
                self.verdict.marked += 1
                return
        self._tell(Kind.FORGED, seal)

    def _hold_points(self, seal: Sealed) -> None:
        for point in self._points.pop(seal.number):
            if point.hashed != seal.hashed:
                self._tell(Kind.WRITTEN_ANEW, seal)
            if self._keys and point.marked is not None:
                signed = {chain.mark(key, point.hashed) for key in self._keys}
                if point.marked not in signed:
                    self._tell(Kind.FORGED, seal)

    def _tell(self, kind: Kind, seal: Sealed) -> None:
        self.verdict.tell(Fault(kind, seal.number, seal.log, seal.row))

    def end(self, *, reached: int, unsealed: Iterable[tuple[str, int]], waiting: int) -> Verdict:
        """Close: how far the chain should reach, which rows lie unsealed too long, and how many wait."""
        if reached > self._number:
            self.verdict.tell(Fault(Kind.CUT_OFF, reached))
        for number in sorted(self._points):
            for _point in self._points[number]:
                self.verdict.tell(
                    Fault(Kind.CUT_OFF if number > self._number else Kind.GAP, number)
                )
        for log, row in unsealed:
            self.verdict.tell(Fault(Kind.NOT_SEALED, None, log, row))
        self.verdict.readings = self._taken[chain.Log.READING]
        self.verdict.writings = self._taken[chain.Log.WRITING]
        self.verdict.waiting = waiting
        return self.verdict


def _is_dated_back(at: str, latest: str) -> bool:
    return _read(at) < _read(latest) - LATE


def _is_dated_ahead(at: str, sealed_at: str) -> bool:
    return _read(at) > _read(sealed_at) + EARLY


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
