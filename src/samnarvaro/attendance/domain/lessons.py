"""What a lesson's mark amounts to, in one word; the minutes stand beside it."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a pupil's lesson went, by what is held of it."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    BOTH = "both"  # some minutes excused, others not
    OTHER_ACTIVITY = "other_activity"
    UNREPORTED = "unreported"
    CANCELLED = "cancelled"


def outcome(
    *, excused: int, unexcused: int, other: int, reported: bool, cancelled: bool, late: bool
) -> Outcome:
    """Name what a mark holds. A lesson that was cancelled is nothing else; a late one is late."""
    if cancelled:
        return Outcome.CANCELLED
    if not reported:
        return Outcome.UNREPORTED
    if late:
        return Outcome.LATE
    if excused or unexcused:
        return _absent(excused, unexcused)
    return Outcome.OTHER_ACTIVITY if other else Outcome.PRESENT


def _absent(excused: int, unexcused: int) -> Outcome:
    if excused and unexcused:
        return Outcome.BOTH
    return Outcome.EXCUSED if excused else Outcome.UNEXCUSED
