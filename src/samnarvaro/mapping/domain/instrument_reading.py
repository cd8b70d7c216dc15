"""An instrument read from JSON, and written as it: a subset of a FHIR R4 Questionnaire.

What FHIR has no place for is told by extensions of our own, `urn:samnarvaro:…`. Everything that is
wrong is said at once; what is not read here is not passed over in silence.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from samnarvaro.mapping.domain.factors import Field
from samnarvaro.mapping.domain.instrument import (
    Audience,
    Behavior,
    Condition,
    Instrument,
    Item,
    Operator,
    Option,
    Rule,
    Scale,
    Type,
    walk,
)
from samnarvaro.mapping.domain.instrument_checks import check
from samnarvaro.mapping.domain.instrument_faults import (
    LONGEST_PARAGRAPH,
    Fault,
    NotAnInstrument,
    Notes,
    Wrong,
)
from samnarvaro.mapping.domain.mappings import Depth

LARGEST = 300_000  # characters
MOST_ITEMS, MOST_OPTIONS, MOST_SCALES, DEEPEST = 200, 20, 30, 4
OURS = "urn:samnarvaro:"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LEAST_VALUE = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST_VALUE = "http://hl7.org/fhir/StructureDefinition/maxValue"
STATUS = ("draft", "active", "retired", "unknown")
PICTURES = frozenset(
    {
        "face-1", "face-2", "face-3", "face-4", "face-5", "home", "morning", "way", "school",
        "classroom", "friends", "adult", "lunch", "break", "night", "thumb-up", "thumb-down",
        "question",
    }
)  # fmt: skip
FIELD = {field: field.name.lower().replace("_", "-") for field in Field}
_NAME, _LINK = re.compile(r"[a-z0-9][a-z0-9-]{2,59}"), re.compile(r"[A-Za-z0-9._-]{1,40}")
_URL = re.compile(r"(https?://|urn:)[!-~]{1,180}")
_ABOUT = frozenset({"id", "meta", "language", "publisher", "date", "contact", "subjectType"})
_WHOLE = _ABOUT | {
    "resourceType", "url", "name", "version", "title", "status", "description", "copyright",
    "extension", "item",
}  # fmt: skip
_ITEM = frozenset(
    {
        "id", "linkId", "text", "type", "required", "answerOption", "enableWhen", "enableBehavior",
        "extension", "item",
    }
)  # fmt: skip
_ANSWER = {"answerBoolean": bool, "answerInteger": int, "answerString": str, "answerDate": str}
T = TypeVar("T", bound=Enum)


def instrument_of_text(text: str) -> Instrument:
    """Read an instrument from JSON. Raises NotAnInstrument, each fault with its line."""
    if len(text) > LARGEST:
        raise NotAnInstrument([Fault("", "", Wrong.TOO_LARGE)])
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotAnInstrument([Fault("", "", Wrong.NOT_JSON, line=error.lineno)]) from error
    except (RecursionError, ValueError) as error:
        raise NotAnInstrument([Fault("", "", Wrong.NOT_JSON)]) from error
    try:
        return instrument_of(data)
    except NotAnInstrument as refused:
        lines = _lines(text)
        placed = [replace(each, line=lines.get(each.link, 0)) for each in refused.faults]
        raise NotAnInstrument(placed) from refused


def _lines(text: str) -> dict[str, int]:
    """Return on which line each item says its link id, the first time."""
    found: dict[str, int] = {}
    for match in re.finditer(r'"linkId"\s*:\s*"([^"\\]{1,60})"', text):
        found.setdefault(match[1], text.count("\n", 0, match.start()) + 1)
    return found


def instrument_of(data: Any) -> Instrument:
    """Read an instrument from data. Raises NotAnInstrument."""
    if not isinstance(data, Mapping) or data.get("resourceType") != "Questionnaire":
        raise NotAnInstrument([Fault("", "resourceType", Wrong.NOT_A_QUESTIONNAIRE)])
    notes = Notes()
    notes.parts(data, _WHOLE, at="")
    found = Instrument(
        url=_matching(notes, data, "url", _URL),
        name=_matching(notes, data, "name", _NAME),
        version=_version(notes, data),
        title=notes.text(data, "title", at="", longest=160),
        description=notes.text(data, "description", at="", needed=False, longest=LONGEST_PARAGRAPH),
        copyright=notes.text(data, "copyright", at="", needed=False, longest=LONGEST_PARAGRAPH),
        audience=_word(notes, _ours(data, "audience"), Audience, "audience") or Audience.SCHOOL,
        depth=_word(notes, _ours(data, "depth"), Depth, "depth") or Depth.DEEP,
        items=_items(notes, data, at="", deep=1),
        scales=_scales(notes, data),
    )
    if data.get("status") not in STATUS:
        notes.note("", "status", Wrong.NOT_KNOWN, data.get("status", ""))
    if sum(1 for _ in walk(found.items)) > MOST_ITEMS:
        notes.note("", "item", Wrong.TOO_MANY, MOST_ITEMS)
    check(found, notes)
    if notes.faults:
        raise NotAnInstrument(notes.faults)
    return found


def _matching(
    notes: Notes, told: Mapping[str, Any], part: str, shape: re.Pattern[str], at: str = ""
) -> str:
    text = notes.text(told, part, at=at)
    if text and not shape.fullmatch(text):
        notes.note(at, part, Wrong.NOT_A_KEY, text)
    return text


def _version(notes: Notes, data: Mapping[str, Any]) -> int:
    told = data.get("version")
    if isinstance(told, str) and re.fullmatch(r"[1-9][0-9]{0,3}", told):
        return int(told)
    notes.note("", "version", Wrong.MISSING if told is None else Wrong.NOT_A_NUMBER)
    return 1


def _word(notes: Notes, told: Any, words: type[T], part: str, at: str = "") -> T | None:
    """Read one word of a few."""
    found = next((each for each in words if each.value == told), None)
    if found is None:
        notes.note(at, part, Wrong.MISSING if told is None else Wrong.NOT_KNOWN, told)
    return found


def _extensions(told: Mapping[str, Any], url: str) -> list[Mapping[str, Any]]:
    """Return the extensions of a thing by their url; others' are passed over, as the format has it."""
    every = told.get("extension", [])
    every = every if isinstance(every, list) else []
    return [each for each in every if isinstance(each, Mapping) and each.get("url") == url]


