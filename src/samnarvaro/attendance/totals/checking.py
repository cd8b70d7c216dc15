"""Whether the carried totals are what the marks come to: one hash for each pupil's rows in order."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any

from samnarvaro.attendance.totals.carry import ROW
from samnarvaro.base import bulk
from samnarvaro.people import queries as people

Digests = Mapping[int, bytes]
_PUPILS_AT_A_TIME = 2000


def digests() -> Digests:
    """Return the hash of each pupil's rows. Memory grows with the pupils and not with the rows."""
    return {
        pupil: blake2b(repr([row[1:] for row in rows]).encode(), digest_size=16).digest()
        for pupil, rows in groupby(_rows(), key=itemgetter(0))
    }


def _rows() -> Iterator[tuple[Any, ...]]:
    pupils = people.all_ids()
    for begin in range(0, len(pupils), _PUPILS_AT_A_TIME):
        some = pupils[begin : begin + _PUPILS_AT_A_TIME]
        yield from bulk.fetch(
            f"SELECT {', '.join(ROW)} FROM attendance_daytotal "
            "WHERE pupil_id BETWEEN %s AND %s ORDER BY pupil_id, day",
            [some[0], some[-1]],
        )


def count_differing(before: Digests, after: Digests) -> int:
    """Return for how many pupils the rows are not the same, none at all included."""
    return sum(before.get(pupil) != after.get(pupil) for pupil in before.keys() | after.keys())
