"""The relation map: which adult around a class has what contact with which pupil, as the adults say
themselves, round by round. What it finds is what the school lacks around a pupil, never what a pupil is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from samnarvaro.kernel.access import Holder, Role

# Who begins a round of a class it follows, reads the map when the round is closed, and sees to what
# it shows. Other adults fill in the own column, and read no other.
KEEPERS = frozenset(
    {
        Role.MENTOR,
        Role.PRINCIPAL,
        Role.DEPUTY_PRINCIPAL,
        Role.COUNSELLOR,
        Role.PSYCHOLOGIST,
        Role.SPECIAL_EDUCATOR,
    }
)
FILLERS = KEEPERS | {Role.TEACHER}  # those who meet the pupils of a class by name here
SCHOOL_WIDE = KEEPERS - {Role.MENTOR}
# Who can be chosen to a round. For who does not meet the class by name here a keeper fills in.
AROUND = FILLERS | {Role.RESOURCE_TEACHER, Role.CAREER_COUNSELLOR, Role.LEISURE_STAFF}
# To whom a contact can be given.
CONTACTS = (Holder.MENTOR, Holder.COUNSELLOR, Holder.STUDENT_HEALTH_TEAM, Holder.PRINCIPAL)

LONGEST_NAME = 60
MOST_ADULTS = 40
LONGEST_AHEAD = 60  # calendar days: a contact is taken soon


class Contact(IntEnum):
    """What contact an adult has with a pupil, in the adult's own words. Each is more than the former."""

    NONE = 0
    NAME = 1  # knows the pupil by name
    TALKS = 2  # talks with it
    TRUST = 3  # thinks that the pupil would come to it


class Fault(StrEnum):
    ADULTS = "adults"  # nobody is in the round
    ADULTS_TOO_MANY = "adults_too_many"
    NAME_TOO_LONG = "name_too_long"
    GOES_ON = "goes_on"  # a round of the class is open
    NOTHING_SAID = "nothing_said"  # of no pupil
    NOBODY_ANSWERED = "nobody_answered"
    DAY = "day"
    DAY_PAST = "day_past"
    DAY_TOO_LATE = "day_too_late"
    HOLDER = "holder"
    ASKED_ALREADY = "asked_already"  # the pupil's contact has been given to somebody


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil (id) in a round: what each adult (id) has said, and what the pupil itself says."""

    pupil: int
    said: Mapping[int, Contact]
    pupil_says: bool | None = None  # that there is an adult at school; None: not asked

    @property
    def trusted_by(self) -> int:
        return sum(each is Contact.TRUST for each in self.said.values())

    @property
    def lacks(self) -> bool:
        """Whether the school lacks a trusted adult for the pupil. What the pupil says goes before."""
        if self.pupil_says is not None:
            return not self.pupil_says
        return not self.trusted_by


@dataclass(frozen=True, slots=True)
class Change:
    """How many of those in both rounds lacked an adult then and now, and whose adult is new, or gone."""

    before: int
    now: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def compared(former: Sequence[Row], now: Sequence[Row]) -> Change:
    """Lay two rounds beside each other, for the pupils that are in both."""
    then = {row.pupil: row.lacks for row in former}
    both = [row for row in now if row.pupil in then]
    return Change(
        before=sum(then[row.pupil] for row in both),
        now=sum(row.lacks for row in both),
        gained=tuple(row.pupil for row in both if then[row.pupil] and not row.lacks),
        lost=tuple(row.pupil for row in both if row.lacks and not then[row.pupil]),
    )


def faults_of_round(staff: Sequence[int], others: Sequence[str], *, goes_on: bool) -> list[Fault]:
    """Return everything that stops a round with these adults: at work (ids), and others by function."""
    found = [Fault.GOES_ON] if goes_on else []
    if not staff and not others:
        found.append(Fault.ADULTS)
    if len(staff) + len(others) > MOST_ADULTS:
        found.append(Fault.ADULTS_TOO_MANY)
    if any(len(name) > LONGEST_NAME for name in others):
        found.append(Fault.NAME_TOO_LONG)
    return found


def faults_of_contact(day: date | None, *, on: date, is_given: bool) -> list[Fault]:
    """Return everything that stops a contact from being given to somebody by a day."""
    if is_given:
        return [Fault.ASKED_ALREADY]
    if day is None:
        return [Fault.DAY]
    if day < on:
        return [Fault.DAY_PAST]
    return [Fault.DAY_TOO_LATE] if day - on > timedelta(days=LONGEST_AHEAD) else []
