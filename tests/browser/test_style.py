"""Every building block, looked at: on a desk and a phone, in the dark, on paper, by keyboard.

The style page is laid before the browser under a policy stricter than the installation's own.
"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock, looks
from samnarvaro.base.web.style import style
from tests.browser import eyes

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
TEXT_SPACING = (
    "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em}"
)
FORM = """{% extends "base.html" %}{% block title %}Prova{% endblock %}{% block content %}
<h1>Prova</h1><form id="part" method="post" action="/prova/" hx-post="/prova/" hx-target="#part"
hx-swap="outerHTML"><button class="ds-button">Skicka</button></form>{% endblock %}"""


def laid(html: str, status: int = 200) -> Callable[[Route], None]:
    headers = {"Content-Security-Policy": POLICY}
    return lambda route: route.fulfill(
        status=status, body=html, content_type="text/html; charset=utf-8", headers=headers
    )


def open_style(page: Page, at: str, look: str = "") -> None:
    request = RequestFactory().get("/stil/")
    request.COOKIES[looks.COOKIE] = look
    request.now = clock.now()  # type: ignore[attr-defined]  # as the middleware does
    request.account = SimpleNamespace(  # type: ignore[attr-defined]
        is_authenticated=True, get_full_name=lambda: "Mira Ek"
    )
    page.route("**/stil/", laid(style(request).content.decode()))
    page.goto(f"{at}/stil/")


@pytest.fixture
def style_page(page: Page, live_server: LiveServer) -> Page:
    open_style(page, live_server.url)
    return page


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (1280, "dark"),
        (768, "light"),
        (390, "light"),
        (390, "dark"),
        (320, "light"),
    ],
)
def test_every_block_keeps_the_rules_at_every_width(
    style_page: Page, width: int, scheme: str
) -> None:
    style_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    style_page.set_viewport_size({"width": width, "height": 900})

    eyes.take_picture(style_page, f"style-{width}-{scheme}")
    eyes.assert_accessible(style_page)
    assert style_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_chosen_look_holds_whatever_the_computer_says(
    page: Page, live_server: LiveServer, look: str, system: str
) -> None:
    page.emulate_media(color_scheme="dark" if system == "dark" else "light")
    open_style(page, live_server.url, look)
    ground = "getComputedStyle(document.body).backgroundColor"
    grounds = {"light": "rgb(250, 248, 243)", "dark": "rgb(18, 25, 26)"}
    utmost = {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}

    assert page.evaluate(ground) == (grounds[look] if look in grounds else utmost[system])
    eyes.take_picture(page, f"style-chosen-{look}-on-{system}")
    eyes.assert_accessible(page)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_who_asks_the_computer_for_contrast_gets_it(style_page: Page, system: str) -> None:
    style_page.emulate_media(contrast="more", color_scheme="dark" if system == "dark" else "light")

    eyes.take_picture(style_page, f"style-more-contrast-{system}")
    eyes.assert_accessible(style_page)


def test_on_paper_it_is_light_whatever_was_chosen(page: Page, live_server: LiveServer) -> None:
    open_style(page, live_server.url, "dark")
    page.emulate_media(media="print", color_scheme="dark")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    eyes.take_picture(page, "style-print")


def test_everything_unfolded_keeps_the_rules_on_a_phone(style_page: Page) -> None:
    style_page.set_viewport_size({"width": 320, "height": 900})
    style_page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")

    eyes.take_picture(style_page, "style-unfolded")
    eyes.assert_accessible(style_page)
    assert style_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_systems_own_colours_hide_nothing(style_page: Page) -> None:
    style_page.emulate_media(forced_colors="active")

    eyes.take_picture(style_page, "style-forced-colors")
    eyes.assert_accessible(style_page)


def test_wider_text_spacing_breaks_no_page(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 900})
    page = context.new_page()
    open_style(page, live_server.url)

    page.add_style_tag(content=TEXT_SPACING)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_on_paper_menus_are_gone_and_explanations_are_there(style_page: Page) -> None:
    style_page.emulate_media(media="print")

    expect(style_page.locator(".crumbs")).to_be_hidden()
    expect(style_page.locator(".toasts")).to_be_hidden()
    expect(
        style_page.locator(".choice, .foot-links, .ds-button").locator("visible=true")
    ).to_have_count(0)
    expect(style_page.locator(".key-figure .explain").first).to_be_visible()
    expect(style_page.get_by_text("Utskrivet")).to_be_visible()
    expect(style_page.get_by_text("av Mira Ek")).to_be_visible()


def test_the_first_key_leads_past_the_menu(style_page: Page) -> None:
    style_page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    style_page.reload()
    style_page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus() }")

    style_page.keyboard.press("Tab")
    expect(style_page.locator(".skip-link")).to_be_focused()
    style_page.keyboard.press("Enter")

    expect(style_page.locator("main")).to_be_focused()


def test_an_explanation_opens_and_closes_by_keyboard(style_page: Page) -> None:
    mark = style_page.locator(".key-figure summary").first
    panel = style_page.locator(".key-figure .why-panel").first

    mark.focus()
    style_page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    style_page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    expect(mark).to_be_focused()


def test_focus_is_seen_wherever_it_stands(style_page: Page) -> None:
    style_page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus() }")
    unseen = []
    for _step in range(90):
        style_page.keyboard.press("Tab")
        seen = style_page.evaluate(
            """() => {
                const e = document.activeElement, look = getComputedStyle(e);
                const box = getComputedStyle(e.closest('.field') ?? e);
                const marked = s => s.outlineStyle !== 'none' || s.boxShadow !== 'none';
                return e === document.body || marked(look) || marked(box) ? '' : e.outerHTML;
            }"""
        )
        if seen:
            unseen.append(seen[:120])

    assert not unseen


def test_a_form_with_faults_takes_focus_to_what_stops_it(style_page: Page) -> None:
    expect(style_page.locator(".error-summary")).to_be_focused()


def test_without_scripts_what_is_folded_still_opens(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_style(page, live_server.url)

    page.get_by_text("Ta bort raden").click()

    expect(page.get_by_text("Ja, ta bort")).to_be_visible()
    expect(page.locator("[data-dismiss]").first).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("status", "shown"),
    [(200, "Nytt läge"), (422, "Nytt läge"), (500, "Det gick inte"), (404, "Det gick inte")],
)
def test_a_part_is_swapped_when_it_can_be_and_told_when_not(
    page: Page, live_server: LiveServer, status: int, shown: str
) -> None:
    html = engines["django"].from_string(FORM).render({})
    page.route("**/", laid(html))
    page.route("**/prova/", laid('<div id="part">Nytt läge</div>', status))
    page.goto(f"{live_server.url}/")

    page.get_by_role("button", name="Skicka").click()

    expect(page.get_by_text(shown)).to_be_visible()
    expect(page.get_by_role("button", name="Skicka")).to_have_count(
        0 if status < 423 and status != 404 else 1
    )


def test_what_does_not_exist_says_so_calmly(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(f"{live_server.url}/finns-inte/")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Här finns inget att visa")).to_be_visible()
    eyes.assert_accessible(page)
