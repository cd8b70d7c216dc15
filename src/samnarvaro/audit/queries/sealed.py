"""The rows of both logs and their seals as text, the same on both databases: what the chain is over."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, Max, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast

from samnarvaro.audit.domain.chain import BETWEEN, FIELDS, Log, moment, structure, text_of
from samnarvaro.audit.domain.verifying import SealRow
from samnarvaro.audit.models import Reading, Seal, Writing
from samnarvaro.base import bulk

_STRUCTURES = {"classes", "pupils", "objects_shown", "detail"}
_NOT_TEXT = _STRUCTURES | {"id", "at", "count"}
_MOST_AT_ONCE = 900  # ids in one question; SQLite has a limit


def log_of(log: str) -> "QuerySet[Reading] | QuerySet[Writing]":
    return Reading.objects.all() if log == Log.READING else Writing.objects.all()


def texts(log: str, form: int, ids: Collection[int]) -> dict[int, str]:
    """Return the text of these rows of a log, as a form seals it; those that are gone are not there."""
    found: dict[int, str] = {}
    for first, last, exactly in _stretches(sorted(ids)):
        picked = log_of(log).filter(pk__gte=first, pk__lte=last)
        if exactly:
            picked = picked.filter(pk__in=exactly)
        found.update(_read(log, form, picked))
    return found


def _stretches(ids: list[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Cut ids into stretches to ask for: whole ones where nearly all between are wanted."""
    if ids and ids[-1] - ids[0] < 2 * len(ids) + 100:
        yield ids[0], ids[-1], []
        return
    for start in range(0, len(ids), _MOST_AT_ONCE):
        some = ids[start : start + _MOST_AT_ONCE]
        yield some[0], some[-1], some


def _read(log: str, form: int, picked: "QuerySet[Reading] | QuerySet[Writing]") -> dict[int, str]:
    """Let the database put the rows' text together; those that it writes in its own way are read apart."""
    fields = FIELDS[form][log]
    between = Value(BETWEEN, TextField())
    asked: list[Any] = []
    for name in fields:
        asked += [_Moment("at") if name == "at" else _as_text(name), between]
    joined = Func(*asked[:-1], template="%(expressions)s", arg_joiner=" || ")
    joined.output_field = TextField()
    found: dict[int, str] = dict(_fetch(picked.values_list("pk", joined)))
    if _are_plain(found.values(), len(fields)):
        return found
    odd = [pk for pk, text in found.items() if not _are_plain([text], len(fields))]
    for start in range(0, len(odd), _MOST_AT_ONCE):
        found.update(_apart(log, fields, odd[start : start + _MOST_AT_ONCE]))
    return found


class _Moment(Func):
    """A moment as every database writes it in a seal's text."""

    output_field = TextField()
    template = (
        "(%(expressions)s || CASE LENGTH(%(expressions)s) WHEN 19 THEN '.000000' ELSE '' END)"
    )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        form = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=form, **more)


def _as_text(name: str) -> Any:
    return Cast(name, TextField()) if name in _NOT_TEXT else F(name)


def _are_plain(texts: Collection[str], parts: int) -> bool:
    """Tell whether texts that the database put together are the same on every database. They are looked
    at together: none has fewer parts than it should, so all have as many as they should or more.
    """
    whole = "".join(texts)
    return (
        whole.isascii()
        and "\\" not in whole
        and whole.count("{") == whole.count("{}")
        and whole.count(BETWEEN) == len(texts) * (parts - 1)
    )


def _apart(log: str, fields: tuple[str, ...], ids: list[int]) -> Iterator[tuple[int, str]]:
    asked = [_as_text(name) for name in fields]
    for row in _fetch(log_of(log).filter(pk__in=ids).values_list(*asked)):
        parts = list(row)
        for place, name in enumerate(fields):
            if name == "at":
                parts[place] = moment(row[place])
            elif name in _STRUCTURES:
                parts[place] = structure(row[place])
        yield int(row[0]), text_of(parts)


def _fetch(question: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
    """Ask as it stands, without the framework's reading of each value: there may be millions."""
    sql, parameters = question.query.sql_with_params()
    return bulk.fetch(sql, parameters)


def unsealed(log: str, *, above: int = 0) -> "QuerySet[Reading] | QuerySet[Writing]":
    """The rows of a log that have no seal, with a greater id than that, oldest id first."""
    own = Seal.objects.filter(log=log, row=OuterRef("pk"))
    return log_of(log).filter(~Exists(own), pk__gt=above).order_by("pk")


def last_row(log: str) -> int:
    """The greatest id of a log that has a seal."""
    return int(Seal.objects.filter(log=log).aggregate(last=Max("row"))["last"] or 0)


def seals(*, at_a_time: int) -> Iterator[list[SealRow]]:
    """Give all seals in their order, some at a time."""
    number = 0
    while True:
        some = _fetch(
            Seal.objects.filter(number__gt=number)
            .order_by("number")
            .values_list("number", "log", "row", "form", _Moment("sealed_at"), "hashed", "marked")[
                :at_a_time
            ]
        )
        if not some:
            return
        yield some
        number = some[-1][0]


def unsealed_since(log: str, *, before: datetime) -> tuple[list[int], int]:
    """Return the ids of rows that have had no seal since before a moment, and how many are younger."""
    old = list(unsealed(log).filter(at__lt=before).values_list("pk", flat=True))
    return old, unsealed(log).filter(at__gte=before).count()
