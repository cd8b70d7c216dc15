from pathlib import Path

import pytest

from tests.rooms.people.delivered import Deliverer
from tests.rooms.people.town import Town


@pytest.fixture
def deliver(db: None, tmp_path: Path) -> Deliverer:  # noqa: ARG001  # rosters need tables
    return Deliverer(tmp_path)


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001  # it is made of rows
    return Town()
