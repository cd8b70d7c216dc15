"""Figures out: measures, and what the staircase says. CSV in UTF-8, sorted by pupil."""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date

import click

from samnarvaro.attendance import queries as attendance
from samnarvaro.base import clock
from samnarvaro.consents import services as consents
from samnarvaro.kernel.days import Window
from samnarvaro.project.commands.shared import DAY, stop

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
    rows = attendance.measures(Window(first, last), by=scope, school=school)
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


COMMANDS: list[click.Command] = [measures]
