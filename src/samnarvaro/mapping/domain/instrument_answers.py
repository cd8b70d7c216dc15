"""Which questions are asked given the answers so far, what is missing, and what an answer may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from samnarvaro.mapping.domain.instrument import (
    LONGEST_TEXT_ANSWER,
    LONGEST_WHO,
    Answers,
    Behavior,
    Condition,
    Instrument,
    Item,
    Operator,
    Type,
    Value,
)
from samnarvaro.mapping.domain.mappings import OLDEST, Method

LEAST_YEAR, LARGEST_NUMBER = 1990, 1_000_000


class Wrong(StrEnum):
    """Why an answer is not one."""

    NOT_AN_OPTION = "not_an_option"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_SPAN = "out_of_span"
    NOT_A_DAY = "not_a_day"
    TOO_LONG = "too_long"


class Fault(StrEnum):
    """What stops answers from being saved, or from being locked as done, beside the questions."""

    METHOD = "method"
    HELD_ON = "held_on"
    HELD_ON_LATER = "held_on_later"
    HELD_ON_TOO_OLD = "held_on_too_old"
    WHO_TOO_LONG = "who_too_long"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in a filled-in instrument: on which day it was asked, how, of whom, and the answers."""

    held_on: date | None = None
    method: Method | None = None
    who: str = ""
    answers: Answers = field(default_factory=dict)


def asked(instrument: Instrument, answers: Answers) -> frozenset[str]:
    """Return the items (link ids) that are asked. A condition on a question that is not asked itself
    is as one on a question without an answer.
    """
    shown: dict[str, bool] = {}
    _look(instrument.items, answers, shown, within=True)
    return frozenset(link for link, is_shown in shown.items() if is_shown)


def _look(
    items: tuple[Item, ...], answers: Answers, shown: dict[str, bool], *, within: bool
) -> None:
    for item in items:
        shown[item.link] = within and _is_asked(item, answers, shown)
        _look(item.items, answers, shown, within=shown[item.link])


def _is_asked(item: Item, answers: Answers, shown: Mapping[str, bool]) -> bool:
    if not item.conditions:
        return True
    held = [
        holds(each, answers.get(each.question) if shown.get(each.question) else None)
        for each in item.conditions
    ]
    return all(held) if item.behavior is Behavior.ALL else any(held)


def holds(condition: Condition, answer: Value | None) -> bool:
    """Tell whether a condition holds. Of a question without an answer one thing alone holds: that
    there is none.
    """
    wanted, operator = condition.answer, condition.operator
    if operator is Operator.EXISTS:
        return (answer is not None) is wanted
    if answer is None:
        return False
    if operator is Operator.IS:
        return answer == wanted
    if operator is Operator.IS_NOT:
        return answer != wanted
    return _compares(operator, answer, wanted)


def _compares(operator: Operator, answer: Value, wanted: Value) -> bool:
    if isinstance(answer, str) or isinstance(wanted, str):
        # Days are written so that their order is that of the letters.
        before, same = str(answer) < str(wanted), answer == wanted
    else:
        before, same = answer < wanted, answer == wanted
    return {
        Operator.LESS: before,
        Operator.AT_MOST: before or same,
        Operator.MORE: not before and not same,
        Operator.AT_LEAST: not before,
    }[operator]


def missing(instrument: Instrument, answers: Answers) -> list[Item]:
    """Return every question that is asked, has to be answered and is not, in their order."""
    shown = asked(instrument, answers)
    return [
        item
        for item in instrument.questions()
        if item.required and item.link in shown and item.link not in answers
    ]


def kept(instrument: Instrument, answers: Answers) -> dict[str, Value]:
    """Return the answers to what is asked: what is locked holds no answer to what was not."""
    shown = asked(instrument, answers)
    return {
        item.link: answers[item.link]
        for item in instrument.questions()
        if item.link in shown and item.link in answers
    }


def wrong_with(item: Item, value: Value) -> Wrong | None:
    """Tell what is wrong with an answer, if anything."""
    match item.type:
        case Type.CHOICE:
            return None if item.option(value) else Wrong.NOT_AN_OPTION
        case Type.BOOLEAN:
            return None if isinstance(value, bool) else Wrong.NOT_AN_OPTION
        case Type.INTEGER:
            return _wrong_with_number(item, value)
        case Type.DATE:
            return None if day_of(value) else Wrong.NOT_A_DAY
        case _:
            is_short = isinstance(value, str) and len(value) <= LONGEST_TEXT_ANSWER
            return None if is_short else Wrong.TOO_LONG


def _wrong_with_number(item: Item, value: Value) -> Wrong | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return Wrong.NOT_A_NUMBER
    least = -LARGEST_NUMBER if item.least is None else item.least
    most = LARGEST_NUMBER if item.most is None else item.most
    return None if least <= value <= most else Wrong.OUT_OF_SPAN


def day_of(value: Value) -> date | None:
    """Return the day that an answer says, if it is one that can be meant."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.year >= LEAST_YEAR else None


def faults_in_answers(instrument: Instrument, answers: Answers) -> dict[str, Wrong]:
    """Return what is wrong with which answer; one to a question that is not there is none."""
    known = {item.link: item for item in instrument.questions()}
    return {
        link: wrong
        for link, value in answers.items()
        if (wrong := wrong_with(known[link], value) if link in known else Wrong.NOT_AN_OPTION)
    }


def faults_of_draft(told: Told, *, begun_on: date, on: date) -> list[Fault]:
    """Return what stops a draft from being saved: it may lack, it may not be wrong."""
    day = told.held_on
    found = {
        Fault.HELD_ON_LATER: day is not None and day > on,
        Fault.HELD_ON_TOO_OLD: day is not None and (begun_on - day).days > OLDEST,
        Fault.WHO_TOO_LONG: len(told.who) > LONGEST_WHO,
    }
    return [fault for fault, is_so in found.items() if is_so]


def faults_at_lock(instrument: Instrument, told: Told) -> list[Fault]:
    """Return what is missing before it can be locked, beside the questions."""
    found = {
        Fault.HELD_ON: told.held_on is None,
        Fault.METHOD: told.method is None,
        Fault.NOTHING: not kept(instrument, told.answers),
    }
    return [fault for fault, is_so in found.items() if is_so]
