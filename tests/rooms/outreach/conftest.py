"""A Friday at school."""

from pathlib import Path

import pytest

from tests.rooms.outreach.school import CallingSchool


@pytest.fixture
def school(tmp_path: Path, db: None) -> CallingSchool:  # noqa: ARG001  # the rows need tables
    return CallingSchool(tmp_path)
