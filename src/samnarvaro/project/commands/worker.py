"""The worker alone, without the web."""

import click

from samnarvaro.project import worker as loop


@click.command()
def worker() -> None:
    """Utför det som webben lagt i kö, och nattkörningen. Körs vanligen av run."""
    loop.run()


COMMANDS: list[click.Command] = [worker]
