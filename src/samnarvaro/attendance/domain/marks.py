"""What a mark says: whole minutes of one lesson, and how a `kind` is written as minutes."""

from dataclasses import dataclass
from enum import StrEnum

MOST_MINUTES = 1440  # a day


class Kind(StrEnum):
    """One way of writing a mark, used by delivered files. What is held is the minutes."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    OTHER_ACTIVITY = "other_activity"
    UNREPORTED = "unreported"
    CANCELLED = "cancelled"


class LateAs(StrEnum):
    """What a school authority lets the minutes of a late arrival count as."""

    UNEXCUSED = "unexcused"
    EXCUSED = "excused"
    PRESENT = "present"


class Wrong(StrEnum):
    """Why minutes and kind do not make a mark."""

    MINUTES_RANGE = "minutes_range"
    KIND_UNKNOWN = "kind_unknown"
    ABSENT_RANGE = "absent_range"
    ABSENT_MISSING = "absent_missing"
    ABSENT_NOT_ALLOWED = "absent_not_allowed"
    ABSENT_NONE = "absent_none"


class NotAMark(Exception):
    """`wrongs` says all that is wrong, and which of minutes, kind and absent_minutes to mend."""

    def __init__(self, *wrongs: tuple[Wrong, str]) -> None:
        super().__init__(*wrongs)
        self.wrongs = wrongs


@dataclass(frozen=True, slots=True)
class Content:
    """What is held of a lesson besides its subject: minutes, and three yes or no.

    excused + unexcused + other ≤ scheduled; `other` minutes are spent in another activity of the
    school and are not absence.
    """

    scheduled: int
    excused: int = 0
    unexcused: int = 0
    other: int = 0
    reported: bool = True
    cancelled: bool = False
    late: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.scheduled <= MOST_MINUTES:
            raise NotAMark((Wrong.MINUTES_RANGE, "minutes"))
        if min(self.excused, self.unexcused, self.other) < 0 or (
            self.excused + self.unexcused + self.other > self.scheduled
        ):
            raise NotAMark((Wrong.ABSENT_RANGE, "absent_minutes"))


_KINDS = frozenset(kind.value for kind in Kind)
_WHOLLY_ABSENT = {Kind.EXCUSED, Kind.UNEXCUSED}


def content_of(kind: str, minutes: int, absent: int | None, late_as: LateAs) -> Content:
    """Return the mark that a kind with its minutes means. Raises NotAMark, with all that is wrong.

    `absent` None (an empty field) means all minutes for excused and unexcused, none for present,
    other_activity, unreported and cancelled; a late mark must say how many. Minutes of absence
    above 0 for those four, or 0 for excused and unexcused, contradict the kind. Late 0 is one late
    arrival.
    """
    if wrongs := _wrong_each_by_itself(kind, minutes, absent):
        raise NotAMark(*wrongs)
    known = Kind(kind)
    if known is Kind.LATE:
        return _late(minutes, absent, late_as)
    if known in _WHOLLY_ABSENT:
        return _absent(known, minutes, absent)
    if absent:
        raise NotAMark((Wrong.ABSENT_NOT_ALLOWED, "absent_minutes"))
    return Content(
        minutes,
        other=minutes if known is Kind.OTHER_ACTIVITY else 0,
        reported=known is not Kind.UNREPORTED,
        cancelled=known is Kind.CANCELLED,
    )


def _wrong_each_by_itself(kind: str, minutes: int, absent: int | None) -> list[tuple[Wrong, str]]:
    is_a_length = 1 <= minutes <= MOST_MINUTES
    most_absent = minutes if is_a_length else MOST_MINUTES
    wrongs = []
    if not is_a_length:
        wrongs.append((Wrong.MINUTES_RANGE, "minutes"))
    if kind not in _KINDS:
        wrongs.append((Wrong.KIND_UNKNOWN, "kind"))
    if absent is not None and not 0 <= absent <= most_absent:
        wrongs.append((Wrong.ABSENT_RANGE, "absent_minutes"))
    return wrongs


def _absent(kind: Kind, minutes: int, absent: int | None) -> Content:
    if absent == 0:
        raise NotAMark((Wrong.ABSENT_NONE, "absent_minutes"))
    away = minutes if absent is None else absent
    if kind is Kind.EXCUSED:
        return Content(minutes, excused=away)
    return Content(minutes, unexcused=away)


def _late(minutes: int, absent: int | None, late_as: LateAs) -> Content:
    if absent is None:
        raise NotAMark((Wrong.ABSENT_MISSING, "absent_minutes"))
    return Content(
        minutes,
        excused=absent if late_as is LateAs.EXCUSED else 0,
        unexcused=absent if late_as is LateAs.UNEXCUSED else 0,
        late=True,
    )
