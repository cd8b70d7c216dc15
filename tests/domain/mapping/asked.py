"""A small instrument as data, to be changed in one place at a time."""

from typing import Any

from samnarvaro.mapping.domain.instrument import Instrument
from samnarvaro.mapping.domain.instrument_reading import ORDINAL, OURS, instrument_of


def option(code: str, weight: int | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"valueCoding": {"code": code, "display": code.capitalize()}}
    if weight is not None:
        told["extension"] = [{"url": ORDINAL, "valueDecimal": weight}]
    return told


def choice(link: str, **more: Any) -> dict[str, Any]:
    options = [option("never", 0), option("some", 1), option("often", 3), option("dont-know")]
    return {"linkId": link, "text": f"Q {link}", "type": "choice", "answerOption": options} | more


def question(link: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "text": f"Q {link}", "type": kind} | more


def when(on: str, operator: str, **answer: Any) -> dict[str, Any]:
    return {"question": on, "operator": operator, **answer}


def scale(key: str, rule: str, least: int, *questions: str) -> dict[str, Any]:
    return {
        "url": f"{OURS}scale",
        "extension": [
            {"url": "key", "valueCode": key},
            {"url": "title", "valueString": key.capitalize()},
            {"url": "rule", "valueCode": rule},
            {"url": "least", "valueInteger": least},
            *({"url": "question", "valueString": link} for link in questions),
        ],
    }


def whole(*items: dict[str, Any], scales: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire", "url": "urn:vik:one", "name": "vik-one", "version": "1",
        "title": "Ett", "status": "draft",
        "extension": [
            {"url": f"{OURS}audience", "valueCode": "pupil-older"},
            {"url": f"{OURS}depth", "valueCode": "simple"},
            *scales,
        ],
        "item": list(items),
    }  # fmt: skip


def read(*items: dict[str, Any], scales: tuple[dict[str, Any], ...] = ()) -> Instrument:
    return instrument_of(whole(*items, scales=scales))
