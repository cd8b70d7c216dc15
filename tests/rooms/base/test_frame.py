"""What of the frame is the same for everybody is drawn once, and knows nothing of anybody."""

import pytest
from django.template import Context, Template
from django.utils import translation

from samnarvaro.base.templatetags import frame

PALETTE = '{% load frame %}{% same "ui/palette.html" "search_url" "finds_pupils" %}'
BLANK = '{% load frame %}{% same "ui/blank.html" %}'


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    frame._drawn.cache_clear()


def drawn(source: str, **facts: object) -> str:
    return Template(source).render(Context(facts))


def test_a_part_is_drawn_once_for_each_of_the_few_facts_it_is_told() -> None:
    for finds in (True, False, True):
        page = drawn(PALETTE, search_url="/sok/", finds_pupils=finds)
        assert ("Elev, klass" in page) is finds

    kept = frame._drawn.cache_info()
    assert (kept.hits, kept.misses) == (1, 2)


def test_a_part_knows_nothing_else_of_the_page() -> None:
    first = drawn(BLANK, me="Mira Ek", csrf_token="t0ken")
    second = drawn(BLANK, me="Ragnar Holm", csrf_token="other")

    assert first == second
    assert frame._drawn.cache_info().currsize == 1


def test_each_language_has_its_own() -> None:
    with translation.override("sv"):
        swedish = drawn(BLANK)
    with translation.override("en"):
        english = drawn(BLANK)

    assert "Visa igen" in swedish
    assert swedish != english
