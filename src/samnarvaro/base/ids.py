"""Numbers set aside for rows that will be made later, in the transaction that writes."""

from collections.abc import Iterator

from django.db import connection, models

_BLOCK = 1000


def set_aside(model: type[models.Model]) -> Iterator[int]:
    """Yield ids for new rows of a table, one by one, without making the rows.

    On PostgreSQL they come from the table's own sequence. On SQLite they follow the greatest id
    there is; if somebody else makes a row meanwhile, the write that uses them fails as a whole.
    """
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [table, _BLOCK],
                )
                yield from [row[0] for row in cursor.fetchall()]
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    number = max(last, row[0] if row else 0)
    while True:
        number += 1
        yield number
