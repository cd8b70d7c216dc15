"""The log from the command line: sealed, checkpointed, and held against its seals."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings

from samnarvaro.audit import queries
from samnarvaro.audit import services as audit_services
from samnarvaro.audit.domain.verifying import Checkpoint, Fault, Kind, Verdict
from samnarvaro.base import clock
from samnarvaro.project.checkpoints import keep_checkpoint
from samnarvaro.project.commands.shared import progress_bar, say, stop

DOES_NOT_FIT = 1
MOST_SAID = 50
SAID = {
    Kind.CHANGED: "ändrade eller omflyttade rader",
    Kind.REMOVED: "borttagna rader",
    Kind.GAP: "borttagna förseglingar",
    Kind.DATED_BACK: "rader som är daterade bakåt",
    Kind.DATED_AHEAD: "rader som är daterade framåt",
    Kind.CUT_OFF: "ställen där loggens slut är avkapat",
    Kind.WRITTEN_ANEW: "kontrollpunkter som kedjan inte stämmer med: den är omskriven",
    Kind.FORGED: "förseglingar utan nyckelns rätta märke",
    Kind.NOT_SEALED: "rader som inte är förseglade i tid",
}
LOGS = {"r": "läsning", "w": "handling"}


@click.group()
def audit() -> None:
    """Loggen över vem som läst och gjort vad: försegla den och pröva om den är hel."""


@audit.command()
def seal() -> None:
    """Försegla nu allt som inte är förseglat. Annars gör arbetaren det inom en minut."""
    click.echo(f"{audit_services.seal_all(at=clock.now())} rader förseglade.")


@audit.command()
def checkpoint() -> None:
    """Försegla allt och skriv en kontrollpunkt nu, i mappen och som brev. Annars en gång om dygnet."""
    try:
        done = keep_checkpoint(at=clock.now())
    except OSError as error:
        stop(f"Kontrollpunkten gick inte att skriva eller skicka: {type(error).__name__}.")
    click.echo(f"Kontrollpunkt vid försegling {done['seal_no']}.")


@audit.command()
@click.option(
    "--checkpoint",
    "places",
    type=click.Path(path_type=Path),
    multiple=True,
    help="En fil med en kontrollpunkt, eller en mapp. [standard: installationens mapp]",
)
@click.option(
    "--allow-minutes",
    type=click.IntRange(0, 60 * 24 * 365),
    default=10,
    help="Hur länge en rad får ligga utan försegling. [standard: 10]",
)
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def verify(places: tuple[Path, ...], allow_minutes: int, as_json: bool) -> None:
    """Pröva hela loggen mot förseglingarna, och dem mot kontrollpunkterna.

    Hittar rader som är ändrade, borttagna, omflyttade, daterade bakåt eller inte förseglade i tid. Att
    slutet är avkapat eller att allt är omskrivet syns bara mot en kontrollpunkt som legat någon
    annanstans, eller med förseglingarnas nyckel. Läser allt och ändrar ingenting.

    Slutkod 0: allt stämmer. 1: något stämmer inte. 2: det gick inte att pröva.
    """
    points = _checkpoints(places)
    with progress_bar("Prövar loggen") as progress:
        verdict = queries.verify(
            at=clock.now(),
            keys=settings.SEAL_KEYS,
            checkpoints=points,
            allowed=timedelta(minutes=allow_minutes),
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(as_data(verdict)))
    else:
        _say(verdict)
    sys.exit(0 if verdict.is_whole else DOES_NOT_FIT)


def _checkpoints(places: tuple[Path, ...]) -> list[Checkpoint]:
    asked = places or ((settings.CHECKPOINT_FOLDER,) if settings.CHECKPOINT_FOLDER.is_dir() else ())
    try:
        points = audit_services.read_checkpoints(asked)
    except audit_services.NotACheckpoint as error:
        stop(f"{error.args[0]} går inte att läsa som en kontrollpunkt.")
    if settings.DEMO:
        say("Demokommunens historia är påhittad: att dess rader är daterade bakåt syns här.")
    if not points:
        say("Ingen kontrollpunkt: om slutet är avkapat eller allt omskrivet går inte att se.")
    return points


def _say(verdict: Verdict) -> None:
    click.echo(
        f"{verdict.readings} läsningar och {verdict.writings} handlingar prövade mot "
        f"{verdict.checkpoints} kontrollpunkter. {verdict.marked} förseglingar har nyckelns märke. "
        f"{verdict.waiting} rader väntar på försegling."
    )
    if verdict.is_whole:
        click.echo("Allt stämmer.")
    for kind, count in sorted(verdict.counts.items()):
        click.echo(f"{SAID[kind]}: {count}")
    # The rarest kind first: one changed row does not drown among a thousand that were dated back.
    rarest = sorted(verdict.faults, key=lambda fault: verdict.counts[fault.kind])
    for fault in rarest[:MOST_SAID]:
        click.echo(f"  {_place(fault)}")


def _place(fault: Fault) -> str:
    row = f", {LOGS[fault.log]} {fault.row}" if fault.row is not None else ""
    seal = f"försegling {fault.seal}" if fault.seal is not None else "utan försegling"
    return f"{fault.kind}: {seal}{row}"


def as_data(verdict: Verdict) -> dict[str, object]:
    return {
        "whole": verdict.is_whole,
        "readings": verdict.readings,
        "writings": verdict.writings,
        "marked": verdict.marked,
        "checkpoints": verdict.checkpoints,
        "waiting": verdict.waiting,
        "faults": dict(sorted(verdict.counts.items())),
        "first": [
            {"kind": fault.kind, "seal_no": fault.seal, "log": fault.log, "row": fault.row}
            for fault in verdict.faults
        ],
    }


COMMANDS: list[click.Command] = [audit]
