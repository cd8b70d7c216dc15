"""The commands of `samnarvaro`, one file for each family."""

import click

from samnarvaro.project.commands import (
    accounts,
    audit,
    demo,
    figures,
    house,
    imports,
    instruments,
    protection,
    running,
    totals,
    wall,
    worker,
)

ALL: list[click.Command] = [
    *house.COMMANDS,
    *running.COMMANDS,
    *worker.COMMANDS,
    *accounts.COMMANDS,
    *protection.COMMANDS,
    *demo.COMMANDS,
    *imports.COMMANDS,
    *instruments.COMMANDS,
    *figures.COMMANDS,
    *totals.COMMANDS,
    *wall.COMMANDS,
    *audit.COMMANDS,
]
