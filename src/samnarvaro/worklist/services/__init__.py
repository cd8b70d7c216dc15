"""Everything that changes rows of work: raised by the rooms above, cleared by a person's act."""

from samnarvaro.worklist.domain.rows import NewItem
from samnarvaro.worklist.queries import NoSuchItem
from samnarvaro.worklist.services.acting import (
    MOST_AT_ONCE,
    CannotAct,
    CannotActOnAll,
    act,
    act_on_many,
    act_on_one,
    undo,
)
from samnarvaro.worklist.services.holding import LeftLying, raise_left_lying
from samnarvaro.worklist.services.raising import (
    mark_recovered,
    raise_item,
    raise_items,
    unmark_recovered,
)
from samnarvaro.worklist.services.views import (
    CannotSaveView,
    change_view,
    delete_view,
    save_view,
)

__all__ = [
    "MOST_AT_ONCE", "CannotAct", "CannotActOnAll", "CannotSaveView", "LeftLying", "NewItem",
    "NoSuchItem", "act", "act_on_many", "act_on_one", "change_view", "delete_view",
    "mark_recovered", "raise_item", "raise_items", "raise_left_lying", "save_view", "undo",
    "unmark_recovered",
]  # fmt: skip
