"""A consent: who must say yes, what the answers come to, and the table of what may happen to it.

It lifts secrecy for one child, from one zone to another, about named classes of data, for a time
(OSL 10 kap. 1 §, 12 kap. 2–3 §§). It is not a legal ground under the GDPR.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samnarvaro.consents.domain.policy import ASKABLE
from samnarvaro.kernel.privacy import DataClass

USUAL_DAYS = 182
LONGEST_DAYS = 366
WARNED_BEFORE = (30, 7)
# A child's no from this age on stops the consent; below it is weighed, and always written down.
CHILD_DECIDES_FROM = 15
CHILD_IS_WEIGHED_FROM = 12


class State(StrEnum):
    """How a consent stands. Data flows in one of them only."""

    NO_ANSWER = "no_answer"
    INCOMPLETE = "incomplete"  # somebody has said yes, somebody has not answered
    CONFLICTING = "conflicting"  # one yes and one no
    REFUSED = "refused"
    GIVEN = "given"
    UNDER_REVIEW = "under_review"  # a giver is no longer guardian, or the child became protected
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Event(StrEnum):
    """What happens to a consent. What the answers come to is told as one of the first five."""

    STILL_NO_ANSWER = "still_no_answer"
    SOME_YES = "some_yes"
    YES_AND_NO = "yes_and_no"
    NO = "no"
    ALL_YES = "all_yes"
    WITHDRAWAL = "withdrawal"
    LAST_DAY_PASSED = "last_day_passed"
    GROUND_SHAKEN = "ground_shaken"


ANSWERED = {
    Event.STILL_NO_ANSWER: State.NO_ANSWER,
    Event.SOME_YES: State.INCOMPLETE,
    Event.YES_AND_NO: State.CONFLICTING,
    Event.NO: State.REFUSED,
    Event.ALL_YES: State.GIVEN,
}
ENDED = frozenset({State.WITHDRAWN, State.EXPIRED})
# While answers come in, each brings the state that they come to. A yes that has been taken back or
# has run out is asked for anew, as a new row; so is one whose ground was shaken.
_OPEN = (State.NO_ANSWER, State.INCOMPLETE, State.CONFLICTING, State.REFUSED)
TABLE: dict[tuple[State, Event], State] = {
    **{(state, event): then for state in _OPEN for event, then in ANSWERED.items()},
    (State.GIVEN, Event.YES_AND_NO): State.WITHDRAWN,
    (State.GIVEN, Event.NO): State.WITHDRAWN,
    (State.GIVEN, Event.ALL_YES): State.GIVEN,
    # Somebody who has become guardian since has not been asked yet.
    (State.GIVEN, Event.SOME_YES): State.INCOMPLETE,
    **{(state, Event.WITHDRAWAL): State.WITHDRAWN for state in State if state not in ENDED},
    **{(state, Event.LAST_DAY_PASSED): State.EXPIRED for state in State if state not in ENDED},
    (State.GIVEN, Event.GROUND_SHAKEN): State.UNDER_REVIEW,
    (State.INCOMPLETE, Event.GROUND_SHAKEN): State.UNDER_REVIEW,
}


class NotInThisState(Exception):
    """Nothing of the kind can happen to a consent that stands so."""


def after(state: State, event: Event) -> State:
    """Return how a consent stands after something has happened. Raises NotInThisState."""
    try:
        return TABLE[state, event]
    except KeyError:
        raise NotInThisState(state, event) from None


class MustSayYes(StrEnum):
    """Who must say yes: a setting for each child, after the zone's lawyer's rule."""

    ALL_GUARDIANS = "all_guardians"
    ONE_GUARDIAN = "one_guardian"
    CHILD_ALONE = "child_alone"


class Party(StrEnum):
    GUARDIAN = "guardian"
    CHILD = "child"


class Said(StrEnum):
    YES = "yes"
    NO = "no"


class Way(StrEnum):
    """How an answer or a withdrawal came, and so how sure one is of who gave it."""

    E_ID = "e_id"
    PAPER = "paper"
    ORAL = "oral"  # at a meeting, with a witness
    PHONE = "phone"  # with a witness who listened


WITNESSED = frozenset({Way.ORAL, Way.PHONE})


class Maturity(StrEnum):
    """What was judged of whether a child can take this stand itself."""

    NOT_JUDGED = "not_judged"
    CAN = "can"
    CAN_IN_PART = "can_in_part"
    CANNOT_YET = "cannot_yet"


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest word of one party; `guardian` is None for the child."""

    guardian: int | None
    said: Said
    maturity: Maturity = Maturity.NOT_JUDGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose yes is needed: the guardians (ids) in force, the child's age in years if known."""

    guardians: frozenset[int]
    must: MustSayYes
    age: int | None


