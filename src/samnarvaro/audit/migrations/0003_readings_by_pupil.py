"""An index over the lists of pupils, where the database has such: an extract is one look-up there.

SQLite reads the whole log, which for one school is a matter of a second.
"""

from typing import Any

from django.db import migrations

NAME = "reading_by_pupils"


def make(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON audit_reading USING gin (pupils jsonb_path_ops)"
        )


def drop(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_seals")]

    operations = [migrations.RunPython(make, drop)]
