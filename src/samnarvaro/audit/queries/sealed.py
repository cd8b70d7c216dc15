"""The rows of both logs and their seals as text, the same on both databases: what the chain is over."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from samnarvaro.audit.domain.chain import FIELDS, Log, moment, structure
from samnarvaro.audit.domain.verifying import Sealed
from samnarvaro.audit.models import Reading, Seal, Writing

Rows = dict[tuple[str, int], tuple[str, ...]]
_STRUCTURES = {"classes", "pupils", "objects_shown", "detail"}
_NOT_TEXT = _STRUCTURES | {"id", "at", "count"}
_MOST_AT_ONCE = 900  # ids in one question; SQLite has a limit


def log_of(log: str) -> "QuerySet[Reading] | QuerySet[Writing]":
    return Reading.objects.all() if log == Log.READING else Writing.objects.all()


def rows(log: str, form: int, ids: Collection[int]) -> Rows:
    """Return the parts of these rows of a log, as a form seals them; those that are gone are not there."""
    if not ids:
        return {}
    found: Rows = {}
    wanted = sorted(ids)
    for first, last, exactly in _stretches(wanted):
        picked = log_of(log).filter(pk__gte=first, pk__lte=last)
        if exactly:
            picked = picked.filter(pk__in=exactly)
        found.update(_read(log, form, picked))
    return found


def _stretches(ids: list[int]) -> Iterator[tuple[int, int, list[int]]]:
    """Cut ids into stretches to ask for: whole ones where nearly all between are wanted."""
    if ids[-1] - ids[0] < 2 * len(ids) + 100:
        yield ids[0], ids[-1], []
        return
    for start in range(0, len(ids), _MOST_AT_ONCE):
        some = ids[start : start + _MOST_AT_ONCE]
        yield some[0], some[-1], some


def _read(log: str, form: int, picked: "QuerySet[Reading] | QuerySet[Writing]") -> Rows:
    fields = FIELDS[form][log]
    asked = [Cast(name, TextField()) if name in _NOT_TEXT else F(name) for name in fields]
    first = next(place for place, name in enumerate(fields) if name in _STRUCTURES)
    found: Rows = {}
    for row in picked.values_list(*asked).iterator(chunk_size=5000):
        parts = (row[0], moment(row[1]), *row[2:first], *map(structure, row[first:]))
        found[log, int(row[0])] = parts
    return found


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
        some = list(
            Seal.objects.filter(number__gt=number)
            .order_by("number")
            .values_list(
                "number", "log", "row", "form", Cast("sealed_at", TextField()), "hashed", "marked"
            )[:at_a_time]
        )
        if not some:
            return
        yield [
            Sealed(no, log, row, form, moment(at), bytes(hashed), marked and bytes(marked))
            for no, log, row, form, at, hashed, marked in some
        ]
        number = some[-1][0]


def unsealed_since(log: str, *, before: datetime) -> tuple[list[int], int]:
    """Return the ids of rows that have had no seal since before a moment, and how many are younger."""
    old = list(unsealed(log).filter(at__lt=before).values_list("pk", flat=True))
    return old, unsealed(log).filter(at__gte=before).count()
