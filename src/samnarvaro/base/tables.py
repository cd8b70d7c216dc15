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
