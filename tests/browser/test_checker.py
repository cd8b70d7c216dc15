"""The checker sees: each of the barriers laid in a good page is found, and the good page is clean."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import checker

GOOD = (Path(__file__).parent / "good_page.html").read_text("utf-8")

# What is wrong → how the good page is spoilt, and the rule that is to say so.
BARRIERS: dict[str, tuple[str, str, str]] = {
    "a placeholder instead of a label": (
        '<label for="mail">Din e-post</label> <input id="mail"',
        '<input id="mail" aria-label="E-post" placeholder="Din e-post"',
        "label-seen",
    ),
    "a tick beside other words than its own": (
        '<th scope="row"><a',
        '<th scope="row"><label><input type="checkbox"><i style="clip-path:inset(50%)">Ta Noor</i>'
        + "</label><a",
        "label-seen",
    ),
    "a box that only a pointer can press": (
        '<div class="card">',
        '<div class="card" onclick="scrollTo(0, 0)">',
        "works-by-key",
    ),
    "a script that listens to a pointer only": (
        "</script>",
        "document.querySelector('.card').addEventListener('click', () => {});</script>",
        "works-by-key",
    ),
    "a button by role that no key reaches": (
        '<div class="card">',
        '<div class="card"><span role="button">Ta bort</span>',
        "works-by-key",
    ),
    "a table without heads": (
        "<h2>Elever</h2>",
        "<h2>Elever</h2><table><caption>Klasser</caption><tr><td>8B</td></tr></table>",
        "table-heads",
    ),
    "a table without a caption": ("<caption>Elever i 8B</caption>", "", "table-heads"),
    "a link that says nothing": ("Få hjälp med sidan", "Läs mer", "link-words"),
    "a link without words": ("Få hjälp med sidan", "", "link-name"),
    "an error that no field knows of": ('aria-describedby="about-error"', "", "error-tied"),
    "a wrong field that is not listed": ('<a href="#about">', "<a>", "error-summary"),
    "a summary that takes no focus": (
        'querySelector(".error-summary").focus()',
        "body",
        "error-summary",
    ),
    "an overlay that is no dialog": (
        "<footer>",
        '<div style="position:fixed;inset:0;background:#fff">Vänta</div><footer>',
        "overlay",
    ),
    "a dialog that does not close by Escape": (
        "<footer>",
        '<div role="dialog" aria-label="Fråga" style="position:fixed;inset:5rem"><button>Ja</button>'
        + "</div><footer>",
        "overlay",
    ),
    "a mark in colour alone": (
        '<span class="dot">22 %</span>',
        '22 % <i class="dot" style="width:12px;height:12px"></i>',
        "colour-only",
    ),
    "the same id twice": (
        '<p class="field"><label for="mail"',
        '<p id="save"><label for="mail"',
        "own-id",
    ),
    "a card that can only be dragged": (
        '<div class="card"><button class="up" type="button">Flytta upp</button>',
        '<div class="card" draggable="true">',
        "drag-and-button",
    ),
    "a keyboard trap": (
        "</script>",
        "document.getElementById('mail').addEventListener('keydown', e => e.preventDefault());</script>",
        "trap",
    ),
    "focus that is not seen": ("outline: 3px solid #0b3f8f", "outline: none", "focus-seen"),
    "focus under a sticky bar": (".bar { ", ".bar { min-height: 11rem; ", "focus-free"),
    "an order of its own": ('<button id="save"', '<button tabindex="3" id="save"', "tab-order"),
    "a title that starts with the site": (
        "<title>Skriv en anteckning – Prov",
        "<title>Samnärvaro",
        "title",
    ),
    "no title at all": ("<title>Skriv en anteckning – Prov</title>", "", "document-title"),
    "two headings of the first level": ("<h2>Elever</h2>", "<h1>Elever</h1>", "headings"),
    "a level that is skipped": ("<h2>Elever</h2>", "<h4>Elever</h4>", "headings"),
    "a page without a language": ('<html lang="sv">', "<html>", "html-has-lang"),
    "foreign words that are not marked": ('<span lang="en">', "<span>", "language"),
    "a table wider than a phone": (
        '<table id="pupils">',
        '<table id="pupils" width="900">',
        "reflow",
    ),
    "a box that cuts wider text": (
        '<div class="card">',
        '<div class="card" style="overflow:hidden;height:1.6em;width:9em">',
        "text-spacing",
    ),
    "a field that cannot be filled in by itself": (' autocomplete="email"', "", "autocomplete"),
    "motion nobody asked for": (
        "</style>",
        "@keyframes go { to { translate: 9px } } .card { animation: go 1s infinite }</style>",
        "still",
    ),
    "a target too small to hit": (
        '<button class="up" type="button">Flytta upp</button>',
        "<ul><li>" + 2 * '<button style="min-height:0;width:9px;height:9px;display:block" '
        'aria-label="Upp"></button>' + "</li></ul>",
        "target-size",
    ),
    "words too pale": ("color: #1e2a2c", "color: #aaa", "color-contrast"),
    "words too pale on what lies under them": (
        "<p><img",
        '<p style="background:rgb(0 0 0 / 50%)"><b style="color:#ccc">Ord</b></p><p><img',
        "contrast",
    ),
    "a picture without words": ('alt="En trappa" ', "", "image-alt"),
    "a page that cannot be made bigger": (
        "initial-scale=1",
        "initial-scale=1, user-scalable=no",
        "zoom",
    ),
    "text that does not fit when it is twice as big": (
        "<h2>Elever</h2>",
        '<h2>Elever</h2><p style="width:60rem">Ord</p>',
        "resize-text",
    ),
}


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of its own, without a server."""
    context.add_init_script(checker.LISTENING)
    page = context.new_page()
    page.set_viewport_size(
        {"width": 1280, "height": 400}
    )  # low, so that there is something to scroll
    return page


def rules_broken(page: Page, html: str) -> dict[str, str]:
    page.route(
        "http://localhost:9/",
        lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
    )
    page.goto("http://localhost:9/")
    return {finding.rule: str(finding) for finding in checker.everything(page)}


def test_a_good_page_is_clean(page: Page) -> None:
    assert rules_broken(page, GOOD) == {}


@pytest.mark.parametrize("barrier", BARRIERS)
def test_a_barrier_is_found(page: Page, barrier: str) -> None:
    whole, spoilt, rule = BARRIERS[barrier]
    assert whole in GOOD

    assert rule in rules_broken(page, GOOD.replace(whole, spoilt, 1))


def test_what_axe_is_unsure_of_is_told_until_it_is_settled(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = '<p style="background:linear-gradient(#fff, #000)">Ord</p>'
    html = GOOD.replace("<h2>Elever</h2>", f"<h2>Elever</h2>{words}")
    assert "color-contrast" not in rules_broken(page, html)

    monkeypatch.setattr(checker, "SETTLED", {})

    assert "color-contrast" in rules_broken(page, html)
