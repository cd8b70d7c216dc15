"""The rows of both logs and their seals as text, the same on both databases: what the chain is over."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, Max, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Substr

from samnarvaro.audit.domain.chain import BETWEEN, FIELDS, Log, moment, structure, text_of
from samnarvaro.audit.domain.verifying import Sealed
from samnarvaro.audit.models import Reading, Seal, Writing
from samnarvaro.base import bulk

Texts = dict[tuple[str, int], str]
_STRUCTURES = {"classes", "pupils", "objects_shown", "detail"}
_NOT_TEXT = _STRUCTURES | {"id", "at", "count"}
_MOMENT = len("2026-11-27 22:57:20.123456")
_MOST_AT_ONCE = 900  # ids in one question; SQLite has a limit


def log_of(log: str) -> "QuerySet[Reading] | QuerySet[Writing]":
    return Reading.objects.all() if log == Log.READING else Writing.objects.all()


def texts(log: str, form: int, ids: Collection[int]) -> Texts:
    """Return the text of these rows of a log, as a form seals it; those that are gone are not there."""
    found: Texts = {}
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


def _read(log: str, form: int, picked: "QuerySet[Reading] | QuerySet[Writing]") -> Texts:
    """Let the database put the rows' text together; those that it writes in its own way are read apart."""
    fields = FIELDS[form][log]
    between = Value(BETWEEN, TextField())
    asked: list[Any] = []
    for name in fields:
        text = Cast(name, TextField()) if name in _NOT_TEXT else F(name)
        asked += [Substr(text, 1, _MOMENT) if name == "at" else text, between]
    joined = Func(*asked[:-1], template="%(expressions)s", arg_joiner=" || ")
    joined.output_field = TextField()
    found: Texts = {}
    odd = []
    for pk, text in _fetch(picked.values_list("pk", joined)):
        if _is_plain(text, len(fields)):
            found[log, pk] = text
        else:
            odd.append(pk)
    for start in range(0, len(odd), _MOST_AT_ONCE):
        found.update(_apart(log, fields, odd[start : start + _MOST_AT_ONCE]))
    return found


def _is_plain(text: str, parts: int) -> bool:
    """Tell whether a text that the database put together is the same on every database."""
    time = text.index(BETWEEN) + 1
    return (
        text.isascii()
        and text[time + _MOMENT] == BETWEEN
        and text.count(BETWEEN) == parts - 1
        and not ("+" in text[time : time + _MOMENT] or "{" in text or "\\" in text)
    )


def _apart(
    log: str, fields: tuple[str, ...], ids: list[int]
) -> Iterator[tuple[tuple[str, int], str]]:
    asked = [Cast(name, TextField()) if name in _NOT_TEXT else F(name) for name in fields]
    for row in _fetch(log_of(log).filter(pk__in=ids).values_list(*asked)):
        parts = list(row)
        for place, name in enumerate(fields):
            if name == "at":
                parts[place] = moment(row[place])
            elif name in _STRUCTURES:
                parts[place] = structure(row[place])
        yield (log, int(row[0])), text_of(parts)


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


def seals(*, at_a_time: int) -> Iterator[list[Sealed]]:
    """Give all seals in their order, some at a time."""
    number = 0
    while True:
        some = _fetch(
            Seal.objects.filter(number__gt=number)
            .order_by("number")
            .values_list(
                "number", "log", "row", "form", Cast("sealed_at", TextField()), "hashed", "marked"
            )[:at_a_time]
        )
        if not some:
            return
        moments = {at: moment(at) for at in {row[4] for row in some}}
        yield [
            Sealed(no, log, row, form, moments[at], bytes(hashed), marked and bytes(marked))
            for no, log, row, form, at, hashed, marked in some
        ]
        number = some[-1][0]


def unsealed_since(log: str, *, before: datetime) -> tuple[list[int], int]:
    """Return the ids of rows that have had no seal since before a moment, and how many are younger."""
    old = list(unsealed(log).filter(at__lt=before).values_list("pk", flat=True))
    return old, unsealed(log).filter(at__gte=before).count()
