from datetime import datetime

import pytest

from samnarvaro.base import clock
from samnarvaro.consents.domain.relations import Kind
from tests.rooms.consents.agreed import HEALTH, NOON, SCHOOL, WEDNESDAY, Town


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:  # noqa: ARG001  # tables
    """Karin has Saga as a case of student health's, Sonja and Bo as their own; nothing is agreed."""
    monkeypatch.setattr(clock, "today", lambda: WEDNESDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 21, 12, 0, tzinfo=NOON.tzinfo))
    made = Town()
    made.ties = {
        "karin": made.tie(made.karin, made.saga, kind=Kind.STUDENT_HEALTH_CASE, zone=SCHOOL),
        "sonja": made.tie(made.sonja, made.saga),
        "bo": made.tie(made.bo, made.saga, zone=HEALTH),
    }
    return made
