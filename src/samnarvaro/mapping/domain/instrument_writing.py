"""An instrument as data, in the form that `instrument_reading` reads."""

from typing import Any

from samnarvaro.mapping.domain.instrument import (
    Behavior,
    Condition,
    Instrument,
    Item,
    Option,
    Scale,
    Type,
)
from samnarvaro.mapping.domain.instrument_reading import (
    FIELD,
    LEAST_VALUE,
    MOST_VALUE,
    ORDINAL,
    OURS,
)

_ANSWER = {bool: "answerBoolean", int: "answerInteger"}


def data_of(instrument: Instrument, *, status: str = "draft") -> dict[str, Any]:
    """Return an instrument as a FHIR R4 Questionnaire."""
    told: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": instrument.url,
        "name": instrument.name,
        "version": str(instrument.version),
        "title": instrument.title,
        "status": status,
    }
    told |= _if_said("description", instrument.description)
    told |= _if_said("copyright", instrument.copyright)
    told["extension"] = [
        {"url": f"{OURS}audience", "valueCode": instrument.audience.value},
        {"url": f"{OURS}depth", "valueCode": instrument.depth.value},
        *(_scale(scale) for scale in instrument.scales),
    ]
    known = {item.link: item for item in instrument.all_items()}
    told["item"] = [_item(item, known) for item in instrument.items]
    return told


def _if_said(part: str, value: Any) -> dict[str, Any]:
    return {part: value} if value else {}


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "url": f"{OURS}scale",
        "extension": [
            {"url": "key", "valueCode": scale.key},
            {"url": "title", "valueString": scale.title},
            {"url": "rule", "valueCode": scale.rule.value},
            {"url": "least", "valueInteger": scale.least},
            *({"url": "question", "valueString": link} for link in scale.questions),
        ],
    }


def _item(item: Item, known: dict[str, Item]) -> dict[str, Any]:
    told: dict[str, Any] = {"linkId": item.link, "text": item.text, "type": item.type.value}
    told |= _if_said("required", item.required)
    told |= _if_said("answerOption", [_option(each) for each in item.options])
    told |= _if_said("enableWhen", [_condition(each, known) for each in item.conditions])
    if len(item.conditions) > 1 or item.behavior is Behavior.ALL:
        told["enableBehavior"] = item.behavior.value
    told |= _if_said("extension", _extensions(item))
    told |= _if_said("item", [_item(each, known) for each in item.items])
    return told


def _extensions(item: Item) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if item.field:
        found.append({"url": f"{OURS}field", "valueCode": FIELD[item.field]})
    if item.picture:
        found.append({"url": f"{OURS}picture", "valueCode": item.picture})
    if item.least is not None:
        found.append({"url": LEAST_VALUE, "valueInteger": item.least})
    if item.most is not None:
        found.append({"url": MOST_VALUE, "valueInteger": item.most})
    return found


def _option(option: Option) -> dict[str, Any]:
    told: dict[str, Any] = {"valueCoding": {"code": option.code, "display": option.text}}
    more: list[dict[str, Any]] = []
    if option.weight is not None:
        more.append({"url": ORDINAL, "valueDecimal": option.weight})
    if option.picture:
        more.append({"url": f"{OURS}picture", "valueCode": option.picture})
    return told | _if_said("extension", more)


def _condition(condition: Condition, known: dict[str, Item]) -> dict[str, Any]:
    told: dict[str, Any] = {"question": condition.question, "operator": condition.operator.value}
    on, answer = known[condition.question].type, condition.answer
    if isinstance(answer, str) and on is Type.CHOICE:
        return told | {"answerCoding": {"code": answer}}
    return told | {_ANSWER.get(type(answer), "answerDate"): answer}
