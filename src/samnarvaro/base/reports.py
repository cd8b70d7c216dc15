"""What a delivery came to: counts that add up, the faults to mend, the warnings to think of."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 1000
LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one record. `line` is where the record begins, header = 1."""

    line: int
    column: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Warn:
    """One thing to think of; the rows are taken in all the same. `count` rows from `line` on."""

    code: str
    line: int = 0
    count: int = 1
    detail: str = ""


@dataclass(slots=True)
class Report:
    """rows = new + changed + same + duplicate + faulty, always."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    duplicate: int = 0
    faulty: int = 0
    errors: list[Fault] = field(default_factory=list)
    errors_left_out: int = 0
    warnings: list[Warn] = field(default_factory=list)
    warnings_left_out: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def fault(self, line: int, faults: list[tuple[str, str, str]]) -> None:
        """Count one faulty record; `faults` are (column, value, code), all of them at once."""
        self.faulty += 1
        for column, value, code in faults:
            if len(self.errors) < MOST_LISTED:
                self.errors.append(Fault(line, column, value[:LONGEST_QUOTE], code))
            else:
                self.errors_left_out += 1

    def warn(self, code: str, *, line: int = 0, count: int = 1, detail: str = "") -> None:
        if len(self.warnings) < MOST_LISTED:
            self.warnings.append(Warn(code, line, count, detail[:LONGEST_QUOTE]))
        else:
            self.warnings_left_out += 1

    @property
    def adds_up(self) -> bool:
        return self.rows == self.new + self.changed + self.same + self.duplicate + self.faulty

    def numbers(self) -> dict[str, int]:
        return {
            name: getattr(self, name)
            for name in ("rows", "new", "changed", "same", "duplicate", "faulty")
        }

    @property
    def figures(self) -> dict[str, int]:
        """All that a person who is shown the report says yes to."""
        return {**self.numbers(), **self.counts}

    def stored(self) -> dict[str, Any]:
        """The report as plain data, codes and all, for keeping with the delivery."""
        return {
            "errors": [[e.line, e.column, e.value, e.code] for e in self.errors],
            "errors_left_out": self.errors_left_out,
            "warnings": [[w.code, w.line, w.count, w.detail] for w in self.warnings],
            "warnings_left_out": self.warnings_left_out,
            "counts": dict(self.counts),
        }


class NotAgreed(Exception):
    """It would not come to what a person has said yes to; nothing is written. Carries the report."""

    def __init__(self, report: Report) -> None:
        super().__init__("the figures are not those agreed on")
        self.report = report
