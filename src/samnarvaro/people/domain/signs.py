"""What in a text may tell who somebody is: for texts that are to be about nobody who is named."""

import re
from collections.abc import Iterable
from enum import StrEnum

FEWEST_DIGITS = 6


class Sign(StrEnum):
    """What may tell who somebody is."""

    NUMBER = "number"  # six digits or more, as in a personal or telephone number
    ADDRESS = "address"  # of mail
    NAME = "name"  # of the pupil, a guardian, the school, the class


_DIGITS = re.compile(rf"\d(?:[\s\-+]?\d){{{FEWEST_DIGITS - 1},}}")
_MAIL = re.compile(r"\S+@\S+")


def signs(text: str, *, names: Iterable[str]) -> list[Sign]:
    """Return what in a text may tell whom it is about. `names` are those that must not stand there."""
    words = set(re.findall(r"[^\W_]+", text.casefold()))
    told = {part for name in names for part in re.findall(r"[^\W_]+", name.casefold())}
    found = {
        Sign.NUMBER: bool(_DIGITS.search(text)),
        Sign.ADDRESS: bool(_MAIL.search(text)),
        Sign.NAME: any(_is_one_of(word, told) for word in words),
    }
    return [sign for sign, holds in found.items() if holds]


def _is_one_of(word: str, told: set[str]) -> bool:
    """A name, also with the s of a genitive behind it."""
    return any(word in (name, f"{name}s") for name in told if len(name) > 1)
