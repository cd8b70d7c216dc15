"""A contact with a home or a pupil: what is told of it, and what makes it whole.

An attempt that reached nobody is a contact too. Nothing here reads a clock.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samnarvaro.kernel.access import Holder, Role
from samnarvaro.outreach.domain.needs import Need, Whom


class Kind(StrEnum):
    PHONE = "phone"
    MEETING = "meeting"
    HOME_VISIT = "home_visit"
    MESSAGE = "message"  # written: a text message, a mail, a letter
    OTHER = "other"


class Outcome(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    MESSAGE_LEFT = "message_left"  # left, or sent


class WayReason(StrEnum):
    """Why the contact was not made by phone."""

    INTERPRETER = "interpreter"
    PROTECTED = "protected"
    WISH = "wish"
    OTHER = "other"  # in words


class Cause(StrEnum):
    """The stated reason, coarsely."""

    ILLNESS = "illness"
    APPOINTMENT = "appointment"
    TIRED = "tired"
    FEELING_LOW = "feeling_low"
    SCHOOL = "school"
    FAMILY = "family"
    LEAVE = "leave"
    UNKNOWN = "unknown"
    OTHER = "other"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Promise(StrEnum):
    """What one promised to follow up with. Coarse, since the row of work shows it to others."""

    CALL_AGAIN = "call_again"
    SEND_WORK = "send_work"
    TALK = "talk"
    MEETING = "meeting"
    ASK = "ask"
    OTHER = "other"  # in words


class Missing(StrEnum):
    """What stops a contact from being kept."""

    WITH_WHOM = "with_whom"
    OUTCOME = "outcome"
    WAY_REASON = "way_reason"
    WAY_WORDS = "way_words"
    TOLD_BY_NOBODY = "told_by_nobody"  # says what was told, but not that anybody was reached
    BACK_IN_THE_PAST = "back_in_the_past"
    BACK_TOO_FAR = "back_too_far"
    PROMISE_WHAT = "promise_what"
    PROMISE_WORDS = "promise_words"
    PROMISE_WHEN = "promise_when"
    PROMISE_IN_THE_PAST = "promise_in_the_past"
    PROMISE_TOO_FAR = "promise_too_far"
    TEXT_LONG = "text_long"
    MADE_AHEAD = "made_ahead"
    MADE_LONG_AGO = "made_long_ago"
    NOT_YOURS = "not_yours"
    ANOTHER_DAY = "another_day"


# Whose row a promise becomes, by the role of who gave it.
PROMISES: dict[Role, Holder] = {
    Role.MENTOR: Holder.MENTOR,
    Role.PRINCIPAL: Holder.PRINCIPAL,
    Role.DEPUTY_PRINCIPAL: Holder.PRINCIPAL,
    Role.COUNSELLOR: Holder.COUNSELLOR,
    Role.SCHOOL_ADMINISTRATOR: Holder.SCHOOL_ADMINISTRATOR,
}

# Who may call, and so has the page of a call: there its row is cleared, by what is said of the
# contact or by a reason that is chosen. In another role one holds such a row only when it was handed on.
CALLS = frozenset(PROMISES)

LONGEST_TEXT, LONGEST_WORDS = 2000, 200
FARTHEST_BACK_AGAIN, FARTHEST_PROMISE, LONGEST_AGO = 365, 60, 30  # calendar days
FACES = range(1, 6)  # 1 is the saddest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a contact. `guardian` is an id; words may be empty."""

    made_on: date

    kind: Kind = Kind.PHONE
    whom: Whom | None = None
    guardian: int | None = None
    outcome: Outcome | None = None
    way_reason: WayReason | None = None
    language: str = ""
    interpreter: bool = False
    guardian_informed: bool = False
    cause: Cause | None = None
    may_last: Answer | None = None
    back_on: date | None = None
    face: int | None = None
    mood: str = ""
    wants_work: Answer | None = None
    knows_how: Answer | None = None
    promise: Promise | None = None
    promise_words: str = ""
    promise_on: date | None = None
    text: str = ""

    @property
    def is_reached(self) -> bool:
        return self.outcome is Outcome.REACHED

    @property
    def tells_what_was_said(self) -> bool:
        said = (self.cause, self.may_last, self.back_on, self.face, self.wants_work, self.knows_how)
        return any(each is not None for each in said) or bool(self.mood)


