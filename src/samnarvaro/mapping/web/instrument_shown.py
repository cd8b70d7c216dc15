"""Instruments made ready to be shown: in a list, and as they ask, without anybody's answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from samnarvaro.mapping.domain.instrument import (
    Behavior,
    Condition,
    Instrument,
    Item,
    Operator,
    Rule,
    State,
    Type,
    fields_of,
)
from samnarvaro.mapping.domain.instrument_answers import day_of
from samnarvaro.mapping.queries.instruments import Version
from samnarvaro.mapping.web import instrument_texts as texts
from samnarvaro.mapping.web.instrument_pictures import draw
from samnarvaro.mapping.web.texts import FIELD

SIGN = {
    Operator.IS: "", Operator.IS_NOT: "≠ ", Operator.MORE: "> ", Operator.LESS: "< ",
    Operator.AT_LEAST: "≥ ", Operator.AT_MOST: "≤ ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One version in the list of them."""

    public: UUID
    title: str
    name: str
    version: int
    audience: str
    depth: str
    questions: int
    state: str
    tone: str
    made_by: str
    made_at: datetime | None
    changed_by: str
    changed_at: datetime | None
    is_published: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Answer:
    words: str
    weight: int | None
    picture: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it stands in a preview and on paper. `kind` is its type."""

    link: str
    kind: str
    words: str
    required: bool
    field: str
    condition: str
    picture: str
    answers: list[Answer]
    inside: "list[Line]"


@dataclass(frozen=True, slots=True)
class Reckoned:
    title: str
    how: str
    questions: str


@dataclass(frozen=True, slots=True)
class Preview:
    lines: list[Line]
    scales: list[Reckoned]


def row(version: Version) -> Row:
    of = version.instrument
    return Row(
        public=version.public,
        title=of.title,
        name=of.name,
        version=of.version,
        audience=str(texts.AUDIENCE[of.audience]),
        depth=str(texts.DEPTH[of.depth]),
        questions=len(of.questions()),
        state=str(texts.STATE[version.state]),
        tone=texts.STATE_TONE[version.state],
        made_by=_("Följer med programmet")
        if version.is_shipped
        else version.made_by or _("Systemet"),
        made_at=version.made_at,
        changed_by=version.changed_by,
        changed_at=version.changed_at,
        is_published=version.is_published,
        is_withdrawn=version.state is State.WITHDRAWN,
    )


def preview(instrument: Instrument) -> Preview:
    fields = fields_of(instrument.items)
    known = {item.link: item for item in instrument.all_items()}

    def line(item: Item) -> Line:
        field = fields[item.link]
        return Line(
            item.link,
            item.type.value,
            item.text,
            item.required,
            str(FIELD[field]) if field and item.type is Type.GROUP else "",
            _when(item, known),
            draw(item.picture),
            _answers(item),
            [line(each) for each in item.items],
        )

    return Preview(
        [line(item) for item in instrument.items],
        [
            Reckoned(scale.title, _how(scale.rule, scale.least), ", ".join(scale.questions))
            for scale in instrument.scales
        ],
    )


def _answers(item: Item) -> list[Answer]:
    if item.type is Type.BOOLEAN:
        return [Answer(str(texts.YES), None, ""), Answer(str(texts.NO), None, "")]
    return [Answer(each.text, each.weight, draw(each.picture)) for each in item.options]


def _how(rule: Rule, least: int) -> str:
    if rule is Rule.NONE:
        return _("ingen siffra")
    words = _("summan, om minst %(least)s är besvarade") if rule is Rule.SUM else _("medelvärdet, om minst %(least)s är besvarade")  # fmt: skip
    return words % {"least": least}


def _when(item: Item, known: dict[str, Item]) -> str:
    """Say in words when an item is asked; nothing for one that always is."""
    if not item.conditions:
        return ""
    between = _(" och ") if item.behavior is Behavior.ALL else _(" eller ")
    said = between.join(_condition(each, known[each.question]) for each in item.conditions)
    return _("Bara om %(said)s") % {"said": said}


def _condition(condition: Condition, on: Item) -> str:
    told = {"link": on.link, "answer": _answer(condition, on)}
    if condition.operator is Operator.EXISTS:
        if condition.answer:
            return _("fråga %(link)s är besvarad") % told
        return _("fråga %(link)s inte är besvarad") % told
    return _("svaret på %(link)s är %(answer)s") % told


def _answer(condition: Condition, on: Item) -> str:
    answer = condition.answer
    option = on.option(answer)
    if option:
        words = f"”{option.text}”"
    elif on.type is Type.BOOLEAN:
        words = f"”{texts.YES if answer else texts.NO}”"
    elif on.type is Type.DATE:
        words = str(day_of(answer) or "")
    else:
        words = str(answer)
    return f"{SIGN.get(condition.operator, '')}{words}"
