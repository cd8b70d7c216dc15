"""The demo municipality: set up, filled and started by one command."""

import sys
from collections.abc import Iterable

import click
from django.conf import settings

from samnarvaro.base import clock, labels
from samnarvaro.project import serve
from samnarvaro.project.commands.house import make_ready
from samnarvaro.project.commands.shared import progress_bar, say, stop
from samnarvaro.project.vik import cast, load


@click.command()
def demo() -> None:
    """Starta demokommunen Vik: databas, påhittade elever, webb och bakgrundsarbetare.

    Första gången tar det någon minut. Slutkod 2 när porten är upptagen eller databasen är någon
    annans.
    """
    if not settings.DEMO:
        stop("Demon startar bara i demoläge: sätt SAMNARVARO_DEMO=1.")
    if refusal := serve.why_not("127.0.0.1", settings.PORT):
        stop(refusal)
    make_ready()
    fill()
    sys.exit(serve.serve(settings.PORT, True, tell=_tell))


def fill() -> None:
    """Fill an empty database with Vik; one that has it is left as it is."""
    try:
        if load.is_loaded():
            return
        with progress_bar("Fyller Vik") as progress:
            loaded = load.load(clock.today(), now=clock.now(), progress=progress)
    except load.SomebodyElses:
        stop("Databasen hör till en annan huvudman än Vik. Demon blandas inte in i den.")
    say(f"Vik har {loaded.pupils} elever och {loaded.marks} lektionsmarkeringar.")


def _tell(address: str) -> None:
    """Print where the demo is and whom one can be there."""
    click.echo(f"\nSamnärvaro är igång: {address}demo/\n\nDär kan du vara:")
    for line in people():
        click.echo(f"  {line}")
    click.echo("\nStoppa med Ctrl-C. Börja om från början med make demo-reset.")


def people() -> Iterable[str]:
    """One line for each person of the cast: name, role, and where."""
    names = {unit.key: unit.name for unit in cast.UNITS}
    for member in cast.STAFF:
        post = member.posts[0]
        place = ", ".join(filter(None, [names[post.unit], post.group]))
        yield f"{member.given_name} {member.family_name} – {labels.ROLE[post.role]}, {place}"


COMMANDS: list[click.Command] = [demo]
