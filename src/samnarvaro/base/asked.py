"""A question to the database, put together once and asked again and again.

Django puts a question together anew each time it is asked, and for the questions of who may see whom
that takes longer than the answer. A page that is opened all day remembers the question, by what it
was put together from (a scope, with its day). Never an answer: each time the database is asked.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators

from samnarvaro.base import bulk
from samnarvaro.kernel.access import NOBODY, Scope

P = ParamSpec("P")
T = TypeVar("T")
NOBODYS = UUID(int=0)  # the public id of nobody
_MOST_OF_ONE = 256  # questions that each function remembers


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


@dataclass(frozen=True, slots=True)
class Blank:
    """A question about one, with room for whom: put together once, and asked of anybody.

    Gives what its queryset would, rows of a model or bare values, read back by Django's own rules.
    """

    sql: str = ""
    parameters: tuple[Any, ...] = ()
    make: Callable[[Sequence[Any]], Any] = tuple
    readers: Sequence[tuple[int, tuple[Sequence[Callable[..., Any]], Any]]] = field(default=())

    def ask(self, one: int | UUID = NOBODY) -> list[Any]:
        if not self.sql:
            return []
        rows = bulk.fetch(self.sql, [_instead(each, one) for each in self.parameters])
        return [self.make(row) for row in (self._read(rows) if self.readers else rows)]

    def _read(self, rows: list[tuple[Any, ...]]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, (readers, expression) in self.readers:
                value = row[place]
                for read in readers:
                    value = read(value, expression, connection)
                row[place] = value
            yield row


def _instead(parameter: Any, one: int | UUID) -> Any:
    """Return whom is asked about where a parameter keeps the room for it; else the parameter.

    A public id is kept as the database writes it: as it is, or as its 32 digits.
    """
    if isinstance(one, int):
        return one if isinstance(parameter, int) and parameter == NOBODY else parameter
    if parameter == NOBODYS:
        return one
    return one.hex if parameter == NOBODYS.hex else parameter


def blank(rows: QuerySet[Any, Any]) -> Blank:
    """Return what a queryset asks, with room for another where it asks about NOBODY, or NOBODYS."""
    compiler: Any = rows.query.get_compiler(rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Blank()
    assert not compiler.has_extra_select, sql
    readers = compiler.get_converters([each[0] for each in compiler.select])
    kind: Any = rows._iterable_class
    assert kind in (ModelIterable, ValuesListIterable), kind
    make = _maker(compiler, rows.db) if kind is ModelIterable else tuple
    return Blank(sql, tuple(parameters), make, tuple(readers.items()))


def _maker(compiler: Any, using: str) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row of a model of what the database gave: as ModelIterable does."""
    known, select = compiler.klass_info, compiler.select
    model, places = known["model"], known["select_fields"]
    first, beyond = places[0], places[-1] + 1
    names = [each[0].target.attname for each in select[first:beyond]]
    populators: Any = get_related_populators  # typed as a later Django has it
    related = populators(known, select, using)

    def make(row: Sequence[Any]) -> Any:
        made = model.from_db(using, names, row[first:beyond])
        for each in related:
            each.populate(row, made)
        return made

    return make


def of_one(
    put: Callable[Concatenate[Scope, P], QuerySet[Any, T]],
) -> Callable[Concatenate[int, Scope, P], list[T]]:
    """Let a question about one pupil, written with NOBODY for it, be asked of a pupil (id).

    It is put together once for each kind of key and each other thing it is told, and not for each
    pupil: the narrow key is the same for all of them but for whom it opens. One that opens another
    pupil is answered with nothing, before anything is asked.
    """

    @lru_cache(maxsize=_MOST_OF_ONE)
    def put_together(by: Scope, *rest: P.args, **named: P.kwargs) -> Blank:
        return blank(put(by, *rest, **named))

    asked: Callable[Concatenate[Scope, P], Blank] = put_together  # type: ignore[assignment]  # days and numbers have a hash

    def ask(pupil: int, by: Scope, /, *rest: P.args, **named: P.kwargs) -> list[T]:
        if by.about is None:
            return asked(by, *rest, **named).ask(pupil)
        if by.about != pupil:
            return []
        return asked(by.about_nobody(), *rest, **named).ask(pupil)

    return ask
