import pytest

from tests.rooms.worklist.school import School


@pytest.fixture
def school(db: None) -> School:  # noqa: ARG001  # the rows need tables
    return School()
