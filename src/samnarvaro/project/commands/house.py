"""Setting up: the database."""

import click
from django.core.management import call_command


@click.command()
def migrate() -> None:
    """Gör databasen färdig att använda, eller för den till den här versionen."""
    make_ready()


def make_ready() -> None:
    """Bring the database to this version, with the table that counts tries to sign in."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


COMMANDS: list[click.Command] = [migrate]
