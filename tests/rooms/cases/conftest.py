from datetime import datetime

import pytest

from samnarvaro.base import clock
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown


@pytest.fixture
def wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Wednesday noon for the pages too."""
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(WEDNESDAY, NOON.timetz()))


@pytest.fixture
def town(db: None, wednesday: None) -> CaseTown:  # noqa: ARG001  # tables, day
    return CaseTown()
