"""The frame, the error pages and the style page: complete, calm, and without inline anything."""

import re
from pathlib import Path

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

import samnarvaro
from samnarvaro.base import icons, labels, toasts
from samnarvaro.base.templatetags import ui
from samnarvaro.kernel.access import Role

SOURCE = Path(samnarvaro.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
ERRORS = ["400", "403", "403_csrf", "404", "422", "429", "500", "503"]
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)|https?://", re.IGNORECASE
)


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_needs_a_hole_in_the_policy(path: Path) -> None:
    assert not INLINE.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_drawing_that_a_template_names_is_drawn(path: Path) -> None:
    asked = re.findall(r'{% icon "([^"]+)"|icon="([^"]+)"', path.read_text("utf-8"))

    assert {name or other for name, other in asked} <= icons.DRAWINGS.keys()


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_no_context_and_tells_no_details(code: str) -> None:
    html = get_template(f"{code}.html").render({"exception": "hemlig", "reason": "hemlig"})

    assert "hemlig" not in html
    assert html.count("<h1>") == 1
    assert "<title>" in html


def test_the_frame_says_who_i_am_and_where_i_am() -> None:
    me = {"name": "Mira Ek", "role_label": "Mentor", "zone_label": "Skolans zon"}
    menu = {"line": [{"url": "/", "label": "Min dag", "icon": "home", "current": True}]}

    html = get_template("base.html").render({"me": me, "menu": menu})

    assert "Mira Ek" in html
    assert "Mentor · Skolans zon" in html
    assert '<a href="/" aria-current="page">' in html


def test_nothing_of_a_page_is_kept_in_the_browser_by_htmx() -> None:
    html = get_template("base.html").render({})

    assert '"historyCacheSize":0' in html
    assert '"allowEval":false' in html


def test_the_style_page_shows_every_building_block() -> None:
    pages = [SOURCE / "base/templates/base/style.html", *SOURCE.glob("base/templates/base/style/*")]
    words = "".join(path.read_text("utf-8") for path in pages)
    others = {"chip", "breadcrumb", "error_summary", "sort_header", "paging", "icon"}

    missing = [tag for tag in {*ui.BLOCKS, *ui.PLAIN, *others} if f"{{% {tag} " not in words]

    assert not missing


def test_a_toast_with_a_way_back_has_a_button() -> None:
    said = Message(toasts.LEVELS["good"], "Klart.", extra_tags=f"{toasts.UNDO}/angra/1/")

    html = get_template("ui/toasts.html").render(
        {"messages": [said], "oob": True}, RequestFactory().get("/")
    )

    assert 'action="/angra/1/"' in html
    assert 'hx-swap-oob="innerHTML"' in html


def test_a_toast_without_a_way_back_has_none() -> None:
    said = Message(toasts.LEVELS["fault"], "<b>Nej.</b>")

    html = Template('{% include "ui/toasts.html" %}').render(Context({"messages": [said]}))

    assert "<form" not in html
    assert "&lt;b&gt;Nej." in html


def test_every_role_has_a_name() -> None:
    assert set(labels.ROLE) == set(Role)


def test_a_zone_is_called_by_its_branch() -> None:
    assert labels.of_zone("school:9999") == "Skolans zon"
    assert labels.of_zone("elsewhere") == "elsewhere"
