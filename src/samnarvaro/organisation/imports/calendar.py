"""A school authority's own days from a file: breaks and study days, and days made school days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samnarvaro.base.csvfile import NOT_IN_A_NAME, CsvFile
from samnarvaro.base.reports import Report
from samnarvaro.kernel.days import Window

HEADER = ("first_day", "last_day", "is_school_day", "label")
ALSO = ("school_unit_code",)
LONGEST_SPAN = 120  # days: a longer one is a slip of the pen
_LONGEST_LABEL = 80
_YES, _NO = {"1", "ja", "true", "yes"}, {"0", "nej", "false", "no"}


@dataclass(frozen=True, slots=True)
class Told:
    """One span as the file tells it. No code: it holds for the whole authority."""

    line: int
    days: Window
    is_school_day: bool
    label: str
    code: str


def read(path: Path, known_codes: set[str], report: Report) -> Iterator[Told]:
    """Yield the good rows; count all of them, and the faults. Raises base.csvfile.Unusable."""
    file = CsvFile(path, needs=HEADER, knows=ALSO)
    try:
        for line, record in file.rows():
            report.rows += 1
            if len(record) != file.width:
                report.fault(line, [("", str(len(record)), "columns")])
                continue
            fields = dict(zip(file.columns, file.pick(record), strict=True))
            told = _judge(line, {k: v.strip() for k, v in fields.items()}, known_codes, report)
            if told:
                yield told
    finally:
        file.close()


def _judge(line: int, fields: dict[str, str], known_codes: set[str], report: Report) -> Told | None:
    faults: list[tuple[str, str, str]] = []
    first, last = (_day(name, fields[name], faults) for name in ("first_day", "last_day"))
    if first and last and not 0 <= (last - first).days < LONGEST_SPAN:
        faults.append(("last_day", fields["last_day"], "span_length"))
    yes_no = fields["is_school_day"].lower()
    if yes_no not in _YES | _NO:
        faults.append(("is_school_day", yes_no, "not_yes_or_no"))
    label = fields["label"]
    if not label:
        faults.append(("label", label, "empty"))
    elif len(label) > _LONGEST_LABEL or NOT_IN_A_NAME.search(label):
        faults.append(("label", label, "not_a_name"))
    code = fields.get("school_unit_code", "")
    if code and code not in known_codes:
        faults.append(("school_unit_code", code, "unit_unknown"))
    if faults or first is None or last is None:
        report.fault(line, faults)
        return None
    return Told(line, Window(first, last), yes_no in _YES, label, code)


def _day(column: str, value: str, faults: list[tuple[str, str, str]]) -> date | None:
    try:
        if len(value) == 10 and value.isascii():
            return date.fromisoformat(value)
        faults.append((column, value, "not_a_date"))
    except ValueError:
        faults.append((column, value, "no_such_day"))
    return None
