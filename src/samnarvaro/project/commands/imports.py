"""Taking in files: rosters, lesson marks and knowledge results."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock
from samnarvaro.base.csvfile import Unusable
from samnarvaro.base.reports import Report
from samnarvaro.consents import services as consents
from samnarvaro.mapping.services import knowledge_files as knowledge
from samnarvaro.people import services as people
from samnarvaro.project import report_texts
from samnarvaro.project.commands.shared import DAY, progress_bar, say, stop

FILE = click.Path(path_type=Path)
FAULTY = 1
YEARS = range(1990, 2100)


def show(report: Report, *, as_json: bool) -> None:
    """Print what the delivery came to: JSON on stdout, or sentences."""
    if as_json:
        click.echo(json.dumps(report_texts.as_data(report), ensure_ascii=False))
    else:
        for sentence in report_texts.sentences(report):
            click.echo(sentence)


@click.command("import-marks")
@click.argument("file", type=FILE)
@click.option("--profile", default="csv", show_default=True, help="Varifrån filen kommer.")
@click.option("--create-missing", is_flag=True, help="Skapa okända elever och skolor, utan namn.")
@click.option("--dry-run", is_flag=True, help="Läs och jämför, men skriv ingenting.")
@click.option("--all-or-nothing", is_flag=True, help="Skriv ingenting om någon rad är fel.")
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def import_marks(
    file: Path,
    profile: str,
    create_missing: bool,
    dry_run: bool,
    all_or_nothing: bool,
    as_json: bool,
) -> None:
    """Ta in lektionsmarkeringar ur en CSV-fil.

    Slutkod 0: allt gick bra. 1: några eller alla rader är fel. 2: filen går inte att använda,
    ingenting är skrivet.
    """
    if not profile or len(profile) > 40 or not profile.isprintable():
        stop("--profile: skriv ett namn på högst 40 tecken.")
    options = attendance.Options(profile, create_missing, dry_run, all_or_nothing)
    scope = consents.system_scope(purpose="import-marks", on=clock.today())
    try:
        with progress_bar("Läser in") as progress:
            report = attendance.take_in(file, options, by=scope, at=clock.now(), progress=progress)
    except Unusable as unusable:
        stop(report_texts.unusable(unusable))
    show(report, as_json=as_json)
    if report.faulty and all_or_nothing and not dry_run:
        say("Ingenting är skrivet, eftersom någon rad är fel.")
    sys.exit(FAULTY if report.faulty else 0)


@click.command("import-roster")
@click.argument("file", type=FILE)
@click.option("--as-of", type=DAY, help="Dagen som elevlistan gäller från. [standard: i dag]")
@click.option("--confirm-removals", is_flag=True, help="Avsluta elever även om de är många.")
@click.option("--dry-run", is_flag=True, help="Läs och jämför, men skriv ingenting.")
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def import_roster(
    file: Path, as_of: date | None, confirm_removals: bool, dry_run: bool, as_json: bool
) -> None:
    """Ta in en elevlista ur en CSV-fil.

    Listan talar bara om de skolor som står i den. Den som går där men saknas i filen avslutas.

    Slutkod 0: allt gick bra. 1: några eller alla rader är fel. 2: filen går inte att använda
    eller avslutar för många, och ingenting är skrivet.
    """
    today = clock.today()
    day = as_of or today
    if day.year not in YEARS:
        stop(f"--as-of: {day} ligger för långt bort. Skriv en dag mellan 1990 och 2099.")
    options = people.RosterOptions(day, confirm_removals, dry_run)
    scope = consents.system_scope(purpose="import-roster", on=today)
    try:
        with progress_bar("Läser in") as progress:
            report = people.take_in_roster(
                file, options, by=scope, at=clock.now(), progress=progress
            )
    except Unusable as unusable:
        stop(report_texts.unusable(unusable))
    except people.TooManyRemoved as guard:
        if as_json:
            data = report_texts.roster_as_data(guard.report, stopped=True)
            click.echo(json.dumps(data, ensure_ascii=False))
        stop(report_texts.roster_stopped(guard.report))
    if as_json:
        data = report_texts.roster_as_data(report, stopped=False)
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        for sentence in report_texts.roster_sentences(report):
            click.echo(sentence)
    sys.exit(FAULTY if report.faulty else 0)


@click.command("import-knowledge")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Läs och jämför, men skriv ingenting.")
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def import_knowledge(file: Path, dry_run: bool, as_json: bool) -> None:
    """Ta in kunskapsläget ur en CSV-fil: en rad för varje elev och termin.

    Slutkod 0: allt gick bra. 1: några eller alla rader är fel. 2: filen går inte att använda,
    ingenting är skrivet.
    """
    scope = consents.system_scope(purpose="import-knowledge", on=clock.today())
    options = knowledge.Options(dry_run=dry_run)
    try:
        report = knowledge.take_in(file, options, by=scope, at=clock.now())
    except Unusable as unusable:
        stop(report_texts.unusable(unusable))
    show(report, as_json=as_json)
    sys.exit(FAULTY if report.faulty else 0)


COMMANDS: list[click.Command] = [import_marks, import_roster, import_knowledge]
