"""The commands of `samnarvaro`, one file for each family."""

import click

from samnarvaro.project.commands import accounts, demo, figures, house, imports, running

ALL: list[click.Command] = [
    *house.COMMANDS,
    *running.COMMANDS,
    *accounts.COMMANDS,
    *demo.COMMANDS,
    *imports.COMMANDS,
    *figures.COMMANDS,
]
