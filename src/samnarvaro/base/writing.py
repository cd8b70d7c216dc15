"""Figures and days that a page writes hundreds of times, and the next page again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from django.utils.translation import get_language

P = ParamSpec("P")
_MOST = 10_000


def remembered(write: Callable[P, str]) -> Callable[P, str]:
    """Let a function that writes a figure or a day remember its words, by what it was given and the
    language. Only for what says nothing of anybody: numbers, days, forms that nothing is written in.
    """

    @lru_cache(maxsize=_MOST)
    def in_language(_language: str | None, *args: P.args, **named: P.kwargs) -> str:
        return write(*args, **named)

    @wraps(write)
    def written(*args: P.args, **named: P.kwargs) -> str:
        return in_language(get_language(), *args, **named)  # type: ignore[arg-type]  # numbers and days have a hash

    return written