def comes_to(answers: Iterable[Answer], asked: Asked) -> Event:
    """Return what the parties' latest words come to together.

    The answer of somebody who is not asked counts for nothing. A consent that nobody can give,
    since there is no guardian on record, has no answer.
    """
    latest = {answer.guardian: answer for answer in answers}
    child = latest.get(None)
    if asked.must is MustSayYes.CHILD_ALONE:
        if child is None:
            return Event.STILL_NO_ANSWER
        return Event.ALL_YES if child.said is Said.YES else Event.NO
    adults = [latest[one].said for one in sorted(asked.guardians) if one in latest]
    yes, no = Said.YES in adults, Said.NO in adults
    if child is not None and child.said is Said.NO and _stops(child, asked.age):
        return Event.YES_AND_NO if yes else Event.NO
    if yes and no:
        return Event.YES_AND_NO
    if no:
        return Event.NO
    if not yes:
        return Event.STILL_NO_ANSWER
    enough = asked.must is MustSayYes.ONE_GUARDIAN or len(adults) == len(asked.guardians)
    return Event.ALL_YES if enough else Event.SOME_YES


def _stops(child: Answer, age: int | None) -> bool:
    """Tell whether a child's no stops the consent: by age, or by what was judged of its maturity."""
    if age is not None and age >= CHILD_DECIDES_FROM:
        return True
    weighed = age is None or age >= CHILD_IS_WEIGHED_FROM
    return weighed and child.maturity is not Maturity.CANNOT_YET


class NotAsked(StrEnum):
    """Why a consent cannot be asked for as it stands."""

    SAME_ZONE = "same_zone"
    NO_CLASS = "no_class"
    CLASS_NOT_SHAREABLE = "class_not_shareable"
    NAME_LEFT_OUT = "name_left_out"  # nothing of a child can be shared without saying whose it is
    NO_PURPOSE = "no_purpose"
    NO_WORDING = "no_wording"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    LASTS_TOO_LONG = "lasts_too_long"
    PROTECTED = "protected"
    NOT_A_RECEIVER = "not_a_receiver"
    CHILD_NAMED_IN_PURPOSE = "child_named_in_purpose"  # a chief who hands it out reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A consent that somebody is about to ask for."""

    from_zone: str
    to_zone: str
    zones: frozenset[str]
    classes: Collection[DataClass]
    purpose: str
    wording: str
    valid_from: date
    valid_to: date
    today: date
    protected: bool
    child: Collection[str] = ()  # what the child is called, word by word


def against(proposal: Proposal) -> list[NotAsked]:
    """Return everything that speaks against asking so, not only the first."""
    longest = proposal.valid_from + timedelta(days=LONGEST_DAYS - 1)
    reasons = {
        NotAsked.SAME_ZONE: proposal.from_zone == proposal.to_zone,
        NotAsked.NOT_A_RECEIVER: proposal.to_zone not in proposal.zones,
        NotAsked.NO_CLASS: not proposal.classes,
        NotAsked.CLASS_NOT_SHAREABLE: not ASKABLE.issuperset(proposal.classes),
        NotAsked.NAME_LEFT_OUT: bool(proposal.classes) and DataClass.NAME not in proposal.classes,
        NotAsked.NO_PURPOSE: not proposal.purpose.strip(),
        NotAsked.NO_WORDING: not proposal.wording.strip(),
        NotAsked.ENDS_BEFORE_IT_BEGINS: proposal.valid_to < proposal.valid_from,
        NotAsked.BEGINS_IN_THE_PAST: proposal.valid_from < proposal.today,
        NotAsked.LASTS_TOO_LONG: proposal.valid_to > longest,
        NotAsked.PROTECTED: proposal.protected,
        NotAsked.CHILD_NAMED_IN_PURPOSE: _names(proposal.child, proposal.purpose),
    }
    return [reason for reason, holds in reasons.items() if holds]


def _names(called: Collection[str], text: str) -> bool:
    """Tell whether a text holds one of some names as a word of its own, genitive included."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    names = {name.casefold() for name in called if len(name) > 1}
    return any(name in words or f"{name}s" in words for name in names)


def usual_end(first: date) -> date:
    """Return the last day that a consent has unless the family wants another."""
    return first + timedelta(days=USUAL_DAYS)


def flows(state: State, *, valid_from: date, valid_to: date, on: date) -> bool:
    """Tell whether data flows on a day, both ends included."""
    return state is State.GIVEN and valid_from <= on <= valid_to


class NotAnswered(StrEnum):
    """Why an answer or withdrawal cannot be written down as told."""

    NOT_A_PARTY = "not_a_party"
    NO_WITNESS = "no_witness"
    WITNESS_IS_ONESELF = "witness_is_oneself"
    ENDED = "ended"


def against_answer(
    *, is_party: bool, way: Way, witness: int | None, recorder: int | None, state: State
) -> list[NotAnswered]:
    """Return everything that speaks against writing down an answer."""
    reasons = {
        NotAnswered.NOT_A_PARTY: not is_party,
        NotAnswered.NO_WITNESS: way in WITNESSED and witness is None,
        NotAnswered.WITNESS_IS_ONESELF: witness is not None and witness == recorder,
        NotAnswered.ENDED: state in ENDED or state is State.UNDER_REVIEW,
    }
    return [reason for reason, holds in reasons.items() if holds]
