"""A question to the database, put together once and asked again and again.

Django puts a question together anew each time it is asked, and for the questions of who may see whom
that takes longer than the answer. A page that is opened all day remembers the question, by what it
was put together from (a scope, with its day). Never an answer: each time the database is asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from samnarvaro.base import bulk


@dataclass(frozen=True, slots=True)
class Question:
    """SQL with its parameters; without SQL nothing can answer it."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def ask(self) -> list[tuple[Any, ...]]:
        """Return the rows. SQLite gives some values back as they were written."""
        return bulk.fetch(self.sql, self.parameters) if self.sql else []

    def among(self, column: str, values: Collection[int | str]) -> "Question":
        """Return the same question, of those whose column is one of some values."""
        if not self.sql or not values:
            return Question("")
        marks = ", ".join(["%s"] * len(values))
        sql = f"SELECT * FROM ({self.sql}) AS asked WHERE {column} IN ({marks})"
        return Question(sql, (*self.parameters, *values))


def question(rows: QuerySet[Any, Any]) -> Question:
    """Return what a queryset of bare values asks."""
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return Question("")
    return Question(sql, tuple(parameters))
