"""Whether the parts of an instrument fit together: keys, conditions, options and scales."""

from collections.abc import Iterable

from samnarvaro.mapping.domain.instrument import (
    Condition,
    Instrument,
    Item,
    Operator,
    Rule,
    Scale,
    Type,
    Value,
)
from samnarvaro.mapping.domain.instrument_answers import day_of
from samnarvaro.mapping.domain.instrument_faults import Notes, Wrong

_ORDERED = frozenset({Operator.MORE, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST})


def check(instrument: Instrument, notes: Notes) -> None:
    """Note everything that does not fit together."""
    if not instrument.questions():
        notes.note("", "item", Wrong.NO_QUESTIONS)
    before: dict[str, Item] = {}
    every = list(instrument.all_items())
    for item in every:
        if item.link in before:
            notes.note(item.link, "linkId", Wrong.TWICE)
        _check_type(item, notes)
        for condition in item.conditions:
            _check_condition(item, condition, before, {each.link for each in every}, notes)
        before[item.link] = item
    for key in _twice(scale.key for scale in instrument.scales):
        notes.note("", "scale.key", Wrong.TWICE, key)
    for scale in instrument.scales:
        _check_scale(scale, before, notes)


def _twice(keys: Iterable[str]) -> list[str]:
    every = list(keys)
    return sorted({key for key in every if every.count(key) > 1})


def _check_type(item: Item, notes: Notes) -> None:
    """What stands at an item is of its type."""
    if item.type is Type.CHOICE and len(item.options) < 2:
        notes.note(item.link, "answerOption", Wrong.OPTIONS_NEEDED)
    if item.type is not Type.CHOICE and item.options:
        notes.note(item.link, "answerOption", Wrong.NOT_HERE)
    for code in _twice(option.code for option in item.options):
        notes.note(item.link, "answerOption.code", Wrong.TWICE, code)
    if item.type is not Type.GROUP and item.items:
        notes.note(item.link, "item", Wrong.NOT_HERE)
    if item.required and not item.is_question:
        notes.note(item.link, "required", Wrong.NOT_HERE)
    if item.type is not Type.INTEGER and (item.least, item.most) != (None, None):
        notes.note(item.link, "minValue/maxValue", Wrong.NOT_HERE)
    if item.least is not None and item.most is not None and item.most < item.least:
        notes.note(item.link, "maxValue", Wrong.ENDS_BEFORE_IT_BEGINS)


def _check_condition(
    item: Item, condition: Condition, before: dict[str, Item], every: set[str], notes: Notes
) -> None:
    on = before.get(condition.question)
    if on is None:
        wrong = Wrong.NOT_BEFORE if condition.question in every else Wrong.NO_SUCH_QUESTION
        notes.note(item.link, "enableWhen.question", wrong, condition.question)
    elif not on.is_question:
        notes.note(item.link, "enableWhen.question", Wrong.NO_SUCH_QUESTION, condition.question)
    elif not _fits(on, condition):
        notes.note(item.link, "enableWhen.answer[x]", Wrong.ANSWER_DOES_NOT_FIT, condition.question)


def _fits(on: Item, condition: Condition) -> bool:
    """Tell whether a condition's answer can be one to the question, compared in that way."""
    answer, operator = condition.answer, condition.operator
    if operator is Operator.EXISTS:
        return isinstance(answer, bool)
    if operator in _ORDERED and on.type not in (Type.INTEGER, Type.DATE):
        return False
    return _is_an_answer(on, answer)


def _is_an_answer(on: Item, answer: Value) -> bool:
    match on.type:
        case Type.CHOICE:
            return on.option(answer) is not None
        case Type.BOOLEAN:
            return isinstance(answer, bool)
        case Type.INTEGER:
            return isinstance(answer, int) and not isinstance(answer, bool)
        case Type.DATE:
            return isinstance(answer, str) and day_of(answer) is not None
        case _:
            return False


def _check_scale(scale: Scale, known: dict[str, Item], notes: Notes) -> None:
    if not scale.questions:
        notes.note("", f"scale.{scale.key}", Wrong.OPTIONS_NEEDED)
    for link in _twice(scale.questions):
        notes.note(link, f"scale.{scale.key}", Wrong.TWICE)
    for link in scale.questions:
        item = known.get(link)
        if item is None or not item.is_question:
            notes.note("", f"scale.{scale.key}", Wrong.NO_SUCH_QUESTION, link)
        elif scale.rule is not Rule.NONE and not counts(item):
            notes.note(link, f"scale.{scale.key}", Wrong.NOT_COUNTED)
    if not 1 <= scale.least <= max(1, len(scale.questions)):
        notes.note("", f"scale.{scale.key}.least", Wrong.LEAST_OUT_OF_REACH)


def counts(item: Item) -> bool:
    """Tell whether the answers to a question are figures with a span."""
    match item.type:
        case Type.CHOICE:
            return any(option.weight is not None for option in item.options)
        case Type.INTEGER:
            return item.least is not None and item.most is not None
        case other:
            return other is Type.BOOLEAN
