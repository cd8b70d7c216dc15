"""The commands of `samnarvaro`, one file for each family."""

import click

from samnarvaro.project.commands import figures, house, imports, running

ALL: list[click.Command] = [
    *house.COMMANDS,
    *running.COMMANDS,
    *imports.COMMANDS,
    *figures.COMMANDS,
]