def _value(told: Mapping[str, Any], url: str) -> Any:
    """Return the value of the first extension of a url, of whatever type."""
    for each in _extensions(told, url):
        return next((value for key, value in each.items() if key.startswith("value")), None)
    return None


def _ours(told: Mapping[str, Any], name: str) -> Any:
    return _value(told, f"{OURS}{name}")


def _items(notes: Notes, told: Mapping[str, Any], *, at: str, deep: int) -> tuple[Item, ...]:
    every = notes.several(told, "item", at=at)
    if every and deep > DEEPEST:
        notes.note(at, "item", Wrong.TOO_DEEP, DEEPEST)
        return ()
    return tuple(_item(notes, each, deep) for each in every)


def _item(notes: Notes, told: Mapping[str, Any], deep: int) -> Item:
    link = told.get("linkId") if isinstance(told.get("linkId"), str) else ""
    if not link or not _LINK.fullmatch(link):
        notes.note(str(link or ""), "linkId", Wrong.NOT_A_KEY if link else Wrong.MISSING, link)
    at = str(link or "")
    notes.parts(told, _ITEM, at=at)
    type_ = _word(notes, told.get("type"), Type, "type", at) or Type.DISPLAY
    required = told.get("required", False)
    if not isinstance(required, bool):
        notes.note(at, "required", Wrong.NOT_YES_OR_NO)
    behavior = told.get("enableBehavior", Behavior.ANY.value)
    return Item(
        link=at,
        type=type_,
        text=notes.text(told, "text", at=at, longest=LONGEST_PARAGRAPH),
        required=required is True,
        options=_options(notes, told, at),
        conditions=tuple(
            _condition(notes, each, at) for each in notes.several(told, "enableWhen", at=at)
        ),
        behavior=_word(notes, behavior, Behavior, "enableBehavior", at) or Behavior.ANY,
        least=_limit(notes, told, LEAST_VALUE, at),
        most=_limit(notes, told, MOST_VALUE, at),
        field=_field(notes, told, at),
        picture=_picture(notes, told, at),
        items=_items(notes, told, at=at, deep=deep + 1),
    )


