"""The results of a survey as pictures: for each question one sentence, bars and the same figures."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samnarvaro.base import pictures
from samnarvaro.base.charts import Bar, bars
from samnarvaro.base.figures import share
from samnarvaro.base.pictures import Cell, Column, Picture, Table
from samnarvaro.mapping.domain.survey import ANSWERS, GOOD, Answer, Question
from samnarvaro.mapping.queries.survey_sums import Part
from samnarvaro.mapping.queries.surveys import Results, Whole
from samnarvaro.mapping.web import survey_texts as texts


def chosen(results: Results, key: str) -> Part | None:
    """Return the part that is asked for; otherwise the school, which comes first."""
    found = {part.key: part for part in results.parts}
    return found.get(key) or next(iter(results.parts), None)


def of_part(whole: Whole, results: Results, part: Part) -> list[Picture]:
    """Return one picture for each question."""
    return [
        _picture(number, asked, part, whole, results)
        for number, asked in enumerate(whole.questions)
    ]


def _picture(number: int, asked: Question, part: Part, whole: Whole, results: Results) -> Picture:
    counts = part.counts[number]
    good = _good(counts)
    told = {"question": texts.question(asked), "good": good, "all": part.answers}
    title = _("%(question)s %(good)s av %(all)s svarar alltid eller ofta.") % told
    drawn = [
        Bar(str(texts.ANSWER[each]), many / part.answers, share(many, part.answers, 0))
        for each, many in zip(ANSWERS, counts, strict=True)
    ]
    return Picture(
        key=f"fraga-{number + 1}",
        title=title,
        table=_table(asked, part, counts, results),
        source=texts.part(part),
        fresh=date_format(whole.line.ended_on, "j F Y"),
        address="",
        svg=bars(drawn, title=title, tone="here"),
        note=_note(counts),
    )


def _note(counts: Sequence[int]) -> str:
    """When all have said the same, one knows what each has said."""
    if sum(many > 0 for many in counts) > 1 or counts[ANSWERS.index(Answer.UNSAID)]:
        return ""
    return _(
        "Alla svarade lika. Tala om det med hela gruppen, och fråga ingen vad just den svarade."
    )


def _good(counts: Sequence[int]) -> int:
    return sum(counts[ANSWERS.index(each)] for each in GOOD)


def _table(asked: Question, part: Part, counts: Sequence[int], results: Results) -> Table:
    earlier = results.earlier(part, asked)
    columns = [
        Column(_("Svar")),
        Column(_("Antal"), is_number=True),
        Column(_("Andel"), _("procent"), is_number=True),
    ]
    if earlier and results.before:
        day = date_format(results.before.ended_on, "F Y")
        columns += [
            Column(_("Antal, %(month)s") % {"month": day}, is_number=True),
            Column(_("Andel, %(month)s") % {"month": day}, _("procent"), is_number=True),
        ]
    rows = []
    for place, each in enumerate(ANSWERS):
        row = [Cell(str(texts.ANSWER[each])), *_figures(counts, place)]
        rows.append([*row, *_figures(earlier, place)] if earlier else row)
    return Table(caption=texts.question(asked), columns=columns, rows=rows)


def _figures(counts: Sequence[int], place: int) -> list[Cell]:
    return [pictures.count(counts[place]), pictures.share(counts[place], sum(counts))]


def overview(whole: Whole, results: Results) -> Table:
    """How many in each part say always or often, question by question."""
    columns = [Column(_("Fråga"))]
    columns += [
        Column(texts.part(part), _("procent alltid eller ofta"), is_number=True)
        for part in results.parts
    ]
    rows = [
        [
            Cell(texts.question(asked)),
            *(pictures.share(_good(part.counts[n]), part.answers) for part in results.parts),
        ]
        for n, asked in enumerate(whole.questions)
    ]
    return Table(caption=_("Andel som svarar alltid eller ofta"), columns=columns, rows=rows)


def everything(whole: Whole, results: Results) -> Table:
    """All that is shown, as rows for a file."""
    columns = [
        Column(_("Vilka")),
        Column(_("Fråga")),
        *(Column(texts.ANSWER[each], is_number=True) for each in ANSWERS),
        Column(_("Alla svar"), is_number=True),
    ]
    rows = [
        [
            Cell(texts.part(part)),
            Cell(texts.question(asked)),
            *(pictures.count(many) for many in part.counts[n]),
            pictures.count(part.answers),
        ]
        for part in results.parts
        for n, asked in enumerate(whole.questions)
    ]
    return Table(caption=whole.line.title, columns=columns, rows=rows)
