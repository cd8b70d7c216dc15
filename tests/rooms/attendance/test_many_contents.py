"""A file in which every row says something else is held like any other, and memory does not grow."""

from typing import Any

import pytest

from samnarvaro.attendance.imports import reader, staging
from tests.rooms.attendance.desk import GOOD, Desk

ROWS = [
    GOOD._replace(start=f"{n // 60:02}:{n % 60:02}", minutes="1", subject=f"ämne {n}")
    for n in range(1300)
]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep few contents in memory; note how many there were whenever they were written down."""
    written: list[int] = []
    write_down = staging._write_down

    def note(contents: Any) -> None:
        written.append(len(contents))
        write_down(contents)

    monkeypatch.setattr(staging, "_write_down", note)
    monkeypatch.setattr(staging, "MOST_KEPT", 400)
    monkeypatch.setattr(reader, "REMEMBERED", 700)
    return written


def test_contents_are_written_down_before_they_are_many(desk: Desk, kept: list[int]) -> None:
    report = desk.take_in(*ROWS)

    assert (report.new, report.faulty) == (1300, 0)
    assert {said.subject for said in desk.held().values()} == {row.subject for row in ROWS}
    assert sum(kept) == 1300
    assert max(kept) < 1000  # the limit, and one lot of rows


def test_the_same_again_after_that_is_a_duplicate_and_another_subject_is_warned_of(
    desk: Desk, kept: list[int]
) -> None:
    changed = [row._replace(subject="annat") for row in ROWS[:3]]

    report = desk.take_in(*ROWS, *changed, *ROWS[3:])

    assert (report.new, report.duplicate, report.faulty) == (1300, 1300, 0)
    replaced = [w for w in report.warnings if w.code == "replaced_by_later_line"]
    assert [(w.line, w.detail) for w in replaced] == [(n, str(n + 1300)) for n in (2, 3, 4)]
    assert sum(kept) > 1300  # known contents got new numbers, and were the same all the same
    assert desk.take_in(*changed, *ROWS[3:]).same == 1300
