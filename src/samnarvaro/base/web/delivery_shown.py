"""One delivery as it is shown: its words, its figures, its faults in plain language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from samnarvaro.base.deliveries import Missing, Shown
from samnarvaro.base.deliveries.moves import STOPPABLE, why_not
from samnarvaro.base.web import delivery_texts as texts

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FaultRow:
    line: int
    column: str
    value: str
    code: str
    reason: Text


@dataclass(frozen=True, slots=True)
class WarningRow:
    line: int
    count: int
    detail: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Figure:
    label: Text
    value: int
    explained: Text
    tone: str = "plain"


def by_whom(shown: Shown) -> Text:
    """Who sent it: a person, or whoever ran the command line."""
    is_system = shown.row.by.startswith("system:")
    return shown.by_name or (texts.BY_COMMAND if is_system else texts.PROGRAM)


def fault_rows(shown: Shown) -> list[FaultRow]:
    known: Mapping[str, Text] = shown.kind.faults if shown.kind else {}
    return [
        FaultRow(each.line, each.column, each.value, each.code, known.get(each.code, each.code))
        for each in shown.faults
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a delivery asks for."""

    shown: Shown
    worker_is_there: bool

    @property
    def row(self) -> Any:
        return self.shown.row

    @property
    def label(self) -> Text:
        return self.shown.kind.label if self.shown.kind else self.row.kind

    @property
    def by(self) -> Text:
        return by_whom(self.shown)

    @property
    def state(self) -> Text:
        return texts.STATE[self.row.state]

    @property
    def tone(self) -> str:
        return texts.TONE.get(self.row.state, "info")

    @property
    def fact(self) -> Text:
        return texts.FACT[self.row.state]

    @property
    def is_working(self) -> bool:
        return self.shown.is_working

    @property
    def has_report(self) -> bool:
        return "errors" in self.row.report and not self.is_working

    @property
    def why_unusable(self) -> str:
        error, kind = self.shown.unusable, self.shown.kind
        return kind.unusable(error) if error and kind else ""

    @property
    def why_failed(self) -> Text:
        return texts.FAILED.get(self.row.report.get("why", ""), texts.FAILED["program"])

    @property
    def figures(self) -> list[Figure]:
        return list(self._figures())

    def _figures(self) -> Iterator[Figure]:
        named: list[tuple[str, Text]] = [*texts.COUNTS]
        for name, label in named:
            number = getattr(self.row, name)
            tone = "fault" if name == "faulty" and number else "plain"
            yield Figure(label, number, texts.EXPLAINED.get(name, ""), tone)
        for name, label in self.shown.kind.counts if self.shown.kind else ():
            number = self.shown.counts.get(name, 0)
            yield Figure(label, number, texts.EXPLAINED.get(name, ""))

    @property
    def warnings(self) -> list[WarningRow]:
        known: Mapping[str, Text] = self.shown.kind.warnings if self.shown.kind else {}
        return [
            WarningRow(each.line, each.count, each.detail, known.get(each.code, each.code))
            for each in self.shown.warnings
        ]

    @property
    def blocks(self) -> list[Text]:
        """Why it cannot be written, for one that is read."""
        if self.row.state != "previewed":
            return []
        return [texts.MISSING[reason] for reason in why_not(self.row)]

    @property
    def can_write(self) -> bool:
        return self.row.state == "previewed" and not why_not(self.row)

    @property
    def can_stop(self) -> bool:
        return self.row.state in STOPPABLE

    @property
    def can_try_again(self) -> bool:
        return self.row.state == "failed" and Missing.FILE_GONE not in why_not(self.row)

    @property
    def removed(self) -> int:
        return self.shown.counts.get("removed", 0)

    @property
    def enrolled(self) -> int:
        return self.shown.counts.get("enrolled", 0)
