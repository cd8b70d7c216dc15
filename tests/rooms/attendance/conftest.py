"""Vik with two schools and four pupils, before any mark has come in."""

from pathlib import Path

import pytest

from tests.rooms.attendance.desk import Desk, settle


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle()
    return Desk(tmp_path)


@pytest.fixture
def real_desk(tmp_path: Path, transactional_db: None) -> Desk:  # noqa: ARG001
    """A desk whose transactions are real ones: what is refused is rolled back by itself."""
    settle()
    return Desk(tmp_path)
