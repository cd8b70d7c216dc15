"""Notes of a class conference and of a knowledge check: of the class as a whole, and of no pupil.

A note begins as a draft, which may lack anything. Locked, those who work with the class read it, and
what was decided is open until somebody says that it is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Role
from samnarvaro.people.domain.signs import Sign, signs

LONGEST_SEEN, LONGEST_PRESENT, LONGEST_WHAT, LONGEST_WHO = 4000, 400, 400, 80
MOST_DECISIONS = 6
OLDEST = 90  # calendar days back that a note can be of
# Who works with a class: as its own, or with the whole school.
CONFERRING = frozenset(
    {
        Role.TEACHER, Role.MENTOR, Role.PRINCIPAL, Role.DEPUTY_PRINCIPAL, Role.COUNSELLOR,
        Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR,
    }
)  # fmt: skip


class Kind(StrEnum):
    CONFERENCE = "conference"
    KNOWLEDGE_CHECK = "knowledge_check"


class Fault(StrEnum):
    """What stops a note from being saved or locked."""

    DAY = "day"
    DAY_LATER = "day_later"
    DAY_TOO_OLD = "day_too_old"
    PRESENT = "present"
    PRESENT_TOO_LONG = "present_too_long"
    SEEN = "seen"
    SEEN_TOO_LONG = "seen_too_long"
    TELLS_NAME = "tells_name"
    TELLS_NUMBER = "tells_number"
    TELLS_ADDRESS = "tells_address"
    WHAT = "what"  # somebody is to do something by a day, and it is not said what
    WHAT_TOO_LONG = "what_too_long"
    WHO = "who"
    DUE = "due"


_TELLS = {
    Sign.NAME: Fault.TELLS_NAME,
    Sign.NUMBER: Fault.TELLS_NUMBER,
    Sign.ADDRESS: Fault.TELLS_ADDRESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is to be done, by whom of the adults, until when."""

    what: str = ""
    who: str = ""
    due_on: date | None = None

    @property
    def is_blank(self) -> bool:
        return not (self.what.strip() or self.who.strip() or self.due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in a note, but for whose it is."""

    held_on: date | None = None
    present: str = ""
    seen: str = ""
    decided: tuple[Decided, ...] = ()


def faults_of_draft(told: Told, *, names: Iterable[str], on: date) -> list[Fault]:
    """Return what stops a draft from being saved. `names` are those of the class's pupils: they are to
    stand neither in what was seen nor in what was decided.
    """
    found = {
        Fault.DAY_LATER: bool(told.held_on and told.held_on > on),
        Fault.DAY_TOO_OLD: bool(told.held_on and (on - told.held_on).days > OLDEST),
        Fault.PRESENT_TOO_LONG: len(told.present.strip()) > LONGEST_PRESENT,
        Fault.SEEN_TOO_LONG: len(told.seen.strip()) > LONGEST_SEEN,
        Fault.WHAT_TOO_LONG: any(
            len(each.what.strip()) > LONGEST_WHAT or len(each.who.strip()) > LONGEST_WHO
            for each in told.decided
        ),
    }
    tells = tells_of_somebody([told.seen, *(each.what for each in told.decided)], names=names)
    return [*(fault for fault, holds in found.items() if holds), *tells]


def tells_of_somebody(texts: Iterable[str], *, names: Iterable[str]) -> list[Fault]:
    """Return what in some texts may tell which pupil they are about."""
    return [_TELLS[sign] for sign in signs("\n".join(texts), names=names)]


def faults_at_lock(told: Told) -> list[Fault]:
    """Return what a note lacks to be locked; nothing need have been decided."""
    found = {
        Fault.DAY: told.held_on is None,
        Fault.PRESENT: not told.present.strip(),
        Fault.SEEN: not told.seen.strip(),
        Fault.WHAT: any(not each.what.strip() for each in told.decided),
        Fault.WHO: any(not each.who.strip() for each in told.decided),
        Fault.DUE: any(each.due_on is None for each in told.decided),
    }
    return [fault for fault, holds in found.items() if holds]
