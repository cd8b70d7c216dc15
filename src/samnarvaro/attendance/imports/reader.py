"""From the records of a delivered file to typed rows, or to faults with line, column and code.

Almost every field of a million rows is one of few values, so each value is judged once and
remembered: the rules stand in `attendance.domain.marks`, the memory here. What a row says of its
lesson is numbered and written once, apart from the rows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, TypeVar

from samnarvaro.attendance.domain.marks import MOST_MINUTES, LateAs, NotAMark, content_of
from samnarvaro.base.csvfile import NOT_IN_A_NAME, CsvFile
from samnarvaro.base.reports import Report

HEADER = (
    "pupil_id", "school_unit_code", "date", "start", "minutes", "subject", "kind",
    "absent_minutes",
)  # fmt: skip
REMEMBERED = 200_000  # values of one kind; a hostile file makes the memory start over, not grow

_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_START = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_LONGEST_ID, _LONGEST_CODE, _LONGEST_SUBJECT = 64, 20, 40

Fault = tuple[str, str, str]
# scheduled, excused, unexcused, other, reported, cancelled, late, subject
Content = tuple[int, int, int, int, int, int, int, str]
# day, pupil, start, unit, line, number of the content, on_school_day
Row = tuple[str, int, int, int, int, int, int]


class _Wrong(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


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
        self._written: dict[tuple[str, str, str, str], int] = {}
        self._numbers = count()
        self.contents: dict[Content, int] = {}  # emptied by whoever writes them down

    def rows(self, file: CsvFile, report: Report) -> Iterator[list[Row]]:
        """Yield the good rows, some thousand at a time; count all of them, and the faults."""
        for lines, records in file.chunks():
            try:
                yield self._column_by_column(file, lines, records)
                report.rows += len(records)
            except (KeyError, ValueError, _Wrong):
                yield self._one_by_one(file, lines, records, report)

    def _column_by_column(
        self, file: CsvFile, lines: Sequence[int], records: list[list[str]]
    ) -> list[Row]:
        """Read records that are all good, of pupils and units that are known.

        Raises KeyError, ValueError or _Wrong when one is not.
        """
        if set(map(len, records)) != {file.width}:
            raise ValueError
        columns = file.pick(list(zip(*records, strict=True)))
        try:
            return self._remembered(lines, *columns)
        except KeyError:
            self._learn(*columns)
            return self._remembered(lines, *columns)

    def _remembered(self, lines: Sequence[int], *columns: Sequence[str]) -> list[Row]:
        """Make rows of values that have all been met before; KeyError when one has not."""
        pupil_id, code, day, start, minutes, subject, kind, absent = columns
        places = map(self._places.__getitem__, zip(code, day, strict=True))
        days, units, on = zip(*places, strict=True)
        said = zip(minutes, kind, absent, subject, strict=True)
        return list(
            zip(
                days,
                map(self._pupils.__getitem__, pupil_id),
                map(self._starts.__getitem__, start),
                units,
                lines,
                map(self._written.__getitem__, said),
                on,
                strict=True,
            )
        )

    def _learn(self, *columns: Sequence[str]) -> None:
        """Judge the values not met before. Raises _Wrong, or KeyError for an unknown unit."""
        _, codes, days, starts, minutes, subject, kind, absent = columns
        for code, day in set(zip(codes, days, strict=True)) - self._places.keys():
            unit, read_day = self._units[code], _day(day)
            on = int(self._is_school_day(unit, date.fromisoformat(read_day)))
            _remember(self._places, (code, day), (read_day, unit, on))
        for start in set(starts) - self._starts.keys():
            self._starts[start] = _start(start)
        for said in set(zip(minutes, kind, absent, subject, strict=True)) - self._written.keys():
            content = (*_content(*said[:3], self._late_as), _subject(said[3]))
            _remember(self._written, said, self._number(content))

    def _one_by_one(
        self, file: CsvFile, lines: Sequence[int], records: list[list[str]], report: Report
    ) -> list[Row]:
        places, pupils, starts, written = self._places, self._pupils, self._starts, self._written
        rows: list[Row] = []
        for line, record in zip(lines, records, strict=True):
            if not record:
                continue
            report.rows += 1
            if len(record) != file.width:
                report.fault(line, [("", str(len(record)), "columns")])
                continue
            fields = pupil_id, code, day, start, minutes, subject, kind, absent = file.pick(record)
            try:
                text_day, unit, on = places[code, day]
                row: Row | None = (
                    text_day, pupils[pupil_id], starts[start], unit, line,
                    written[minutes, kind, absent, subject], on,
                )  # fmt: skip
            except KeyError:
                row = self._first_sight(line, fields, report)
            if row is not None:
                rows.append(row)
        return rows

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
        minutes_of = _judged(faults, _content, minutes, kind, absent, self._late_as)
        words = _judged(faults, _subject, subject)
        if faults:
            self._unknown(pupil_name, code_name, faults)
        ids = None if faults else self._ids(pupil_name, code_name, faults)
        if ids is None:
            report.fault(line, sorted(faults, key=lambda fault: HEADER.index(fault[0])))
            return None
        pupil, unit = ids
        on = int(self._is_school_day(unit, date.fromisoformat(read_day)))
        _remember(self._places, (code, day), (read_day, unit, on))
        self._pupils[pupil_id] = pupil
        self._starts[start] = minute
        content = self._number((*minutes_of, words))
        _remember(self._written, (minutes, kind, absent, subject), content)
        return (read_day, pupil, minute, unit, line, content, on)

    def _number(self, content: Content) -> int:
        """Number the contents as they are met: what has the same number says the same."""
        number = self.contents.get(content)
        if number is None:
            number = self.contents[content] = next(self._numbers)
        return number

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
        faults.extend(wrong.faults)
        return None


K = TypeVar("K")
V = TypeVar("V")


def _remember(memory: dict[K, V], key: K, value: V) -> None:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value


def _name(column: str, value: str, longest: int) -> str:
    name = value.strip()
    if not name:
        raise _Wrong((column, value, "empty"))
    if len(name) > longest or NOT_IN_A_NAME.search(name):
        raise _Wrong((column, value, "not_a_name"))
    return name


def _day(value: str) -> str:
    if _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise _Wrong(("date", value, "no_such_day")) from None
    raise _Wrong(("date", value, "not_a_date"))


def _start(value: str) -> int:
    if not (match := _START.fullmatch(value)):
        raise _Wrong(("start", value, "not_a_time"))
    return int(match[1]) * 60 + int(match[2])


def _whole(column: str, value: str) -> int:
    if not _WHOLE.fullmatch(value.strip()):
        raise _Wrong((column, value, "not_whole_minutes"))
    return int(value)


def _content(
    minutes: str, kind: str, absent: str, late_as: LateAs
) -> tuple[int, int, int, int, int, int, int]:
    """Judge the three fields that make a mark: each by itself, then what they say together.

    A field that cannot be read is not judged a second time by what stands in its place.
    """
    faults: list[Fault] = []
    total = _judged(faults, _whole, "minutes", minutes)
    away = _judged(faults, _whole, "absent_minutes", absent) if absent.strip() else None
    unread = {column for column, _, _ in faults}
    try:
        content = content_of(kind.strip(), MOST_MINUTES if total is None else total, away, late_as)
    except NotAMark as not_a_mark:
        values = {"minutes": minutes, "kind": kind, "absent_minutes": absent}
        wrongs = [wrong for wrong in not_a_mark.wrongs if wrong[1] not in unread]
        faults += [(column, values[column], wrong) for wrong, column in wrongs]
    if faults:
        raise _Wrong(*faults)
    return (
        content.scheduled, content.excused, content.unexcused, content.other,
        int(content.reported), int(content.cancelled), int(content.late),
    )  # fmt: skip


def _subject(value: str) -> str:
    words = value.strip()
    if len(words) > _LONGEST_SUBJECT or NOT_IN_A_NAME.search(words):
        raise _Wrong(("subject", value, "not_a_name"))
    return words
