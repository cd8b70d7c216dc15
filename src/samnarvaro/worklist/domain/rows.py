"""Words of the work list: what a row can be, and the honest acts that clear it."""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # until a day, with a reason; then it is open again
    DONE = "done"  # what was done stands beside
    NOT_NEEDED = "not_needed"  # why stands beside


CLEARED = frozenset({State.DONE, State.NOT_NEEDED})


class Missing(StrEnum):
    """What an act lacks to be an honest one."""

    TEXT = "text"  # what was done, or why
    DAY = "day"  # wait until when
    DAY_TOO_LATE = "day_too_late"
    CLEARED_ALREADY = "cleared_already"
    NOT_YOURS = "not_yours"


LONGEST_WAIT = 30  # calendar days: a row never sleeps over a whole term
