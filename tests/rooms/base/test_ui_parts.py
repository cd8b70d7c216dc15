"""The building blocks: what they take, what they refuse, and that no text can become markup."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from samnarvaro.base.templatetags import ui

HOSTILE = '<script>alert("1")</script>'


def drawn(source: str, **context: Any) -> str:
    return Template("{% load i18n ui %}" + source).render(Context(context))


def asked(address: str) -> HttpRequest:
    return RequestFactory().get(address)


@pytest.mark.parametrize("name", ui.BLOCKS)
def test_a_block_tells_what_it_needs(name: str) -> None:
    needed = [key for key, value in ui.BLOCKS[name].items() if value is ui.NEEDED]

    if needed:
        with pytest.raises(TemplateSyntaxError, match=needed[0]):
            drawn("{% " + name + " %}{% end" + name + " %}")
    else:
        assert drawn("{% " + name + " %}x{% end" + name + " %}")


@pytest.mark.parametrize("name", [*ui.BLOCKS, *ui.PLAIN])
def test_a_misspelt_option_stops_the_page(name: str) -> None:
    end = "{% end" + name + " %}" if name in ui.BLOCKS else ""

    with pytest.raises(TemplateSyntaxError, match="titel"):
        drawn("{% " + name + " titel=1 %}" + end)


def test_an_unknown_tone_stops_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="crimson"):
        drawn('{% card tone="crimson" %}{% endcard %}')


@pytest.mark.parametrize("name", ui.BLOCKS)
def test_no_option_of_a_block_can_become_markup(name: str) -> None:
    words = [key for key, value in ui.BLOCKS[name].items() if value is ui.NEEDED or value == ""]
    free = [key for key in words if key != "icon" and (name, key) not in ui.CHOICES]
    options = " ".join(f"{key}=hostile" for key in free)
    for (block, key), choices in ui.CHOICES.items():
        options += f" {key}={min(choices)!r}" if block == name else ""

    html = drawn("{% " + name + " " + options + " %}{% end" + name + " %}", hostile=HOSTILE)

    assert "<script" not in html


def test_the_content_of_a_block_stays_markup() -> None:
    html = drawn("{% card title='Idag' %}<p>{{ words }}</p>{% endcard %}", words="<i>")

    assert "<p>&lt;i&gt;</p>" in html


def test_a_per_cent_sign_in_an_argument_is_written_once() -> None:
    html = drawn("{% notice title=_('mer än 10 %') %}x{% endnotice %}")

    assert "mer än 10 %<" in html


def test_a_status_has_a_drawing_beside_its_words() -> None:
    html = drawn('{% chip words "attention" %}', words=HOSTILE)

    assert "<svg" in html
    assert "&lt;script&gt;" in html


def test_the_way_here_ends_with_this_page_and_no_link() -> None:
    html = drawn('{% breadcrumb "Min dag" "/" "Saga Lind" %}')

    assert '<a href="/">Min dag</a>' in html
    assert '<li aria-current="page">Saga Lind</li>' in html


@pytest.mark.parametrize(
    ("address", "sorted_as", "next_link"),
    [
        ("/?class=8B", None, "?class=8B&amp;sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
        ("/?sort=name&page=3", "ascending", "?sort=-name"),
    ],
)
def test_a_head_sorts_and_keeps_the_other_choices(
    address: str, sorted_as: str | None, next_link: str
) -> None:
    html = drawn('{% sort_header "Namn" "name" %}', request=asked(address))

    assert (f'aria-sort="{sorted_as}"' in html) is (sorted_as is not None)
    assert f'href="{next_link}"' in html


def test_one_page_needs_no_paging() -> None:
    page = Paginator(range(5), 20).get_page(1)

    assert drawn("{% paging page %}", page=page, request=asked("/")) == ""


def test_paging_keeps_the_other_choices_and_marks_the_page() -> None:
    page = Paginator(range(100), 20).get_page(2)

    html = drawn("{% paging page %}", page=page, request=asked("/?class=8B&page=2"))

    assert 'href="?class=8B&amp;page=3"' in html
    assert 'aria-current="page">2<' in html
    assert "21–40 av 100" in html


def test_an_act_is_a_post_with_a_token() -> None:
    html = drawn("{% act url='/x/' label='Klart' %}{% endact %}", csrf_token="t0ken")

    assert 'method="post"' in html
    assert 'value="t0ken"' in html


def test_a_figure_without_explanation_has_no_question_mark() -> None:
    assert "<details" not in drawn("{% key_figure label='A' value=1 %} {% endkey_figure %}")


def test_an_explanation_shows_only_the_lines_it_was_given() -> None:
    html = drawn("{% explain rule='Mer än tio' fresh='i dag' %}")

    assert html.count("<dt>") == 2
