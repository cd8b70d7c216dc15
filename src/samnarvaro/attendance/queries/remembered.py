"""Sums that stay as they are until a mark changes, remembered by each process.

A sum is remembered by exactly whose it is: the pupils and their classes as the viewer sees them at
this moment. Somebody who moves, or whose personal data is protected, makes other pupils of it, and
other sums. No name is remembered, and nothing of a single pupil.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b
from threading import Lock
from typing import Any, TypeVar

from samnarvaro.attendance.totals import state
from samnarvaro.people.queries.members import Member

T = TypeVar("T")
MOST = 400  # some kilobytes each

_found: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(reckon: Callable[[], T], *asked: Hashable, of: Sequence[Member]) -> T:
    """Return what `reckon` gives for these pupils; `asked` is all else that it depends on.

    The token is read first: marks that change meanwhile cannot leave an old sum under a new token.
    """
    token = state.token()
    if token is None:
        return reckon()
    pupils = blake2b(repr(sorted(of, key=lambda each: each[0])).encode(), digest_size=16).digest()
    key = (token, pupils, *asked)
    with _lock:
        if key in _found:
            _found.move_to_end(key)
            known: T = _found[key]
            return known
    reckoned = reckon()
    with _lock:
        _found[key] = reckoned
        while len(_found) > MOST:
            _found.popitem(last=False)
    return reckoned
