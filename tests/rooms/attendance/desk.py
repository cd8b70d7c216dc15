"""Vik's reception of lesson marks, for tests: files are written, taken in, and looked at."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from samnarvaro.attendance import services
from samnarvaro.attendance.imports.reader import HEADER
from samnarvaro.attendance.models import DayTotal, Mark, MarkVersion
from samnarvaro.attendance.totals import windows
from samnarvaro.audit.models import Writing
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Fault, Report
from samnarvaro.consents import services as consents
from samnarvaro.kernel.access import Scope
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation import services as organisation_services
from samnarvaro.organisation.models import SchoolAuthority, Unit
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.models import Enrolment, Pupil

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
STRAND, BERG = "99000002", "99000003"
PUPILS = ("vik-saga", "vik-leo", "vik-noor", "vik-melvin")


class Row(NamedTuple):
    """One record of a file, as text; by default Saga is present on a Monday."""

    pupil_id: str = "vik-saga"
    school_unit_code: str = STRAND
    date: str = "2026-11-16"
    start: str = "08:10"
    minutes: str = "60"
    subject: str = "MA"
    kind: str = "present"
    absent_minutes: str = ""


GOOD = Row()


def written(rows: Iterable[Iterable[str]], header: Iterable[str] = HEADER) -> str:
    """The text of a file with these records."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


class Said(NamedTuple):
    """What a mark holds of its lesson."""

    scheduled: int
    excused: int
    unexcused: int
    other: int
    reported: bool
    cancelled: bool
    late: bool
    subject: str


class Lesson(NamedTuple):
    """Which lesson of which pupil, as a file names it."""

    pupil_id: str
    unit: str
    day: date
    start: int


@dataclass
class Desk:
    """Takes files in, in the folder of one test."""

    folder: Path
    by: Scope = field(
        init=False,
        default_factory=lambda: consents.system_scope(purpose="import-marks", on=TODAY),
    )

    def take_in(self, *rows: Row, profile: str = "csv", **options: Any) -> Report:
        return self.take_in_text(written(rows), profile=profile, **options)

    def take_in_text(
        self, content: str | bytes, *, profile: str = "csv", name: str = "marks.csv", **options: Any
    ) -> Report:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        report = services.take_in(path, services.Options(profile, **options), by=self.by, at=AT)
        assert report.adds_up, report
        return report

    def held(self) -> dict[Lesson, Said]:
        """What is held of every lesson."""
        return {self._lesson(mark): self._said(mark) for mark in Mark.objects.all()}

    def holders(self) -> dict[Lesson, int]:
        """The delivery that every held mark came with."""
        return {self._lesson(mark): mark.delivery_id for mark in Mark.objects.all()}

    def history(self) -> list[tuple[Lesson, Said, int, int]]:
        """Every replaced version, first replaced first: lesson, content, delivery, replaced by."""
        versions = MarkVersion.objects.order_by("pk")
        return [(self._lesson(v), self._said(v), v.delivery_id, v.replaced_by_id) for v in versions]

    def totals(self) -> set[tuple[Any, ...]]:
        return set(DayTotal.objects.values_list())

    def figures(self, window: Window) -> dict[str, Any]:
        codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
        names = people.pupil_ids(by=self.by)
        return {names[pupil]: f for pupil, f in windows.figures(window, codes).items()}

    def _lesson(self, mark: Mark | MarkVersion) -> Lesson:
        names = people.pupil_ids(by=self.by)
        codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
        return Lesson(names[mark.pupil_id], codes[mark.unit_id], mark.day, mark.start)

    @staticmethod
    def _said(mark: Mark | MarkVersion) -> Said:
        return Said(
            mark.scheduled,
            mark.excused,
            mark.unexcused,
            mark.other,
            mark.reported,
            mark.cancelled,
            mark.late,
            mark.subject,
        )


def everything() -> tuple[Any, ...]:
    """All that an import could have touched, to see that it did not."""
    return tuple(
        sorted(map(repr, model.objects.values_list()))
        for model in (Mark, MarkVersion, DayTotal, Delivery, Pupil, Unit, Enrolment, Writing)
    )


def settle(pupils: Iterable[str] = PUPILS, units: Iterable[str] = (STRAND, BERG)) -> None:
    """Set up Vik with two schools and some pupils that only their ids are known of."""
    organisation_services.ensure_authority(code="9999", name="Viks kommun")
    agency = organisation_services.ensure_school_agency()
    for code in units:
        organisation_services.ensure_unit(agency=agency, name=code, code=code)
    ids = people_services.new_pupil_ids()
    people_services.create_nameless_pupils({pupil: next(ids) for pupil in pupils})


def authority() -> SchoolAuthority:
    found = organisation.authority()
    assert found is not None
    return found


def free(days: Window, unit: str | None = None, *, is_school_day: bool = False) -> None:
    """Free some days, or make them school days, for all schools or for one."""
    organisation_services.set_calendar_span(
        authority=authority(),
        unit=Unit.objects.get(code=unit) if unit else None,
        days=days,
        is_school_day=is_school_day,
        label="studiedag",
    )


def only_fault(report: Report) -> Fault:
    (fault,) = report.errors
    return fault
