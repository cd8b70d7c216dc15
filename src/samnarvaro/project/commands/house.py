"""Setting up: the database, the school authority and its calendar."""

import json
import sys
from pathlib import Path

import click
from django.core.management import call_command
from django.db import connection, transaction

from samnarvaro.audit import services as audit
from samnarvaro.base import clock
from samnarvaro.base.csvfile import Unusable
from samnarvaro.consents import services as consents
from samnarvaro.organisation import services as organisation
from samnarvaro.project import report_texts
from samnarvaro.project.commands.shared import say, stop
from samnarvaro.project.wall import raising
from samnarvaro.project.wall import texts as wall_texts
from samnarvaro.staircase.queries import held


@click.command()
def migrate() -> None:
    """Gör databasen färdig att använda, eller för den till den här versionen."""
    make_ready()


def make_ready() -> None:
    """Bring the database to this version, with the table that counts tries to sign in, and raise the
    second wall where there can be one.
    """
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if connection.vendor == "postgresql":
        try:
            raising.raise_wall()
        except raising.NotAllowed as refused:
            say(wall_texts.not_raised(refused))


@click.command()
@click.option("--name", help="Vad huvudmannen heter.")
@click.option("--code", help="Kommunkoden, eller en annan beteckning.")
@click.option(
    "--late-counts-as",
    type=click.Choice(["unexcused", "excused", "present"]),
    help="Vad sena minuter räknas som. Gäller det som tas in från och med nu.",
)
def authority(name: str | None, code: str | None, late_counts_as: str | None) -> None:
    """Visa eller ändra huvudmannens namn och val."""
    with transaction.atomic():
        chosen = organisation.choose(name=name, code=code, late_counts_as=late_counts_as)
        if name or code or late_counts_as:
            _log("authority.chosen", chosen.code, {"late_counts_as": chosen.late_counts_as})
    click.echo(f"{chosen.code}: {chosen.name or 'utan namn'}")
    click.echo(f"sena minuter räknas som: {chosen.late_counts_as}")
    for each in held.held(on=clock.today()):
        click.echo(f"regelverk: {each.book.name}, version {each.book.version}")


@click.command("import-calendar")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def import_calendar(file: Path, as_json: bool) -> None:
    """Ta in lov, studiedagar och extra skoldagar ur en CSV-fil: alla rader eller ingen.

    Rubriker: first_day, last_day, is_school_day (ja eller nej), label, och school_unit_code när
    raden bara gäller en skola. Närvaron för dagarna räknas om.

    Slutkod 0: allt gick bra. 1: någon rad är fel och ingenting är skrivet. 2: filen går inte att
    använda.
    """
    try:
        with transaction.atomic():
            report = organisation.take_in_calendar(file)
            if report.new:
                _log("calendar.taken_in", file.name[:80], {"new": report.new})
    except Unusable as unusable:
        stop(report_texts.unusable(unusable))
    if as_json:
        click.echo(json.dumps(report_texts.as_data(report), ensure_ascii=False))
    else:
        for sentence in report_texts.sentences(report):
            click.echo(sentence)
    sys.exit(1 if report.faulty else 0)


def _log(act: str, target: str, detail: dict[str, str | int | None]) -> None:
    scope = consents.system_scope(purpose="set-up", on=clock.today())
    audit.record(act, by=scope, at=clock.now(), target=target, detail=detail)


COMMANDS: list[click.Command] = [migrate, authority, import_calendar]
