"""Figures, days and addresses that a page writes hundreds of times, and the next page again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec
from uuid import UUID

from django.urls import reverse
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


def address(name: str, public: UUID) -> str:
    """Return the address of a row (public id); the form of the address is looked up once."""
    return _form(name).replace(_NOBODY, str(public))


_NOBODY = str(UUID(int=0))


@lru_cache
def _form(name: str) -> str:
    return reverse(name, args=[_NOBODY])
