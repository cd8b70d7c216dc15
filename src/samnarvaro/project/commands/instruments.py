"""Instruments from the command line: listed, written to a file, and loaded from one."""

import json
from pathlib import Path

import click

from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.mapping.domain.instrument_faults import NotAnInstrument
from samnarvaro.mapping.domain.instrument_writing import data_of
from samnarvaro.mapping.imports.instrument_faults import in_words
from samnarvaro.mapping.queries import instruments as queries
from samnarvaro.mapping.services import instruments as services
from samnarvaro.project.commands.shared import say, stop


@click.group()
def instruments() -> None:
    """Formulären i kartläggningar: lista dem, skriv dem till fil och läs in dem. Inga svar."""


@instruments.command(name="list")
def list_all() -> None:
    """Skriv varje version: namn, version, läge och titel, åtskilda av tabb."""
    for each in queries.shelf():
        of = each.instrument
        click.echo(f"{of.name}\t{of.version}\t{each.state.value}\t{of.title}")


@instruments.command()
@click.argument("name")
@click.option("--version", "number", type=int, help="Vilken version. [standard: den senaste]")
def export(name: str, number: int | None) -> None:
    """Skriv ett formulär som JSON (FHIR R4 Questionnaire)."""
    found = [
        each
        for each in queries.shelf()
        if each.name == name and number in (None, each.instrument.version)
    ]
    if not found:
        stop(f"Det finns inget formulär {name} i den versionen.")
    told = data_of(found[0].instrument, status=found[0].state)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


@instruments.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publish", is_flag=True, help="Låt det användas genast.")
def load(file: Path, publish: bool) -> None:
    """Läs in ett formulär ni har rätt att använda. Det blir ett utkast.

    Slutkod 2: formuläret har fel. De skrivs ut ett på varje rad, och inget läses in.
    """
    by = consents.system_scope(purpose="import-instrument", on=clock.today())
    try:
        made = services.load(file.read_text(encoding="utf-8-sig"), by=by, at=clock.now())
    except UnicodeDecodeError:
        stop("Filen är inte skriven i UTF-8.")
    except NotAnInstrument as refused:
        for fault in refused.faults:
            say(in_words(fault))
        stop("Inget är inläst.")
    if publish:
        services.publish(made, by=by, at=clock.now())
    found = queries.one(made)
    click.echo(f"{found.name} {found.instrument.version}: {found.state.value}")


COMMANDS: list[click.Command] = [instruments]
