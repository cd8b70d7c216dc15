"""Keeping the installation alive: web and worker together, or the worker alone."""

import sys

import click
from django.conf import settings
from django.core.management import call_command

from samnarvaro.project import serve

# How long a task may have to wait, and how long a stop may have to; each look takes the writer once.
SECONDS_BETWEEN_LOOKS = 2


@click.command()
def run() -> None:
    """Kör webben och bakgrundsarbetaren tills någon stoppar dem.

    Slutkod 0 när de stoppas utifrån, 1 när en av dem slutar oväntat, 2 när porten inte går att
    använda.
    """
    sys.exit(serve.serve(settings.PORT, settings.DEMO))


@click.command()
def worker() -> None:
    """Utför det som webben lagt i kö. Körs vanligen av run."""
    call_command(
        "db_worker", verbosity=0, interval=SECONDS_BETWEEN_LOOKS, startup_delay=False, reload=False
    )


COMMANDS: list[click.Command] = [run, worker]
