"""A row of work is put together by itself, and has the marks of the building blocks."""

import re

import pytest
from django.template import Context, Template

from samnarvaro.worklist import queries
from samnarvaro.worklist.queries import Explanation
from samnarvaro.worklist.queries.words import register_words
from samnarvaro.worklist.web import shown
from tests.rooms.worklist.school import FRIDAY, School, raised, scope

KIND = "example.marks"
ROW = "{% load acts %}{% row_head shown %}"
WHY = "{% load acts %}{% row_why shown %}"
BLOCK = """{% load ui %}{% work_row who=shown.row.name who_url=shown.who_url group=shown.group
    icon=shown.icon why=shown.why due=shown.due due_tone=shown.due_tone tick_form=form
    tick_value=shown.row.public ticked=shown.tick.is_ticked %}{% endwork_row %}""".replace("\n", "")
EXPLAINED = """{% load i18n ui %}{% why label=_("Varför?") %}{% explain rule=told.rule window=told.window
    denominator=told.denominator fresh=told.fresh unreported=told.unreported %}{% endwhy %}""".replace(
    "\n", ""
)


def marks(source: str, **facts: object) -> str:
    """What is drawn, without drawings and without room between the marks."""
    html = Template(source).render(Context(facts))
    bare = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", bare)


@pytest.fixture
def row(school: School) -> queries.Row:
    told = Explanation("<regeln>", "30 dagar", "90 h", "i morse", "2 h")
    register_words(KIND, lambda _figures: "Borta & sedd", lambda _figures: told)
    item = raised(school.saga, kind=KIND)
    return queries.get(item.public, by=scope(school.mira, FRIDAY), on=FRIDAY)


@pytest.mark.parametrize("tick", [None, shown.Tick(), shown.Tick(is_ticked=True)])
def test_who_why_and_when_stand_as_in_the_block(row: queries.Row, tick: shown.Tick | None) -> None:
    ready = shown.show(row, FRIDAY, back="/", tick=tick)

    block = marks(BLOCK, shown=ready, form="many" if tick else "")

    assert block == f'<li class="work-row" data-tone="plain">{marks(ROW, shown=ready)}</li>'


def test_what_stands_behind_the_figures_is_told_as_in_the_block(row: queries.Row) -> None:
    ready = shown.show(row, FRIDAY, back="/")

    assert marks(WHY, shown=ready) == marks(EXPLAINED, told=row.explanation)
    assert "&lt;regeln&gt;" in marks(WHY, shown=ready)
