"""A delivered CSV file: encoding, delimiter, header and the line where each record begins."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # never in a line of text
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Unusable(Exception):
    """The file cannot be used at all; nothing is written. `code` says why, `detail` where."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class CsvFile:
    """A CSV file in UTF-8 with a header, delimited by comma or semicolon.

    Raises Unusable when the file is missing, empty, not UTF-8, lacks a column, has one twice, or
    ends inside quotation marks.
    """

    def __init__(self, path: Path, *, needs: Sequence[str], knows: Sequence[str] = ()) -> None:
        self.path = path
        try:
            self.size = path.stat().st_size
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
            first = self._file.readline()
        except UnicodeDecodeError as error:
            raise Unusable("encoding", line=1) from error
        if not first.strip():
            raise Unusable("empty")
        if NOT_TEXT.search(first):
            raise Unusable("not_text")
        self.delimiter = ";" if first.count(";") > first.count(",") else ","
        header = [name.strip() for name in next(csv.reader([first], delimiter=self.delimiter))]
        if missing := [name for name in needs if name not in header]:
            raise Unusable("header_missing", columns=missing, found=header[:40])
        if doubled := [name for name in (*needs, *knows) if header.count(name) > 1]:
            raise Unusable("header_doubled", columns=doubled)
        self.width = len(header)
        self.columns = [*needs, *(name for name in knows if name in header)]
        self.ignored = [name for name in header if name not in {*needs, *knows}]
        self.pick: Callable[[list[str]], Any] = itemgetter(*map(header.index, self.columns))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record with the physical line where it begins (the header is line 1).

        Lines without anything on them are passed over.
        """
        reader = csv.reader(self._file, delimiter=self.delimiter, strict=True)
        line = 2
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 2
        except UnicodeDecodeError as error:
            raise Unusable("encoding", line=line) from error
        except csv.Error as error:
            raise Unusable("quotes", line=line) from error

    @property
    def bytes_read(self) -> int:
        position: int = self._file.buffer.raw.tell()  # type: ignore[attr-defined]
        return position

    def close(self) -> None:
        self._file.close()
