"""Rows that were there before a change of their table are there after it."""

from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.rooms.attendance.desk import GOOD, Desk

BY_DAY = ("attendance", "0002_totals_by_day")


def test_the_totals_are_laid_by_day_and_back_without_losing_one(real_desk: Desk) -> None:
    real_desk.take_in(
        *(
            GOOD._replace(pupil_id=pupil, date=f"2026-11-{day}")
            for day in (16, 17, 18)
            for pupil in ("vik-saga", "vik-leo", "vik-noor")
        )
    )
    before, key = real_desk.totals(), key_of("attendance_daytotal")

    move(back=True)
    by_pupil = key_of("attendance_daytotal")
    held = real_desk.totals()
    move(back=False)

    assert len(before) == 9
    assert (by_pupil, key) == (["pupil_id", "day"], ["day", "pupil_id"])
    assert held == before == real_desk.totals()
    assert key_of("attendance_daytotal") == key
    assert "day_total_by_pupil" in constraints("attendance_daytotal")
    assert "attendance_daytotal_aside" not in connection.introspection.table_names()
    if connection.vendor == "sqlite":
        assert "WITHOUT ROWID" in told_by_sqlite("attendance_daytotal")


def move(*, back: bool) -> None:
    """Take the one migration back, or make it again, whatever others have come after it."""
    loader = MigrationLoader(connection)
    migration = loader.get_migration(*BY_DAY)
    state = loader.project_state(BY_DAY, at_end=False)
    with connection.schema_editor() as editor:
        (migration.unapply if back else migration.apply)(state, editor)


def key_of(table: str) -> list[str]:
    (key,) = [c["columns"] for c in constraints(table).values() if c["primary_key"]]
    return [str(column) for column in key]


def constraints(table: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return dict(connection.introspection.get_constraints(cursor, table))


def told_by_sqlite(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        return str(cursor.fetchone()[0])
