"""The second wall: raised, brought in step, or only looked at."""

import sys

import click
from django.db import connection

from samnarvaro.project.commands.shared import stop
from samnarvaro.project.wall import checking, raising, texts

DOES_NOT_STAND = 1


@click.command()
@click.option("--check", is_flag=True, help="Se bara efter om muren står.")
@click.option("--login", default="", help="En annan inloggning som visar sidorna.")
def wall(check: bool, login: str) -> None:
    """Res den andra muren i PostgreSQL, eller för den till den här versionen och nyckeln.

    Slutkod 0: muren står. 1: den står inte, eller inte hel. 2: den går inte att resa.
    """
    if not check and connection.vendor == "postgresql":
        try:
            raising.raise_wall(login)
        except raising.NotAllowed as refused:
            stop(texts.not_raised(refused))
    found = checking.look()
    for sentence in texts.sentences(found):
        click.echo(sentence)
    sys.exit(0 if found.stands else DOES_NOT_STAND)


COMMANDS: list[click.Command] = [wall]
