"""Figures out: measures, and what the staircase says. CSV in UTF-8, sorted by pupil."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date

import click

from samnarvaro.attendance import queries as attendance
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.days import Window
from samnarvaro.project.commands.shared import DAY, stop
from samnarvaro.staircase import queries as staircase
from samnarvaro.staircase import services as staircase_services

MEASURES = (
    "pupil_id", "school_unit_code", "scheduled_minutes", "excused_minutes", "unexcused_minutes",
    "late_count", "absent_days_in_row", "longest_absent_run",
)  # fmt: skip
FORMAT = click.Choice(["csv"])


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: UTF-8, line feed, header always."""
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="Första dagen.")
@click.option("--to", "last", type=DAY, required=True, help="Sista dagen; den räknas med.")
@click.option("--school", help="Bara elever vid den skolenheten (skolenhetskod).")
@click.option("--format", "form", type=FORMAT, default="csv", show_default=True)
def measures(first: date, last: date, school: str | None, form: str) -> None:  # noqa: ARG001
    """Närvaromått per elev i ett fönster av dagar."""
    if last < first:
        stop(f"--to {last} ligger före --from {first}.")
    scope = consents.system_scope(purpose="measures", on=clock.today())
    rows = list(attendance.measures(Window(first, last), by=scope, school=school))
    write_csv(
        MEASURES,
        (
            (
                pupil_id, f.unit, f.scheduled, f.excused, f.unexcused, f.late_count,
                f.absent_days_in_row, f.longest_absent_run,
            )
            for pupil_id, f in rows
        ),
    )  # fmt: skip


SIGNALS = (
    "pupil_id", "school_unit_code", "rule", "level", "window_from", "window_to",
    "scheduled_minutes", "absent_minutes", "state",
)  # fmt: skip


@click.command()
@click.option("--as-of", type=DAY, required=True, help="Dagen som gäller; den räknas med.")
@click.option(
    "--rule-set",
    type=click.Choice(["city", "routine", "first-day"]),
    default="city",
    show_default=True,
    help="Regelverket.",
)
@click.option("--format", "form", type=FORMAT, default="csv", show_default=True)
def signals(as_of: date, rule_set: str, form: str) -> None:  # noqa: ARG001
    """Elever som når ett steg i frånvarotrappan den dagen, med siffrorna bakom."""
    scope = consents.system_scope(purpose="signals", on=as_of)
    try:
        found = list(staircase.signals(rule_set, on=as_of, by=scope))
    except staircase.NoSuchRuleSet:
        stop(f"Regelverket {rule_set} är inte inlagt, eller gäller inte {as_of}.")
    write_csv(
        SIGNALS,
        (
            (
                row.pupil_id, row.unit_code, row.signal.rule.key, row.signal.rule.level,
                row.signal.window.first, row.signal.window.last, row.signal.absence.scheduled,
                row.signal.absence.absent, row.standing,
            )
            for row in found
        ),
    )  # fmt: skip


@click.command()
@click.option("--as-of", type=DAY, required=True, help="Dagen som gäller; den räknas med.")
@click.option("--json", "as_json", is_flag=True, help="Svara som JSON.")
def nightly(as_of: date, as_json: bool) -> None:
    """Gå igenom trappan för en dag: nya steg, avslutade steg, och vems tur det är.

    Kan köras om: två gånger samma dag ändrar inget mer.
    """
    scope = consents.system_scope(purpose="nightly", on=as_of)
    try:
        report = staircase_services.nightly(as_of=as_of, by=scope, at=clock.now())
    except staircase.NoSuchRuleSet as missing:
        stop(f"Regelverket {missing} är inte inlagt, eller gäller inte {as_of}.")
    data = report.as_data()
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    click.echo(
        f"{as_of}: {data['reached']} elever når ett steg. {data['opened']} nya, "
        f"{data['escalated']} har gått upp, {data['ended']} har gått över, {data['open']} pågår."
    )


COMMANDS: list[click.Command] = [measures, signals, nightly]
