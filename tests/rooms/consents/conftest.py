from datetime import datetime
from pathlib import Path

import pytest

from samnarvaro.base import clock
from tests.rooms.consents.agreed import Town
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the last day with marks, in the evening."""
    now = datetime.combine(FRIDAY, AT.timetz())
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def marked(tmp_path: Path, db: None, today: None) -> SchoolWithMarks:  # noqa: ARG001  # tables, day
    """A school with an autumn of marks; no night has been gone through."""
    school = SchoolWithMarks(tmp_path)
    school.take_in_autumn()
    return school


@pytest.fixture
def school(marked: SchoolWithMarks) -> SchoolWithMarks:
    """The same, with the nights: episodes and rows of work."""
    marked.go_through_nights()
    return marked


@pytest.fixture
def families(db: None) -> Town:  # noqa: ARG001  # tables
    """A school, an open-care unit, health care, and Saga's two guardians; nobody has agreed yet."""
    return Town()
