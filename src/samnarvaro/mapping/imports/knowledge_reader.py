"""From the records of a file of knowledge results to rows, or to faults with line, column and code."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from samnarvaro.base.csvfile import NOT_IN_A_NAME, CsvFile
from samnarvaro.mapping.domain import knowledge
from samnarvaro.mapping.domain.knowledge import DayFault, Eligibility, Subject, Told

HEADER = ("pupil_id", "date", "at_risk", "not_reached", "eligibility")
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_LONGEST_ID = 64
Fault = tuple[str, str, str]
T = TypeVar("T")


class _Wrong(Exception):
    """A value cannot be used, by the code of why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record that can be read: which line says what of which pupil (id)."""

    line: int
    pupil: int
    day: date
    told: Told

    @property
    def key(self) -> tuple[int, str]:
        return self.pupil, knowledge.term_of(self.day).code


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that is not taken in."""

    line: int
    faults: list[Fault]


@dataclass(slots=True)
class _Record:
    """The values of one record by column, and all that is wrong with them."""

    values: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def read(self, column: str, judge: Callable[[str], T]) -> T | None:
        value = self.values[column].strip()
        try:
            return judge(value)
        except _Wrong as wrong:
            self.faults.append((column, value, str(wrong)))
            return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads on a day. `pupils` are the ids of those there are, by the id that files know them by."""

    pupils: dict[str, int]
    on: date

    def records(self, file: CsvFile) -> Iterator[Row | Unread]:
        for line, record in file.rows():
            if len(record) != file.width:
                yield Unread(line, [("", str(len(record)), "columns")])
            else:
                yield self._judge(line, dict(zip(file.columns, file.pick(record), strict=True)))

    def _judge(self, line: int, values: dict[str, str]) -> Row | Unread:
        record = _Record(values)
        pupil = record.read("pupil_id", self._pupil)
        day = record.read("date", self._day)
        at_risk = record.read("at_risk", _subjects)
        not_reached = record.read("not_reached", _subjects)
        eligibility = record.read("eligibility", _eligibility)
        if record.faults or pupil is None or day is None:
            return Unread(line, record.faults)
        told = Told(at_risk=at_risk or (), not_reached=not_reached or (), eligibility=eligibility)
        return Row(line, pupil, day, told)

    def _pupil(self, value: str) -> int:
        if not value:
            raise _Wrong("empty")
        if len(value) > _LONGEST_ID or NOT_IN_A_NAME.search(value):
            raise _Wrong("not_a_name")
        if value not in self.pupils:
            raise _Wrong("pupil_not_here")
        return self.pupils[value]

    def _day(self, value: str) -> date:
        if not _DAY.fullmatch(value):
            raise _Wrong("not_a_date")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise _Wrong("no_such_day") from None
        if knowledge.day_fault(day, on=self.on) is DayFault.LATER:
            raise _Wrong("day_later")
        return day


def _subjects(value: str) -> tuple[Subject, ...]:
    found, unknown = knowledge.read(value, {})
    if unknown:
        raise _Wrong("subject_unknown")
    return found


def _eligibility(value: str) -> Eligibility | None:
    try:
        return Eligibility(value.casefold()) if value else None
    except ValueError:
        raise _Wrong("eligibility_unknown") from None


_COLUMN = {
    knowledge.Fault.SUBJECT_TWICE: "not_reached",
    knowledge.Fault.ELIGIBLE_BEFORE_YEAR_9: "eligibility",
    knowledge.Fault.ELIGIBLE_WITHOUT_CORE: "eligibility",
    knowledge.Fault.NEWER_KNOWN: "date",
}


def as_faults(row: Row, found: Collection[knowledge.Fault]) -> list[Fault]:
    """Put what speaks against a row beside its columns, as the row would write them."""
    says = {
        "date": row.day.isoformat(),
        "not_reached": " ".join(row.told.not_reached),
        "eligibility": row.told.eligibility or "",
    }
    return [(_COLUMN[fault], says[_COLUMN[fault]], fault.value) for fault in found]
