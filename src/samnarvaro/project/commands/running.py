"""Keeping the installation alive: web and worker together."""

import sys

import click
from django.conf import settings

from samnarvaro.project import serve


@click.command()
def run() -> None:
    """Kör webben och bakgrundsarbetaren tills någon stoppar dem.

    Slutkod 0 när de stoppas utifrån, 1 när en av dem slutar oväntat, 2 när porten inte går att
    använda.
    """
    sys.exit(serve.serve(settings.PORT, settings.DEMO))


COMMANDS: list[click.Command] = [run]
