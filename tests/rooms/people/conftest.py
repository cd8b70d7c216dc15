from pathlib import Path

import pytest

from tests.rooms.people.delivered import Deliverer


@pytest.fixture
def deliver(db: None, tmp_path: Path) -> Deliverer:  # noqa: ARG001  # rosters need tables
    return Deliverer(tmp_path)
