"""What the commands have in common: days as arguments, progress and sentences on stderr."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn

import click

UNUSABLE = 2
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Day(click.ParamType[date]):
    """A day, written YYYY-MM-DD."""

    name = "dag"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if not _WRITTEN.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} är ingen dag. Skriv dagen som 2026-11-20.", param, ctx)


DAY = Day()


def say(sentence: str) -> None:
    click.echo(sentence, err=True)


def stop(sentence: str) -> NoReturn:
    """Say why and end with exit code 2: nothing is written."""
    say(sentence)
    sys.exit(UNUSABLE)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr when a person is looking; silence otherwise."""
    with click.progressbar(
        length=1000, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        done = 0

        def move(share: float) -> None:
            nonlocal done
            now = round(1000 * share)
            if now > done:
                bar.update(now - done)
                done = now

        yield move
