"""Rosters delivered to Vik, and what is held after them."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from samnarvaro.base.reports import Report
from samnarvaro.consents.services import system_scope
from samnarvaro.kernel.access import Scope
from samnarvaro.people.models import Enrolment, Pupil
from samnarvaro.people.services import RosterOptions, take_in_roster
from tests.vik import BERGSKOLAN, EKSKOLAN, STRANDSKOLAN

__all__ = ["BERGSKOLAN", "EKSKOLAN", "STRANDSKOLAN"]

AUGUST, OCTOBER, NOVEMBER = date(2026, 8, 17), date(2026, 10, 12), date(2026, 11, 2)
TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HEADER = ("pupil_id", "given_name", "family_name", "school_unit_code", "grade", "class_name")

Row = dict[str, str]


def system(on: date = TODAY) -> Scope:
    return system_scope(purpose="test", on=on)


def row(pupil_id: str, name: str = "", class_name: str = "8B", **more: str) -> Row:
    """One row, of Strandskolan and of the class's grade unless told otherwise."""
    given, _, family = (name or f"Elev {pupil_id}").partition(" ")
    return {
        "pupil_id": pupil_id,
        "given_name": given,
        "family_name": family,
        "school_unit_code": STRANDSKOLAN,
        "grade": class_name[:-1],
        "class_name": class_name,
    } | more


def many(count: int, **more: str) -> list[Row]:
    return [row(f"p{number:04d}", **more) for number in range(count)]


def text_of(rows: Iterable[Row]) -> str:
    listed = list(rows)
    columns = list(dict.fromkeys((*HEADER, *(column for each in listed for column in each))))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()


class Deliverer:
    """Writes rosters to files and takes them in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, content: str | bytes) -> Path:
        path = self.folder / "elevlista.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def __call__(self, rows: Iterable[Row], *, as_of: date = OCTOBER, **options: Any) -> Report:
        return self.text(text_of(rows), as_of=as_of, **options)

    def text(self, content: str | bytes, *, as_of: date = OCTOBER, **options: Any) -> Report:
        path = self.file(content)
        return take_in_roster(path, RosterOptions(as_of, **options), by=system(), at=NOON)


def numbers(report: Report) -> dict[str, int]:
    """The counts that are not nought, and that they add up."""
    assert report.adds_up
    counted = report.numbers() | {"removed": report.counts["removed"]}
    return {name: number for name, number in counted.items() if number}


def stays(pupil_id: str) -> list[tuple[str, str, date, date | None]]:
    """Where a pupil has gone and goes: unit code, class, first and last day."""
    rows = Enrolment.objects.filter(pupil__pupil_id=pupil_id).order_by("first_day", "unit__code")
    return [
        (code or "", name or "", first, last)
        for code, name, first, last in rows.values_list(
            "unit__code", "group__name", "first_day", "last_day"
        )
    ]


def pupil(pupil_id: str) -> Pupil:
    return Pupil.objects.get(pupil_id=pupil_id)


def everything_held() -> list[Any]:
    """All that a roster writes, without the ids that the database gave."""
    return [
        sorted(
            Pupil.objects.values_list(
                "pupil_id", "given_name", "family_name", "sort_key", "alias", "identity_number",
                "birth_date", "legal_sex", "home_municipality", "protection",
            ),
            key=str,
        ),
        sorted(
            Enrolment.objects.values_list(
                "pupil__pupil_id", "unit__code", "group__name", "group__school_year", "grade",
                "first_day", "last_day",
            ),
            key=str,
        ),
    ]  # fmt: skip
