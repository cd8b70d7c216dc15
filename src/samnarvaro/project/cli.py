"""The command line. Figures and lists on stdout, progress and sentences on stderr.

Exit codes: 0 all good; 1 some or all rows faulty; 2 nothing could be done with the file, the
arguments or the settings, or the guard stopped it, and nothing is written.
"""

import os
import sys

import click

_NOT_THERE = {"42P01", "42703"}  # PostgreSQL's codes for a table and a column that do not exist
_CHANGE_TABLES = {"migrate", "wall", "demo"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="samnarvaro")
def samnarvaro() -> None:
    """Samnärvaro: närvaron, trappan och vems tur det är."""


def main() -> None:
    """Start the command line: settings first, so that a wrong one is told in one sentence."""
    for stream in (sys.stdout, sys.stderr):
        # UTF-8 whatever the surroundings say; what cannot be written there is written as a code.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django
    from django.db import Error

    django.setup()
    from samnarvaro.base import wall
    from samnarvaro.project import commands  # its commands need the models

    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    wall.stand_as_system(asked, as_owner=asked in _CHANGE_TABLES)

    for command in commands.ALL:
        samnarvaro.add_command(command)
    try:
        samnarvaro(prog_name="samnarvaro")
    except Error as error:
        click.echo(f"samnarvaro: {_of_the_database(error)}", err=True)
        sys.exit(2)


def _of_the_database(error: Exception) -> str:
    """One sentence on why the database could not do it. What it quotes of a row is not repeated."""
    text = str(error).partition("\n")[0]
    if "no such " in text or getattr(error.__cause__, "sqlstate", None) in _NOT_THERE:
        return "Databasen är inte färdig att använda. Kör först: samnarvaro migrate"
    if type(error).__name__ == "OperationalError":
        return f"Databasen går inte att använda nu: {text}"
    return f"Databasen sade nej ({type(error).__name__}). Ingenting är skrivet."
