"""The carried totals: laid anew from the marks, or only held against them."""

import json
import sys

import click

from samnarvaro.attendance import services as attendance
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.project.commands.shared import progress_bar

DIFFERS = 1


@click.command("rebuild-totals")
@click.option("--check", is_flag=True, help="Jämför, och skriv bara om något skiljer.")
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def rebuild_totals(check: bool, as_json: bool) -> None:
    """Räkna om alla summor ur lektionsmarkeringarna.

    Slutkod 0: klart, eller med --check: allt stämde. 1 med --check: något skilde; de omräknade
    summorna gäller nu.
    """
    scope = consents.system_scope(purpose="rebuild-totals", on=clock.today())
    if not check:
        with progress_bar("Räknar om") as progress:
            rows = attendance.rebuild_totals(by=scope, at=clock.now(), progress=progress)
        _say({"rows": rows}, f"{rows} rader är omräknade.", as_json=as_json)
        return
    with progress_bar("Jämför") as progress:
        differing = attendance.check_totals(by=scope, at=clock.now(), progress=progress)
    sentence = (
        f"{differing} elevers summor stämde inte. De omräknade gäller nu."
        if differing
        else "Alla summor stämmer."
    )
    _say({"differing": differing}, sentence, as_json=as_json)
    sys.exit(DIFFERS if differing else 0)


def _say(data: dict[str, int], sentence: str, *, as_json: bool) -> None:
    click.echo(json.dumps(data) if as_json else sentence)


COMMANDS: list[click.Command] = [rebuild_totals]
