"""Every text a person sees can be translated, is translated, and speaks of nobody with contempt."""

import ast
import gettext
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from samnarvaro import __file__ as package
from scripts import texts

SOURCE = Path(package).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
# Data of the demo municipality and samples of the style page are Swedish; settings are read before
# any language is chosen; the command line speaks Swedish.
SWEDISH_ONLY = (
    "project/vik/",
    "project/settings.py",
    "project/environment.py",
    "project/mail_server.py",
    "project/commands/",
    "project/cli.py",
)
CODE = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts
    and not path.relative_to(SOURCE).as_posix().startswith((*SWEDISH_ONLY, "base/web/style.py"))
]
FORBIDDEN = ("skolk", "hemmasittare", "skolvägrare", "brist hos")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def ids(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def parts(message: Message) -> list[tuple[str, str]]:
    """Pair each form of a text with its translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text.replace("%%", "")))


@pytest.fixture(scope="module")
def in_code() -> set[texts.Text]:
    return texts.texts_in_code()


def test_every_catalogue_is_complete_and_in_step_with_the_code(in_code: set[texts.Text]) -> None:
    assert texts.check(in_code) == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    wrong = [
        (text, translation)
        for message in texts.catalogue(language)
        if message.id and texts.is_translated(message)
        for text, translation in parts(message)
        if placeholders(text) != placeholders(translation)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_translation_begins_and_ends_like_its_text(language: str) -> None:
    wrong = [
        (text, translation)
        for message in texts.catalogue(language)
        if message.id and texts.is_translated(message)
        for text, translation in parts(message)
        if (text[:1].isspace(), text[-1:].isspace(), text[-1:] in ".?:…")
        != (translation[:1].isspace(), translation[-1:].isspace(), translation[-1:] in ".?:…")
    ]

    assert wrong == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_compiled_catalogue_gives_the_translations(language: str) -> None:
    catalogue = texts.catalogue(language)
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    compiled = gettext.GNUTranslations(file)

    for message in filter(texts.is_translated, catalogue):
        if isinstance(message.id, str) and message.id and not message.context:
            assert compiled.gettext(message.id) == message.string
        elif isinstance(message.id, tuple) and not message.context:
            given = [compiled.ngettext(message.id[0], message.id[1], n) for n in (1, 2)]
            assert given == list(message.string or ())


def test_no_text_names_a_child_by_its_absence(in_code: set[texts.Text]) -> None:
    said = {text.singular for text in in_code} | {text.plural or "" for text in in_code}

    assert [text for text in said for word in FORBIDDEN if word in text.casefold()] == []


def bare_text(template: str) -> list[str]:
    """Return what a reader would see that no catalogue can translate."""
    for pattern in (
        r"{#.*?#}",
        r"(?s){% comment.*?endcomment %}",
        r"(?s){% blocktrans.*?{% endblocktrans(late)? %}",
        r"(?s)<(script|style|code|kbd|pre)\b.*?</\1>",
        r"(?s)<!--.*?-->",
        r"(?s){%.*?%}|{{.*?}}",
        r"&\w+;",
    ):
        template = re.sub(pattern, " ", template)
    shown = re.findall(r'\b(?:title|alt|placeholder|aria-label|content)="([^"]*)"', template)
    shown += re.sub(r"(?s)<[^>]*>", "\n", template).split("\n")
    return [text.strip() for text in shown if LETTERS.search(text)]


# What is the same in every language: names, and what a machine reads.
SAME_EVERYWHERE = re.compile(
    r"\W*(Samnärvaro|Svenska|English|width=device-width.*|noindex.*|same-origin|light dark)\W*"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_a_template_shows_no_text_that_cannot_be_translated(path: Path) -> None:
    found = bare_text(path.read_text(encoding="utf-8"))

    assert [text for text in found if not SAME_EVERYWHERE.fullmatch(text)] == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Klart</p>",
        '<button title="Stäng"></button>',
        "{% block title %}Min dag{% endblock %}",
        "<p>{% if x %}Ja{% endif %}</p>",
        "<p>{{ n }} elever</p>",
    ],
)
def test_a_bare_text_in_a_template_is_seen(template: str) -> None:
    assert bare_text(template)


@pytest.mark.parametrize(
    "template",
    [
        '<p class="lead">{% translate "Klart" %}</p>',
        "{% blocktranslate %}<b>Klart</b>{% endblocktranslate %}",
        "{# En tanke #}<p>{{ n }} %</p>",
        '<a href="/sok/" aria-label="{% translate \'Sök\' %}">→</a>',
    ],
)
def test_a_translated_template_is_let_through(template: str) -> None:
    assert bare_text(template) == []


def bare_swedish(source: str) -> list[str]:
    """Return the Swedish strings that are handed to no translating function."""
    tree = ast.parse(source)
    handed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in texts.KEYWORDS
        for inner in ast.walk(node)
    }
    explaining = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        if node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in handed | explaining
        and re.search("[åäöÅÄÖ]", node.value)
    ]


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_the_code_says_nothing_in_swedish_that_cannot_be_translated(path: Path) -> None:
    assert bare_swedish(path.read_text(encoding="utf-8")) == []


def test_a_bare_swedish_string_is_seen() -> None:
    assert bare_swedish('WORDS = {"a": "Frånvaro", "b": _("Närvaro")}') == ["Frånvaro"]
    assert bare_swedish('"""Åh."""\nx = ngettext("elev på %d", "elever på %d", n)') == []


def test_texts_are_found_in_python() -> None:
    found = set(
        texts.texts_in_python(
            """
            _("Ja")
            gettext_lazy("Kort " "text")
            ngettext("%(n)d elev", "%(n)d elever", n) % {"n": n}
            pgettext("verb", "Visa")
            _(variable)
            _
            """.replace("            ", "")
        )
    )

    assert found == {
        texts.Text("Ja"),
        texts.Text("Kort text"),
        texts.Text(("%(n)d elev", "%(n)d elever")),
        texts.Text("Visa", "verb"),
    }


def test_texts_are_found_in_templates_however_they_are_indented() -> None:
    found = set(
        texts.texts_in_template(
            """
            {% load i18n %}
            <main>
                  {% translate "Hej" %} och (text [med {hakar
                {% blocktranslate count n=pupils|length trimmed %}
                  En elev
                {% plural %}
                  {{ n }} elever
                {% endblocktranslate %}
              {% card title=_("Steg") %}{{ x|default:_("Okänd") }}{% endcard %}
            {# it's a comment #}
            {% translate "Visa" context "verb" %}
            </main>
            """
        )
    )

    assert found == {
        texts.Text("Hej"),
        texts.Text(("En elev", "%(n)s elever")),
        texts.Text("Steg"),
        texts.Text("Okänd"),
        texts.Text("Visa", "verb"),
    }


def test_a_catalogue_keeps_what_is_translated_and_drops_what_is_gone() -> None:
    kept = read_po(
        io.BytesIO(
            b'msgid "Ja"\nmsgstr "Yes"\n\n'
            b'msgid "Borta"\nmsgstr "Gone"\n\n'
            b'msgid "%(n)d elev"\nmsgid_plural "%(n)d elever"\n'
            b'msgstr[0] "%(n)d pupil"\nmsgstr[1] "%(n)d pupils"\n'
        ),
        locale="en",
    )
    wanted = {texts.Text("Ja"), texts.Text(("%(n)d elev", "%(n)d elever")), texts.Text("Nej")}

    once = texts.as_po("en", texts.in_step(kept, wanted))
    again = read_po(io.BytesIO(once.encode()), locale="en")

    assert texts.as_po("en", texts.in_step(again, wanted)) == once
    assert [m.string for m in again if m.id] == [("%(n)d pupil", "%(n)d pupils"), "Yes", ""]
    assert [texts.is_translated(m) for m in again if m.id] == [True, True, False]
    write_mo(io.BytesIO(), again)
