from datetime import datetime

import pytest

from samnarvaro.base import clock
from tests.rooms.staircase.school import AT, FRIDAY


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the last day with marks, in the evening."""
    now = datetime.combine(FRIDAY, AT.timetz())
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: now)
