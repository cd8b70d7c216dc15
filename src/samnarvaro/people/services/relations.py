"""Relations in time: how one ends."""

from datetime import date

from samnarvaro.people.models import Duty, Guardianship, NamedHandler


def end_by(row: Duty | NamedHandler | Guardianship, last_day: date) -> None:
    """Let a relation end with a day. One that would not have begun by then never was."""
    if row.first_day > last_day:
        row.delete()
    else:
        row.last_day = last_day
        row.save(update_fields=["last_day"])
