"""How a room tells the rooms above it what has happened, without knowing them.

`within` reactions run in the same transaction: one that fails stops the change. `after` reactions
run once the change is committed, each on its own; one may be lost in a crash, so the nightly job
does the same work again.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from samnarvaro.base import wall

log = logging.getLogger(__name__)
_within: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)
_after: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listen(kind: type, reaction: Callable[[Any], None], *, within: bool = False) -> None:
    """Call `reaction` for each event of that kind; asking twice for the same is asking once."""
    listeners = (_within if within else _after)[kind]
    if reaction not in listeners:
        listeners.append(reaction)


def publish(event: object) -> None:
    """Tell of a change. Never tells the `after` listeners of what was rolled back."""
    if reactions := _within[type(event)]:
        # What follows is the system's doing, whoever began it: it may reach beyond what that one sees.
        with wall.system("reaction"):
            for reaction in reactions:
                reaction(event)
    for reaction in _after[type(event)]:
        transaction.on_commit(partial(_call, reaction, event))


def _call(reaction: Callable[[Any], None], event: object) -> None:
    try:
        with wall.system("reaction"):
            reaction(event)
    except Exception:
        # The change stands; the nightly job does this reaction's work again.
        log.exception("a reaction failed", extra={"event": type(event).__name__})
