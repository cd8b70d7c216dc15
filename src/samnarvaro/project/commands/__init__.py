"""The commands of `samnarvaro`, one file for each family."""

import click

from samnarvaro.project.commands import figures, house, imports

ALL: list[click.Command] = [*house.COMMANDS, *imports.COMMANDS, *figures.COMMANDS]
