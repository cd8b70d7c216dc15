"""From the records of a delivered file to typed rows, or to faults with line, column and code.

Almost every field of a million rows is one of few values, so each value is judged once and
remembered: the rules stand in `attendance.domain.marks`, the memory here.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from samnarvaro.attendance.domain.marks import LateAs, NotAMark, content_of
from samnarvaro.base.csvfile import NOT_IN_A_NAME, CsvFile
from samnarvaro.base.reports import Report

HEADER = (
    "pupil_id", "school_unit_code", "date", "start", "minutes", "subject", "kind",
    "absent_minutes",
)  # fmt: skip
REMEMBERED = 200_000  # values of one kind; a hostile file makes the memory start over, not grow

_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_START = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_LONGEST_ID, _LONGEST_CODE, _LONGEST_SUBJECT = 64, 20, 40

Fault = tuple[str, str, str]
Content = tuple[int, int, int, int, int, int, int]
# day, pupil, start, unit, line, seven of content, subject, on_school_day
Row = tuple[str, int, int, int, int, int, int, int, int, int, int, int, str, int]


class _Wrong(Exception):
    def __init__(self, column: str, value: str, code: str) -> None:
        super().__init__(code)
        self.fault = (column, value, code)


class MarkReader:
    """Reads lesson marks in the canonical header. Faulty records go to the report.

    `pupils` and `units` know the ids of what exists. With `creates`, `new_pupil` and `new_unit`
    give an id to what does not; otherwise that makes the record faulty. `is_school_day` is asked
    once for each unit and day.
    """

    def __init__(
        self,
        *,
        pupils: dict[str, int],
        units: dict[str, int],
        creates: bool,
        new_pupil: Callable[[str], int],
        new_unit: Callable[[str], int],
        is_school_day: Callable[[int, date], bool],
        late_as: LateAs,
    ) -> None:
        self._pupils, self._units, self.creates = pupils, units, creates
        self._new_pupil, self._new_unit = new_pupil, new_unit
        self._is_school_day = is_school_day
        self._late_as = late_as
        self._places: dict[tuple[str, str], tuple[str, int, int]] = {}
        self._starts: dict[str, int] = {}
        self._contents: dict[tuple[str, str, str], Content] = {}
        self._subjects: dict[str, str] = {}

    def rows(self, file: CsvFile, report: Report) -> Iterator[Row]:
        """Yield the good rows; count all of them, and the faults, in the report."""
        pick, width = file.pick, file.width
        places, starts, contents = self._places, self._starts, self._contents
        pupils, subjects = self._pupils, self._subjects
        for line, record in file.rows():
            report.rows += 1
            if len(record) != width:
                report.fault(line, [("", str(len(record)), "columns")])
                continue
            pupil_id, code, day, start, minutes, subject, kind, absent = pick(record)
            try:
                text_day, unit, school_day = places[code, day]
                yield (
                    text_day, pupils[pupil_id], starts[start], unit, line,
                    *contents[minutes, kind, absent], subjects[subject], school_day,
                )  # fmt: skip
            except KeyError:
                if row := self._first_sight(line, pick(record), report):
                    yield row

    def _first_sight(self, line: int, fields: tuple[str, ...], report: Report) -> Row | None:
        """Judge a record that holds something not met before, and remember what is good in it.

        Missing pupils and units are made only for a record that is right in all else.
        """
        pupil_id, code, day, start, minutes, subject, kind, absent = fields
        faults: list[Fault] = []
        pupil_name = _judged(faults, _name, "pupil_id", pupil_id, _LONGEST_ID)
        code_name = _judged(faults, _name, "school_unit_code", code, _LONGEST_CODE)
        read_day = _judged(faults, _day, day)
        minute = _judged(faults, _start, start)
        content = _judged(faults, _content, minutes, kind, absent, self._late_as)
        words = _judged(faults, _subject, subject)
        if faults:
            self._unknown(pupil_name, code_name, faults)
        ids = None if faults else self._ids(pupil_name, code_name, faults)
        if ids is None:
            report.fault(line, faults)
            return None
        pupil, unit = ids
        on = int(self._is_school_day(unit, date.fromisoformat(read_day)))
        _remember(self._places, (code, day), (read_day, unit, on))
        _remember(self._pupils, pupil_id, pupil)
        _remember(self._starts, start, minute)
        _remember(self._contents, (minutes, kind, absent), content)
        _remember(self._subjects, subject, words)
        return (read_day, pupil, minute, unit, line, *content, words, on)

    def _unknown(self, pupil_id: str | None, code: str | None, faults: list[Fault]) -> None:
        """Name an unknown pupil or unit too, so that all that is wrong is told at once."""
        if code and code not in self._units and not self.creates:
            faults.append(("school_unit_code", code, "unit_unknown"))
        if pupil_id and pupil_id not in self._pupils and not self.creates:
            faults.append(("pupil_id", pupil_id, "pupil_unknown"))

    def _ids(self, pupil_id: str, code: str, faults: list[Fault]) -> tuple[int, int] | None:
        self._unknown(pupil_id, code, faults)
        if faults:
            return None
        unit = self._units.get(code)
        if unit is None:
            unit = self._units[code] = self._new_unit(code)
        pupil = self._pupils.get(pupil_id)
        if pupil is None:
            pupil = self._pupils[pupil_id] = self._new_pupil(pupil_id)
        return pupil, unit


def _judged(faults: list[Fault], judge: Callable[..., Any], *values: object) -> Any:
    try:
        return judge(*values)
    except _Wrong as wrong:
        faults.append(wrong.fault)
        return None


K = TypeVar("K")
V = TypeVar("V")


def _remember(memory: dict[K, V], key: K, value: V) -> None:
    if len(memory) >= REMEMBERED and not isinstance(value, int):
        memory.clear()
    memory[key] = value


def _name(column: str, value: str, longest: int) -> str:
    name = value.strip()
    if not name:
        raise _Wrong(column, value, "empty")
    if len(name) > longest or NOT_IN_A_NAME.search(name):
        raise _Wrong(column, value, "not_a_name")
    return name


def _day(value: str) -> str:
    if _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise _Wrong("date", value, "no_such_day") from None
    raise _Wrong("date", value, "not_a_date")


def _start(value: str) -> int:
    if not (match := _START.fullmatch(value)):
        raise _Wrong("start", value, "not_a_time")
    return int(match[1]) * 60 + int(match[2])


def _whole(column: str, value: str) -> int:
    if not _WHOLE.fullmatch(value):
        raise _Wrong(column, value, "not_whole_minutes")
    return int(value)


def _content(minutes: str, kind: str, absent: str, late_as: LateAs) -> Content:
    total = _whole("minutes", minutes.strip())
    away = _whole("absent_minutes", absent.strip()) if absent.strip() else None
    try:
        content = content_of(kind.strip(), total, away, late_as)
    except NotAMark as wrong:
        value = {"minutes": minutes, "kind": kind, "absent_minutes": absent}[wrong.column]
        raise _Wrong(wrong.column, value, wrong.wrong) from None
    return (
        content.scheduled, content.excused, content.unexcused, content.other,
        int(content.reported), int(content.cancelled), int(content.late),
    )  # fmt: skip


def _subject(value: str) -> str:
    words = value.strip()
    if len(words) > _LONGEST_SUBJECT or NOT_IN_A_NAME.search(words):
        raise _Wrong("subject", value, "not_a_name")
    return words
