import pytest

from tests.rooms.staircase.conftest import marked, today
from tests.rooms.worklist.school import School

__all__ = ["marked", "school", "today"]


@pytest.fixture
def school(db: None) -> School:  # noqa: ARG001  # measures need tables
    return School()
