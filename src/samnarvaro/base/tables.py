"""A table kept in the order of its key, for rows written in bulk and read by key."""

from typing import Any

from django.db.migrations import CreateModel


class CreateClusteredModel(CreateModel):
    """Create a model whose rows on SQLite lie in the tree of their composite key.

    Without it SQLite keeps rows by an invented number and a second tree for the key: twice the
    writing. PostgreSQL gets its ordinary table. SQLite remakes a table when a column changes: a
    later migration of such a model must keep the clause. The key's fields stand first and in its
    order: otherwise the integrity check of SQLite before 3.41 sees empty fields that are not there.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            sql, params = schema_editor.table_sql(model)
            schema_editor.execute(f"{sql} WITHOUT ROWID", params or None)
            for index in model._meta.indexes:
                schema_editor.add_index(model, index)


class RemakeClusteredModel(CreateClusteredModel):
    """Lay the rows of such a model into a new table, where its key or its columns are others.

    The rows are moved in the order of the new key, all of them, and back again the same way: the
    columns must be the same by name. Nothing may refer to the table.
    """

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.remove_model(app_label, self.name_lower)
        super().state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        old = from_state.apps.get_model(app_label, self.name)
        new = to_state.apps.get_model(app_label, self.name)
        if not self.allow_migrate_model(schema_editor.connection.alias, new):
            return
        table, aside = new._meta.db_table, f"{new._meta.db_table}_aside"
        self._set_aside(schema_editor, old, aside)
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        columns = ", ".join(field.column for field in new._meta.concrete_fields)
        key = ", ".join(field.column for field in new._meta.pk_fields)
        schema_editor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {aside} ORDER BY {key}"
        )
        schema_editor.execute(f"DROP TABLE {aside}")

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Remake the table of {self.name}"

    @staticmethod
    def _set_aside(schema_editor: Any, model: Any, aside: str) -> None:
        """Rename the old table, and free the names of its indexes and of its key for the new one."""
        table, connection = model._meta.db_table, schema_editor.connection
        for index in model._meta.indexes:
            schema_editor.remove_index(model, index)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                held = connection.introspection.get_constraints(cursor, table)
            for name, constraint in held.items():
                if constraint["primary_key"]:
                    schema_editor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        schema_editor.execute(f"ALTER TABLE {table} RENAME TO {aside}")
