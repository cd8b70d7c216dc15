"""A roster as it was delivered: its rows, each pupil once a unit, and the records that are faulty."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from samnarvaro.base.csvfile import CsvFile
from samnarvaro.people.domain.protection import Level
from samnarvaro.people.domain.roster import ExternalId, Row
from samnarvaro.people.imports.reader import RosterReader, Unread

Place = tuple[str, str]  # pupil id, unit code


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something to think of: a line, a code, never a value of a child."""

    line: int
    code: str
    count: int = 1
    detail: str = ""


@dataclass(slots=True)
class Sheet:
    """Rows in the order of their lines."""

    records: int = 0
    duplicates: int = 0
    rows: dict[Place, Row] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    marks: dict[str, Level] = field(default_factory=dict)

    @property
    def units(self) -> dict[str, str]:
        """The units that the file speaks of, with the names it gives them."""
        named: dict[str, str] = {}
        for row in self.rows.values():
            named[row.unit] = row.unit_name or named.get(row.unit, "")
        return named

    @property
    def external_ids(self) -> set[ExternalId]:
        return {each for row in self.rows.values() for each in row.external_ids}

    def take(self, record: Row | Unread) -> None:
        self.records += 1
        if record.level and record.pupil_id is not None:
            # Whatever else is wrong with a row, and however often the pupil stands in the file.
            known = self.marks.get(record.pupil_id, Level.NONE)
            self.marks[record.pupil_id] = max(record.level, known)
        if isinstance(record, Row):
            self._take_row(record)
        else:
            self.unread.append(record)

    def _take_row(self, row: Row) -> None:
        """Keep a row; where the pupil stands at the same unit already, the later row holds."""
        before = self.rows.pop(row.key, None)
        if before is not None:
            self.duplicates += 1
            if not row.says_the_same_as(before):
                self.notes.append(Note(before.line, "row_replaced", detail=str(row.line)))
        self.rows[row.key] = row

    def refuse(self, pupils: Iterable[str], column: str, code: str) -> None:
        """Let all rows of some pupils be faulty, without quoting the value."""
        refused = set(pupils)
        for row in [row for row in self.rows.values() if row.pupil_id in refused]:
            del self.rows[row.key]
            self.unread.append(Unread(row.line, ((column, "", code),), row.pupil_id, row.unit))


def read(file: CsvFile, reader: RosterReader) -> Sheet:
    """Read the whole file. Raises base.csvfile.Unusable."""
    sheet = Sheet()
    for record, notes in reader.records(file):
        sheet.take(record)
        sheet.notes += [Note(record.line, code) for code in notes]
    if file.ignored:
        sheet.notes.append(Note(0, "columns_ignored", detail=", ".join(file.ignored)))
    if not sheet.records:
        sheet.notes.append(Note(0, "no_rows"))
    return sheet
