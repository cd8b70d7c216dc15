"""A file of knowledge results: read, held against what is known, and written when somebody says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from samnarvaro.base.csvfile import CsvFile
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.kernel.access import Scope
from samnarvaro.mapping.domain import knowledge
from samnarvaro.mapping.domain.knowledge import Eligibility, Subject, Told
from samnarvaro.mapping.imports.knowledge_reader import HEADER, Reader, Row, Unread, as_faults
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people

_BATCH = 1000
Key = tuple[int, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held:
    pk: int
    day: date
    told: Told


@dataclass(slots=True)
class Taking:
    """One file on its way in: `stage` reads it, `compare` and `write` want a transaction."""

    path: Path
    by: Scope
    report: Report = field(default_factory=Report)
    rows: dict[Key, Row] = field(default_factory=dict)
    replaces: dict[Key, _Held] = field(default_factory=dict)
    writes: list[Row] = field(default_factory=list)

    def stage(self) -> None:
        """Read the file; of two rows for one pupil and term the later holds. Raises Unusable."""
        authority = organisation.authority()
        pupils = people.ids_by_pupil_id(authority.pk) if authority else {}
        file = CsvFile(self.path, needs=HEADER)
        try:
            for record in Reader(pupils, self.by.day).records(file):
                self._take(record)
        finally:
            file.close()
        if file.ignored:
            self.report.warn("columns_ignored", detail=", ".join(file.ignored))
        if not self.report.rows:
            self.report.warn("no_rows")

    def _take(self, record: Row | Unread) -> None:
        self.report.rows += 1
        if isinstance(record, Unread):
            self.report.fault(record.line, record.faults)
            return
        before = self.rows.pop(record.key, None)
        if before is not None:
            self.report.duplicate += 1
            if before.told != record.told:
                self.report.warn("result_replaced", line=before.line, detail=str(record.line))
        self.rows[record.key] = record

    def compare(self) -> None:
        """Tell new, changed and the same apart, and what speaks against a row."""
        held = _held({term for _pupil, term in self.rows})
        grades = self._grades()
        for key, row in self.rows.items():
            now = held.get(key)
            found = knowledge.faults(row.told, grade=grades.get(row.pupil, ""))
            if now and now.told != row.told and now.day > row.day:
                found.append(knowledge.Fault.NEWER_KNOWN)
            if found:
                self.report.fault(row.line, as_faults(row, found))
            elif now is None:
                self.report.new += 1
                self.writes.append(row)
            elif now.told == row.told:
                self.report.same += 1
            else:
                self.report.changed += 1
                self.replaces[key] = now
                self.writes.append(row)

    def _grades(self) -> dict[int, str]:
        """Return the grade of each pupil (id) of whom an eligibility is told."""
        asked = [row.pupil for row in self.rows.values() if row.told.eligibility]
        return {
            pupil: places[0].grade
            for some in _batches(asked)
            for pupil, places in people.placements(some, by=self.by).items()
        }

    def write(self, delivery: Delivery, *, at: datetime) -> None:
        """Write what is new and what is changed; what held is kept beside it."""
        for some in _batches(self.replaces.values()):
            replaced = KnowledgeResult.objects.filter(pk__in=[held.pk for held in some])
            replaced.update(replaced_at=at)
        made = (
            KnowledgeResult(
                pupil_id=row.pupil, term=row.key[1], day=row.day, delivery=delivery, told_at=at,
                at_risk=[each.value for each in row.told.at_risk], not_reached=[each.value for each in row.told.not_reached],
                eligibility=row.told.eligibility or "",
            )
            for row in self.writes
        )  # fmt: skip
        for rows in _batches(made):
            KnowledgeResult.objects.bulk_create(rows)


def _held(terms: set[str]) -> dict[Key, _Held]:
    rows = KnowledgeResult.objects.holding().filter(term__in=terms)
    says = ("pk", "pupil_id", "term", "day", "at_risk", "not_reached", "eligibility")
    return {
        (pupil, term): _Held(
            pk,
            day,
            Told(
                at_risk=tuple(map(Subject, at_risk)),
                not_reached=tuple(map(Subject, not_reached)),
                eligibility=Eligibility(eligibility) if eligibility else None,
            ),
        )
        for pk, pupil, term, day, at_risk, not_reached, eligibility in rows.values_list(*says)
    }


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(things)
    return iter(lambda: list(islice(iterator, _BATCH)), [])
