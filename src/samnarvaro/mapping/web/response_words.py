"""What was answered, in words, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from samnarvaro.mapping.domain.factors import Field
from samnarvaro.mapping.domain.instrument import Item, Type, fields_of
from samnarvaro.mapping.domain.instrument_answers import asked, day_of
from samnarvaro.mapping.domain.instrument_scores import Score, scores, shown
from samnarvaro.mapping.queries.responses import Seen
from samnarvaro.mapping.web import instrument_texts as texts
from samnarvaro.mapping.web.texts import FIELD

MOST_TIMES = 4  # earlier times beside the figures of this one


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer, and last time's beside it."""

    question: str
    answer: str
    before: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Figures:
    """A scale: what it came to, in which span, of how many answers; and what it came to before."""

    title: str
    figure: str
    span: str
    count: str
    before: list[str]


def answer_words(seen: Seen, item: Item) -> str:
    """Return what was answered to a question; nothing when it was not, or another was asked there."""
    value = seen.told.answers.get(item.link)
    same = next((each for each in seen.instrument.questions() if each.link == item.link), None)
    if value is None or same is None or (same.text, same.type) != (item.text, item.type):
        return ""
    match same.type:
        case Type.CHOICE:
            option = same.option(value)
            return option.text if option else ""
        case Type.BOOLEAN:
            return str(texts.YES if value else texts.NO)
        case Type.DATE:
            day = day_of(value)
            return date_format(day, "j F Y") if day else ""
        case _:
            return str(value)


def parts(seen: Seen, before: Seen | None) -> list[Part]:
    """Return what was asked and answered, field by field; what is about none of them comes last."""
    fields = fields_of(seen.instrument.items)
    shown_ = asked(seen.instrument, seen.told.answers)
    found = []
    for field in (*Field, None):
        answers = [
            Answer(
                item.text,
                answer_words(seen, item) or str(texts.NO_ANSWER),
                answer_words(before, item) if before else "",
            )
            for item in seen.instrument.questions()
            if item.link in shown_ and fields[item.link] == field
        ]
        if answers:
            found.append(
                Part(str(FIELD[field]) if field else _("Med egna ord, och annat"), answers)
            )
    return found


def figures(seen: Seen, earlier: Sequence[Seen]) -> list[Figures]:
    """Return what each scale came to, with what the scale of the same key came to before."""
    before = [
        {score.scale.key: score for score in scores(each.instrument, each.told.answers)}
        for each in earlier[:MOST_TIMES]
    ]
    return [
        Figures(
            score.scale.title,
            _figure(score),
            _span(score),
            _("%(answered)s av %(of)s frågor") % {"answered": score.answered, "of": score.of},
            [_before(of.get(score.scale.key)) for of in before],
        )
        for score in scores(seen.instrument, seen.told.answers)
        if score.has_figure or score.is_too_few
    ]


def _figure(score: Score) -> str:
    if score.value is None:
        return _("Ingen siffra: för få svar (minst %(least)s)") % {"least": score.scale.least}
    return number_format(shown(score.value))


def _before(score: Score | None) -> str:
    """An earlier figure with its span: what it could be may have been another."""
    if score is None or score.value is None:
        return "–"
    return f"{number_format(shown(score.value))} ({_span(score)})"


def _span(score: Score) -> str:
    if score.least is None or score.most is None:
        return "–"
    return f"{number_format(shown(score.least))}–{number_format(shown(score.most))}"
