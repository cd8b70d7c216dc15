"""Every import from a file: uploaded, read and shown first, then written when a person says so.

A delivery goes one way:

    received → reading → previewed → confirmed → writing → written

and out of it by `stopped` (a person), `unusable` (the file) or `failed` (the program; it can be tried
again). The worker reads and writes; the web receives, confirms and stops. Each step takes the row
under a lock and begins only from the states it may begin from, so that two people, or one person
twice, do it once.
"""

from samnarvaro.base.deliveries.files import TooLarge
from samnarvaro.base.deliveries.kinds import Guarded, Kind, Order, kind_of, kinds, register
from samnarvaro.base.deliveries.listing import NoSuchDelivery, Shown, get, latest, note_viewed
from samnarvaro.base.deliveries.moves import (
    CannotConfirm,
    Missing,
    NotNow,
    Wanted,
    again,
    confirm,
    receive,
    set_queue,
    stop,
)
from samnarvaro.base.deliveries.work import (
    Interrupted,
    in_hand,
    preview,
    stop_forgotten,
    sweep_files,
    write,
)

__all__ = [
    "CannotConfirm",
    "Guarded",
    "Interrupted",
    "Kind",
    "Missing",
    "NoSuchDelivery",
    "NotNow",
    "Order",
    "Shown",
    "TooLarge",
    "Wanted",
    "again",
    "confirm",
    "get",
    "in_hand",
    "kind_of",
    "kinds",
    "latest",
    "note_viewed",
    "preview",
    "receive",
    "register",
    "set_queue",
    "stop",
    "stop_forgotten",
    "sweep_files",
    "write",
]
