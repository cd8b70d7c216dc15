"""The month's review: how many readings are drawn by lot and how, and what a reviewer may find."""

import hashlib
import math
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

LEAST, SHARE = 20, 0.02
LONGEST_WORDS = 1000


class Verdict(StrEnum):
    """What a reviewer came to. The latest of a reading holds."""

    FINE = "fine"
    ASK = "ask"  # the reader, or its head, is to be asked
    REPORT = "report"  # handed on: unit head, data protection officer, police


class CannotFind(StrEnum):
    """Why a finding is not taken."""

    OWN_READING = "own_reading"
    WORDS_MISSING = "words_missing"
    WORDS_TOO_LONG = "words_too_long"


def sample_size(readings: int) -> int:
    """Return how many are drawn: two in a hundred, at least twenty, and never more than there are."""
    return min(readings, max(LEAST, math.ceil(readings * SHARE)))


def drawn(readings: Iterable[int], seed: str, count: int) -> list[int]:
    """Draw by lot: each reading's place is its hash with the seed, so that all can be drawn again.

    The seed comes from the chain of the log as it stood: nobody chose it, and nobody can have known
    it when the readings were made.
    """
    places = sorted(readings, key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).digest())
    return sorted(places[:count])


def against(verdict: Verdict, words: str, *, is_own: bool) -> list[CannotFind]:
    """Return all that speaks against a finding. Nobody reviews what it has read itself."""
    reasons = {
        CannotFind.OWN_READING: is_own,
        CannotFind.WORDS_MISSING: verdict is not Verdict.FINE and not words.strip(),
        CannotFind.WORDS_TOO_LONG: len(words) > LONGEST_WORDS,
    }
    return [reason for reason, holds in reasons.items() if holds]


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    return month_of(month_of(month) + timedelta(days=32))
