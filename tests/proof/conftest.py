"""The house of canaries, on a day that stands still, once for each file of tests."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from samnarvaro.base import clock
from tests.proof import seeding
from tests.proof.seeding import DAY, NOW, Seeder


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Seeder]:  # noqa: ARG001
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]  # the plugin's own, untold
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(clock, "today", lambda: DAY)
        patch.setattr(clock, "now", lambda: NOW)
        seeder = seeding.build()
        _plan()
        yield seeder
        transaction.set_rollback(True)


def _plan() -> None:
    """Let PostgreSQL see what was seeded, as it does by itself wherever rows are kept."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
