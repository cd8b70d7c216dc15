"""The one path of all marks: read → stage → compare → (preview or) write, whoever brings them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samnarvaro.attendance.domain.marks import LateAs
from samnarvaro.attendance.imports import reader, staging, writing
from samnarvaro.attendance.totals import anew
from samnarvaro.base.csvfile import CsvFile
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.kernel.days import Window
from samnarvaro.organisation import queries as organisation
from samnarvaro.organisation import services as organisation_services
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services

Progress = Callable[[float], None]


@dataclass(slots=True)
class Newcomers:
    """Pupils and units that the file names and nobody knows, with the ids set aside for them."""

    pupils: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    pupil_ids: Iterator[int] = field(default_factory=people_services.new_pupil_ids)
    unit_ids: Iterator[int] = field(default_factory=organisation_services.new_unit_ids)

    def pupil(self, pupil_id: str) -> int:
        self.pupils[pupil_id] = next(self.pupil_ids)
        return self.pupils[pupil_id]

    def unit(self, code: str) -> int:
        self.units[code] = next(self.unit_ids)
        return self.units[code]


@dataclass(slots=True)
class Taking:
    """One file on its way in. `stage` reads it; `compare` and `write` want a transaction."""

    path: Path
    profile: str
    creates: bool = False
    report: Report = field(default_factory=Report)
    newcomers: Newcomers = field(default_factory=Newcomers)
    calendars: organisation.Calendars = field(default_factory=organisation.Calendars)
    days: Window | None = None  # from the first to the last that the good rows speak of
    everything_new: bool = False

    def stage(self, progress: Progress) -> None:
        """Read the file into the staging table. Raises base.csvfile.Unusable."""
        file = CsvFile(self.path, needs=reader.HEADER)
        try:
            marks = self._reader()
            rows = self._watched(file, marks.rows(file, self.report), progress)
            staging.stage(rows, marks.contents)
        finally:
            file.close()
        if file.ignored:
            self.report.warn("columns_ignored", detail=", ".join(file.ignored))
        if not self.report.rows:
            self.report.warn("no_rows")
        for code in self.newcomers.units:
            if not (len(code) == 8 and code.isascii() and code.isdigit()):
                self.report.warn("unit_code_unusual", detail=code)
        staging.keep_last_of_each(self.report)
        self.days = staging.span()

    def _reader(self) -> reader.MarkReader:
        authority = organisation.authority()
        return reader.MarkReader(
            pupils=people.ids_by_pupil_id(authority.pk) if authority else {},
            units=organisation.unit_ids_by_code(),
            creates=self.creates,
            new_pupil=self.newcomers.pupil,
            new_unit=self.newcomers.unit,
            is_school_day=self.calendars.is_school_day,
            late_as=LateAs(authority.late_counts_as) if authority else LateAs.UNEXCUSED,
        )

    def _watched(
        self, file: CsvFile, rows: Iterator[list[reader.Row]], progress: Progress
    ) -> Iterator[list[reader.Row]]:
        for some in rows:
            progress(min(0.6, 0.6 * file.bytes_read / max(file.size, 1)))
            yield some

    def compare(self) -> None:
        """Fill in new, changed and same. In a transaction: nobody else writes meanwhile."""
        writing.hold_others_off()
        self.everything_new = staging.all_new(self.days, self.report)
        if not self.everything_new:
            staging.judge(self.profile, self.report)

    @property
    def changes(self) -> bool:
        return bool(self.report.new or self.report.changed)

    def write(self, delivery: Delivery) -> None:
        """Write what the comparison found, pupils and units first."""
        if self.newcomers.units:
            organisation_services.create_nameless_units(self.newcomers.units)
        if self.newcomers.pupils:
            people_services.create_nameless_pupils(self.newcomers.pupils)
        writing.write(delivery.pk, everything=self.everything_new, span=self.days)
        if self.days:
            self._follow_calendars(self.days)
        if self.newcomers.pupils:
            people_services.enrol_newcomers(staging.first_days(self.newcomers.pupils.values()))

    def _follow_calendars(self, span: Window) -> None:
        """A calendar that was changed while the file was read knew nothing of its marks yet."""
        calendars = organisation.Calendars()
        if not calendars.say_as(self.calendars):
            units = organisation.unit_ids_by_code().values()
            anew.lay_school_days(units, span, calendars)


def preview(taking: Taking, progress: Progress) -> Report:
    """Read and compare; write nothing."""
    try:
        taking.stage(progress)
        with transaction.atomic():
            taking.compare()
        progress(1)
        return taking.report
    finally:
        staging.clear()


def now_written(delivery: Delivery, report: Report, at: datetime) -> None:
    for name, number in report.numbers().items():
        setattr(delivery, name, number)
    delivery.report = report.stored()
    delivery.state, delivery.written_at, delivery.progress = "written", at, 100
    delivery.save()