def _options(notes: Notes, told: Mapping[str, Any], at: str) -> tuple[Option, ...]:
    every = notes.several(told, "answerOption", at=at)
    if len(every) > MOST_OPTIONS:
        notes.note(at, "answerOption", Wrong.TOO_MANY, MOST_OPTIONS)
    return tuple(_option(notes, each, at) for each in every[:MOST_OPTIONS])


def _option(notes: Notes, told: Mapping[str, Any], at: str) -> Option:
    coding = told.get("valueCoding")
    notes.parts(told, frozenset({"id", "valueCoding", "extension"}), at=at)
    if not isinstance(coding, Mapping):
        notes.note(at, "answerOption.valueCoding", Wrong.MISSING)
        return Option("", "")
    code = notes.text(coding, "code", at=at)
    if code and not _LINK.fullmatch(code):
        notes.note(at, "code", Wrong.NOT_A_KEY, code)
    weight = _value(told, ORDINAL)
    return Option(
        code,
        notes.text(coding, "display", at=at),
        None if weight is None else notes.number(weight, "ordinalValue", at=at),
        _picture(notes, told, at),
    )


def _condition(notes: Notes, told: Mapping[str, Any], at: str) -> Condition:
    question = notes.text(told, "question", at=at)
    operator = _word(notes, told.get("operator"), Operator, "enableWhen.operator", at)
    answers = [
        told[part] for part, kind in _ANSWER.items()
        if part in told and type(told[part]) is kind
    ]  # fmt: skip
    coding = told.get("answerCoding")
    if isinstance(coding, Mapping) and isinstance(coding.get("code"), str):
        answers.append(coding["code"])
    if len(answers) != 1:
        notes.note(at, "enableWhen.answer[x]", Wrong.MISSING)
    return Condition(question, operator or Operator.IS, answers[0] if answers else "")


def _limit(notes: Notes, told: Mapping[str, Any], url: str, at: str) -> int | None:
    value = _value(told, url)
    return None if value is None else notes.number(value, url.rpartition("/")[2], at=at)


def _field(notes: Notes, told: Mapping[str, Any], at: str) -> Field | None:
    name = _ours(told, "field")
    found = next((field for field, known in FIELD.items() if known == name), None)
    if name is not None and found is None:
        notes.note(at, "field", Wrong.NOT_KNOWN, name)
    return found


def _picture(notes: Notes, told: Mapping[str, Any], at: str) -> str:
    name = _ours(told, "picture")
    if name is None:
        return ""
    if name not in PICTURES:
        notes.note(at, "picture", Wrong.NOT_KNOWN, name)
        return ""
    return str(name)


def _scales(notes: Notes, data: Mapping[str, Any]) -> tuple[Scale, ...]:
    every = _extensions(data, f"{OURS}scale")
    if len(every) > MOST_SCALES:
        notes.note("", "scale", Wrong.TOO_MANY, MOST_SCALES)
    return tuple(_scale(notes, each) for each in every[:MOST_SCALES])


def _scale(notes: Notes, told: Mapping[str, Any]) -> Scale:
    key, title = _value(told, "key"), _value(told, "title")
    read = {"key": key, "title": title}
    rule = _word(notes, _value(told, "rule"), Rule, "scale.rule") or Rule.NONE
    questions = tuple(str(each.get("valueString", "")) for each in _extensions(told, "question"))
    least = _value(told, "least")
    return Scale(
        _matching(notes, read, "key", _LINK),
        notes.text(read, "title", at=""),
        rule,
        questions,
        len(questions) if least is None else notes.number(least, "scale.least", at="") or 0,
    )