def missing_for(told: Told, *, about: Need | None, on: date) -> list[Missing]:
    """Return everything that stops a contact, not only the first."""
    found = {
        Missing.WITH_WHOM: told.whom is None,
        Missing.OUTCOME: told.outcome is None,
        Missing.WAY_REASON: _needs_way_reason(told, about) and told.way_reason is None,
        Missing.WAY_WORDS: told.way_reason is WayReason.OTHER and not told.text.strip(),
        Missing.TOLD_BY_NOBODY: told.outcome is not None
        and not told.is_reached
        and told.tells_what_was_said,
        Missing.BACK_IN_THE_PAST: told.back_on is not None and told.back_on < on,
        Missing.BACK_TOO_FAR: told.back_on is not None
        and (told.back_on - on).days > FARTHEST_BACK_AGAIN,
        Missing.MADE_AHEAD: told.made_on > on,
        Missing.MADE_LONG_AGO: (on - told.made_on).days > LONGEST_AGO,
        Missing.TEXT_LONG: len(told.text) > LONGEST_TEXT,
    }
    return [reason for reason, holds in found.items() if holds] + _missing_in_promise(told, on)


def _needs_way_reason(told: Told, about: Need | None) -> bool:
    """What the day asks for is done by phone, the caring call and that a home is told; another way
    has a reason.
    """
    return about is not None and told.kind is not Kind.PHONE


def _missing_in_promise(told: Told, on: date) -> list[Missing]:
    if told.promise is None:
        said = told.promise_on is not None or told.promise_words.strip()
        return [Missing.PROMISE_WHAT] if said else []
    found = {
        Missing.PROMISE_WORDS: told.promise is Promise.OTHER and not told.promise_words.strip(),
        Missing.PROMISE_WHEN: told.promise_on is None,
        Missing.PROMISE_IN_THE_PAST: told.promise_on is not None and told.promise_on < on,
        Missing.PROMISE_TOO_FAR: told.promise_on is not None
        and (told.promise_on - on).days > FARTHEST_PROMISE,
    }
    return [reason for reason, holds in found.items() if holds]


def reaches(told: Told, about: Need | None) -> bool:
    """Tell whether the contact is the caring call that reached somebody."""
    return about is Need.FIRST_DAY and told.is_reached


def informs(told: Told, about: Need | None) -> bool:
    """Tell whether a guardian knows of the day's absence after it.

    A guardian who was reached does, and one who was sent a written notice; a word left on an
    answering machine is an attempt. A pupil who was reached tells nobody, unless the caller has
    told a guardian too.
    """
    if about is None:
        return False
    if told.whom is Whom.PUPIL:
        return told.is_reached and told.guardian_informed
    is_sent = told.kind is Kind.MESSAGE and told.outcome is Outcome.MESSAGE_LEFT
    return told.is_reached or is_sent


def missing_for_correction(*, by: str, author: str, written_on: date, on: date) -> list[Missing]:
    """Return what stops a contact from being corrected: only by who wrote it, and the same day."""
    return [
        *([Missing.NOT_YOURS] if by != author else []),
        *([Missing.ANOTHER_DAY] if written_on != on else []),
    ]


class Next(StrEnum):
    """What to try when nobody answered."""

    LATER_TODAY = "later_today"
    OTHER_GUARDIAN = "other_guardian"
    AFTER_WORK = "after_work"
    TELL_PRINCIPAL = "tell_principal"


def next_attempt(attempts: int, *, numbers: int) -> Next | None:
    """Suggest the next attempt after so many that reached nobody; None before the first."""
    if attempts <= 0:
        return None
    if attempts < numbers:
        return Next.OTHER_GUARDIAN
    if attempts == numbers:
        return Next.LATER_TODAY
    return Next.AFTER_WORK if attempts == numbers + 1 else Next.TELL_PRINCIPAL
