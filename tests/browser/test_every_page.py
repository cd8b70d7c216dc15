"""Every page as somebody who may see it meets it: full and empty, wrong, unfolded, wide and narrow,
dark, in strong contrast and in the system's own colours. By axe, and by our own checker.

The pages come from the table of addresses and the templates from the source: a new page is looked at
by itself, and a template that no page shows fails the last test.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

import samnarvaro
from tests.browser import (
    case_scenes,
    checker,
    class_scenes,
    instrument_scenes,
    level_scenes,
    survey_scenes,
)
from tests.browser.checker import Finding
from tests.browser.everywhere import Everywhere, Sight, opened, sights
from tests.browser.eyes import WINDOW, press
from tests.browser.scenes import SCENES, played

for _scenes in (case_scenes, class_scenes, instrument_scenes, level_scenes, survey_scenes):
    assert _scenes  # they are among SCENES
# One house for the whole file: it is built once, and each test leaves it as it is.
pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = Path(samnarvaro.__file__).parent
DESK: ViewportSize = {"width": 1280, "height": 900}
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
# Leaves every field that must be filled in empty, and hands the form in all the same.
HAND_IN_EMPTY = """form => {
  form.noValidate = true;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = -1;
    else if (field.type !== "file") field.value = "";
  }
}"""
# Of forms with the same fields, as in the rows of a list, the first.
KINDS_OF_FORM = """css => {
  const kinds = [...document.querySelectorAll(css)].map(form =>
    [...form.elements].filter(field => field.type !== "hidden").map(field => field.name).join());
  return kinds.flatMap((kind, at) => kinds.indexOf(kind) === at ? [at] : []);
}"""
ME = "details.me > summary"
FORMS = "main form[method=post]:has([required])"
LOOKS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "dark"},
    {"contrast": "more"},
    {"forced_colors": "active"},
)
AS_USUAL: dict[str, Any] = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
}
# Shown by no address: error pages need that something is broken, and the sign-in package's own pages
# are closed. Their words and form are tried in tests/rooms/base/test_ui_pages.py.
BROKEN_ONLY = {f"{code}.html" for code in ("400", "403", "403_csrf", "422", "429", "500", "503")}
# Shown to who is half way in, or has a key or something unsent: tests/browser/test_signing_in.py.
HALF_WAY_IN = {
    "account/_draft.html",
    "account/draft.html",
    "account/setup.html",
    "mfa/authenticate.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/reauthenticate.html",
}
# Addresses of forms that show the page the form stands on.
BUTTONS_OF = dict.fromkeys(("rules:choose", "rules:copy", "rules:change"), "rules:one")
# A mail; parts of the call of a first day and of homes that are to be told, which
# tests/browser/test_call.py makes; the form of an act, which stands in its row when it is asked for
# (tests/browser/test_work_list.py); that a draft was kept (tests/browser/test_case_recap.py); and
# parts of a pupil's page (tests/browser/test_pupil_page.py).
ELSEWHERE = {
    "messages/digest.html",
    "outreach/_skip.html",
    "outreach/_my_day.html",
    "worklist/_act.html",
    "cases/_draft.html",
    "attendance/_earlier_years.html",
}
NEVER_SHOWN = BROKEN_ONLY | HALF_WAY_IN | ELSEWHERE | {"ui/bare.html", "allauth/layouts/base.html"}


@pytest.fixture
def _django_db_helper() -> None:
    """Nothing is emptied between the tests of this file; the fixture below does it at the end."""


@pytest.fixture(scope="session")
def base_url() -> str:
    """No address: the server of the other browser tests empties its database after each of them.

    Nothing here may ask for what is made from it once for a whole run (browser_context_args): the
    tests of other files would then have no address either.
    """
    return ""


@pytest.fixture(scope="module")
def everywhere(
    django_db_setup: None,  # noqa: ARG001  # before the browser, whose thread has a loop of its own
    django_db_blocker: Any,
    browser: Browser,
) -> Iterator[Everywhere]:
    with django_db_blocker.unblock(), opened(browser, WINDOW) as found:
        yield found


def looked_at(page: Page, *, by_keyboard: bool = True) -> list[Finding]:
    """The page as it comes, on a desk, and walked through by keyboard."""
    return [
        *checker.axe(page),
        *checker.barriers(page, fresh=True),
        *(checker.walk(page) if by_keyboard else []),
        *checker.bigger_text(page),
    ]


def looked_at_narrowly(page: Page, *, by_keyboard: bool = True) -> list[Finding]:
    """All that was folded unfolded, at 320 px; walked backwards; then in other colours."""
    page.set_viewport_size({"width": 320, "height": 800})
    found = checker.walk(page, backwards=True) if by_keyboard else []
    page.evaluate(UNFOLD)
    found += [*checker.axe(page, contrast=False), *checker.barriers(page), *checker.narrow(page)]
    for look in LOOKS:
        page.emulate_media(**{**AS_USUAL, **look})
        found += checker.barriers(page, only=["contrast"])
    page.emulate_media(**AS_USUAL)
    page.set_viewport_size(DESK)
    return found


def handed_in_empty(page: Page, url: str) -> list[Finding]:
    """Each kind of form that asks for something is handed in with nothing: it says how to mend it."""
    found: list[Finding] = []
    page.goto(url)
    for number in page.evaluate(KINDS_OF_FORM, FORMS):
        page.goto(url)
        page.evaluate(UNFOLD)
        form = page.locator(FORMS).nth(number)
        form.evaluate(HAND_IN_EMPTY)
        form.locator("button:not([type=button])").last.click()
        page.wait_for_load_state("networkidle")
        found += [*checker.axe(page, contrast=False), *checker.barriers(page, fresh=True)]
    return found


def menus_opened(page: Page) -> list[Finding]:
    """The menu of who one is, and each dialog that a button opens: named, with focus, left by Escape."""
    found: list[Finding] = []
    if page.locator(ME).count():
        page.locator(ME).click()
        found += [*checker.axe(page, within=".me"), *checker.barriers(page)]
        press(page, "Escape")
    openers = page.locator("[aria-haspopup=dialog]:visible, [data-palette]:visible")
    for number in range(openers.count()):
        openers.nth(number).click()
        found += [*checker.axe(page, contrast=False), *checker.barriers(page)]
        found += checker.escape(page)
    return found


def words_of(found: list[Finding]) -> str:
    return "\n".join(dict.fromkeys(map(str, found)))


@pytest.mark.parametrize("sight", sights(), ids=str)
def test_a_page_has_no_barrier(everywhere: Everywhere, sight: Sight) -> None:
    client = everywhere.client_of(sight)
    url = everywhere.address_of(sight)
    answer = client.get(url)
    everywhere.sights.add(str(sight))
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return  # a button, a file, or the way to another page

    everywhere.go(client, url)
    page = everywhere.page
    title = page.title()
    full = not sight.empty  # what is empty has little to go through that is its own
    found = looked_at(page, by_keyboard=full) + menus_opened(page)
    found += looked_at_narrowly(page, by_keyboard=full)
    if full:
        found += handed_in_empty(page, everywhere.server.url + url)

    assert not found, f"{url}\n{words_of(found)}"
    assert not everywhere.faults, everywhere.faults
    name = BUTTONS_OF.get(sight.rule.name, sight.rule.name)
    other = everywhere.titles.setdefault(title, name)
    assert other == name, f"“{title}” is also the title of {other}"


@pytest.mark.parametrize("name", SCENES)
def test_a_page_one_is_led_to_has_no_barrier(everywhere: Everywhere, name: str) -> None:
    everywhere.sights.add(name)
    with played(name, everywhere.full) as scene:
        everywhere.go(scene.client, scene.url)
        page = everywhere.page
        assert page.url.endswith(scene.url), f"led on to {page.url}"
        scene.act(page)
        found = looked_at(page) + looked_at_narrowly(page)

    assert not found, f"{page.url}\n{words_of(found)}"
    assert not everywhere.faults, everywhere.faults


def test_what_is_not_there_has_no_barrier(everywhere: Everywhere) -> None:
    client = everywhere.client_of(Sight(sights()[0].rule, sights()[0].role))
    everywhere.go(client, "/finns-inte/")

    found = looked_at(everywhere.page) + looked_at_narrowly(everywhere.page)
    assert not found, words_of(found)


def test_no_template_is_left_unseen(everywhere: Everywhere) -> None:
    if everywhere.sights != {*SCENES, *map(str, sights())}:
        pytest.skip("only some of the pages were looked at")
    every = {path.relative_to(root).as_posix() for root, path in templates()}

    unseen = sorted(every - everywhere.templates - NEVER_SHOWN)
    assert not unseen, "\n".join(unseen)


def templates() -> Iterator[tuple[Path, Path]]:
    for root in SOURCE.glob("*/templates"):
        for path in root.rglob("*.html"):
            yield root, path
