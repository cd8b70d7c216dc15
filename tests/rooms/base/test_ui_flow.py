"""The building blocks of what goes on over time, and of what is shared with whom."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError


def drawn(source: str, **context: Any) -> str:
    return Template("{% load i18n ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("state", "words"),
    [("done", "Klart"), ("now", "Nu"), ("waiting", "Väntar"), ("skipped", "Överhoppat")],
)
def test_a_step_says_its_state_in_words(state: str, words: str) -> None:
    html = drawn('{% step label="Möte" state=state %}', state=state)

    assert f">{words}<" in html
    assert ("aria-current" in html) is (state == "now")


def test_a_misspelt_state_stops_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="started"):
        drawn('{% step label="Möte" state="started" %}')
    with pytest.raises(TemplateSyntaxError, match="yes"):
        drawn('{% consent_card title="A" covers="B" state="yes" %}{% endconsent_card %}')


@pytest.mark.parametrize("day", [date(2026, 11, 18), datetime(2026, 11, 18, 8, 10, tzinfo=UTC)])
def test_a_moment_has_a_day_for_people_and_for_machines(day: date) -> None:
    html = drawn('{% moment day=day title="Samtal" by="Mira" %}{% endmoment %}', day=day)

    assert '<time datetime="2026-11-18">18 november 2026</time> · Mira' in html


def test_what_is_restricted_is_opened_with_a_reason_or_asked_for() -> None:
    opened = drawn(
        '{% restricted what="En anteckning" kept_by="elevhälsan" url="/x/" %}<p>F</p>'
        "{% endrestricted %}",
        csrf_token="t0ken",
    )
    asked = drawn(
        '{% restricted what="En anteckning" ask="Fråga Eva." %}<p>F</p>{% endrestricted %}'
    )

    assert 'method="post" action="/x/"' in opened
    assert "t0ken" in opened
    assert "Att du öppnar skrivs ner" in opened
    assert "Fråga Eva." in asked
    assert "<form" not in asked
    assert "<p>F</p>" not in asked


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("given", "Samtycke finns"),
        ("asked", "Väntar på svar"),
        ("partly", "Någon har inte svarat"),
        ("refused", "Nej"),
        ("withdrawn", "Återtaget"),
        ("ended", "Har gått ut"),
    ],
)
def test_a_consent_says_what_it_covers_and_how_it_stands(state: str, words: str) -> None:
    html = drawn(
        '{% consent_card title="Skolan och BUP" state=state covers="frånvaro" %}'
        "{% endconsent_card %}",
        state=state,
    )

    assert f"{words}</span>" in html
    assert "<dd>frånvaro</dd>" in html
    assert "Delas inte" not in html


def test_a_person_says_why_one_sees_it_only_when_something_is_said() -> None:
    told = drawn('{% person_card name="Mira" role="Mentor" %}Du är rektor.{% endperson_card %}')
    bare = drawn('{% person_card name="Mira" role="Mentor" phone="070-1 2" %}{% endperson_card %}')

    assert "Varför ser jag detta?" in told
    assert "<details" not in bare
    assert 'href="tel:07012"' in bare


def test_a_tick_belongs_to_the_bar_wherever_it_stands() -> None:
    html = drawn(
        '{% tick form="rows" value=7 label="Saga" %}'
        '{% tick_bar id="rows" url="/x/" label="Välj" %}<button>Klart</button>{% endtick_bar %}'
    )

    assert 'name="row" value="7" form="rows"' in html
    assert "Markera Saga" in html
    assert 'id="rows" method="post" action="/x/"' in html


def test_a_table_is_downloaded_only_where_there_is_a_file() -> None:
    table = '{% data_table caption="Elever" id="p" export_url=url %}<tr></tr>{% enddata_table %}'

    assert 'href="/x.csv"' in drawn(table, url="/x.csv")
    assert "download" not in drawn(table, url="")


def test_the_view_one_is_in_is_marked() -> None:
    html = drawn(
        '{% saved_view label="Mina" url="/a/" count=0 current=True %}'
        '{% saved_view label="Alla" url="/b/" %}'
    )

    assert html.count("aria-current") == 1
    assert '<span class="count">0</span>' in html
