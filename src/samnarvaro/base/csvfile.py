"""A delivered CSV file: encoding, delimiter, header and the line where each record begins."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

_CHUNK = 500  # records at a time: few enough to stay in the processor's own memory
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # never in a line of text
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST_HEADER = 100_000
_PIECE = 1 << 20
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unusable(Exception):
    """The file cannot be used at all; nothing is written. `code` says why, `detail` where."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class CsvFile:
    """A CSV file in UTF-8 with a header, delimited by comma or semicolon.

    Raises Unusable when the file is missing, empty, no text, not UTF-8, lacks a column, has one
    twice, or has quotation marks that do not match.
    """

    def __init__(self, path: Path, *, needs: Sequence[str], knows: Sequence[str] = ()) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
            _refuse_nul(path)
            self._file = path.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise Unusable("no_file", name=path.name) from error
        try:
            self._read_header(needs, knows)
        except Unusable:
            self._file.close()
            raise

    def _read_header(self, needs: Sequence[str], knows: Sequence[str]) -> None:
        try:
            first = self._file.readline(_LONGEST_HEADER)
            if not first:
                raise Unusable("empty")
            self.delimiter = ";" if first.count(";") > first.count(",") else ","
            lines = chain([first], self._file)
            self._reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            header = [name.strip() for name in next(self._reader)]
        except (UnicodeDecodeError, csv.Error) as error:
            raise self._stopped_by(error, line=1) from error
        if len(first) == _LONGEST_HEADER or NOT_TEXT.search("".join(header)):
            raise Unusable("not_text", line=1)
        if missing := [name for name in needs if name not in header]:
            raise Unusable("header_missing", columns=missing, found=header[:40])
        if doubled := [name for name in (*needs, *knows) if header.count(name) > 1]:
            raise Unusable("header_doubled", columns=doubled)
        self.width = len(header)
        self.columns = [*needs, *(name for name in knows if name in header)]
        self.ignored = [name for name in header if name not in {*needs, *knows}]
        self.pick: Callable[[Sequence[Any]], Any] = itemgetter(*map(header.index, self.columns))

    def chunks(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Yield some thousand records at a time, with the physical line where each begins.

        The header is line 1. A line without anything on it is an empty record.
        """
        reader = self._reader
        while True:
            first = reader.line_num + 1
            records: list[list[str]] = []
            try:
                records.extend(islice(reader, _CHUNK))
            except (UnicodeDecodeError, csv.Error) as error:
                # The list keeps what was read before: the next record is the one that stopped it.
                line = first + sum(map(_lines_in, records))
                raise self._stopped_by(error, line) from error
            if not records:
                return
            yield _lines_of(records, first, reader.line_num + 1), records

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record with the line where it begins, empty lines passed over."""
        for lines, records in self.chunks():
            for line, record in zip(lines, records, strict=True):
                if record:
                    yield line, record

    def _stopped_by(self, error: Exception, line: int) -> Unusable:
        """What stopped the reading, as a fault of the file in the record that begins there."""
        if isinstance(error, UnicodeDecodeError):
            return Unusable("encoding", line=_line_where(self.path, _is_not_utf8))
        return Unusable("quotes", line=line)

    @property
    def bytes_read(self) -> int:
        """How far the reading has come; 0 for a pipe, which does not know."""
        if not self._file.seekable():
            return 0
        position: int = self._file.buffer.raw.tell()  # type: ignore[attr-defined]
        return position

    def close(self) -> None:
        self._file.close()


def _refuse_nul(path: Path) -> None:
    """A text holds no NUL; UTF-16 does, and a file that a broken disk or program left half done."""
    if not path.is_file():  # a pipe can be read once
        return
    with path.open("rb") as file:
        pieces = iter(lambda: file.read(_PIECE), b"")
        first = next(pieces, b"")
        if b"\0" in first or any(b"\0" in piece for piece in pieces):
            code = "encoding" if first.startswith(_UTF_16) else "not_text"
            raise Unusable(code, line=_line_where(path, lambda raw: b"\0" in raw))


def _line_where(path: Path, is_so: Callable[[bytes], bool]) -> int:
    """Return the first line of the bytes of which that is so; 0 when it cannot be told."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return next((number for number, raw in enumerate(file, 1) if is_so(raw)), 0)


def _is_not_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


def _lines_in(record: list[str]) -> int:
    return 1 + sum(len(_LINE_BREAK.findall(field)) for field in record)


def _lines_of(records: list[list[str]], first: int, following: int) -> Sequence[int]:
    """The line of each record: one after the other, but for records with line breaks in quotes."""
    if following - first == len(records):
        return range(first, following)
    return list(accumulate(map(_lines_in, records[:-1]), initial=first))
