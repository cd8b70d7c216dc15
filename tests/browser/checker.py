"""Our own eyes for accessibility, beside axe: what is heard, reached and read, state by state.

axe touches some 24 of the 55 criteria of WCAG 2.2 AA. What is here is most of what a machine can try of
the rest. Rules on the page as it stands are in barriers.js, the walk by keyboard in walk.js.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

HERE = Path(__file__).parent
BARRIERS = (HERE / "barriers.js").read_text("utf-8")
WALK = (HERE / "walk.js").read_text("utf-8")
# Only what is asked for comes back: a page's thousand passes are not carried over.
RUN_AXE = """async ([within, options]) => {
  const found = await axe.run(within ?? document, options);
  return [found.violations, found.incomplete].map(rules => rules.map(({id, help, nodes}) =>
    [id, help, nodes.map(({target, html}) => `${target.join(" ")}: ${html.slice(0, 160)}`)]));
}"""
# What axe leaves to a person, looked at once for all pages: the rule, and what settles it.
SETTLED = {
    "th-has-data-cells": "a column may be empty in each row, as when no lesson has been changed",
    "color-contrast": "text over pictures and under what is open: our own rule counts ground by ground",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONGEST_WALK = 800
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
SHIFT = 8

# Remembers what listens to a pointer; must be there before the page's own scripts.
LISTENING = """window.listening = new Set();
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...more) {
  if (/^(click|mousedown|pointerdown|mouseup)$/.test(type)) window.listening.add(this);
  return add.call(this, type, ...more);
};"""
# WCAG 1.4.12, laid on without breaking the page's policy against styles from elsewhere.
WIDER_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets.push(sheet);
}"""
OWN_SPACING = "() => { document.adoptedStyleSheets.pop(); }"
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  const cuts = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
  const over = node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2;
  return cuts && over && box.width > 2 && box.height > 2 && node.textContent.trim()
    && node.checkVisibility() && !node.matches("select, input, textarea, svg, svg *");
}).map((node) => node.outerHTML.slice(0, 160))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    what: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}\n    {self.where}"


def axe(page: Page, *, within: str | None = None, contrast: bool = True) -> list[Finding]:
    """Every violation of axe's rules, and what axe could not tell and nobody has settled.

    Contrast is the dear one of them, and has a quick rule of its own in `barriers`.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": TAGS,
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations", "incomplete"],
        "preload": False,
    }
    sure, unsure = page.evaluate(RUN_AXE, [within, options])
    unsure = [each for each in unsure if each[0] not in SETTLED]
    return [Finding(rule, what, where) for rule, what, nodes in sure + unsure for where in nodes]


def barriers(page: Page, *, fresh: bool = False, only: Iterable[str] = ()) -> list[Finding]:
    """The page as it stands. `fresh`: it has just come, and a summary of errors should have focus."""
    options = {"fresh": fresh, "only": list(only) or None}
    found = page.evaluate(BARRIERS, options)
    return [Finding(*each) for each in found]


def walk(page: Page, *, backwards: bool = False) -> list[Finding]:
    """Go through the page by Tab (or Shift+Tab): never stuck, always seen, in the page's order."""
    page.evaluate(WALK)
    page.evaluate("backwards => walk.begin(backwards)", backwards)
    keys = page.context.new_cdp_session(page)
    state = "on"
    for step in range(LONGEST_WALK):
        keys.send("Input.dispatchKeyEvent", {**TAB, "modifiers": SHIFT if backwards else 0})
        if step % 8 == 7 and (state := page.evaluate("walk.state()")) != "on":
            break
    keys.detach()
    faults = [Finding(*each) for each in page.evaluate("walk.finish()")]
    if state in {"on", "lost"}:
        faults.append(Finding("trap", f"the walk did not reach the end ({state})"))
    return faults


def narrow(page: Page) -> list[Finding]:
    """At 320 px, and then with wider spacing: nothing to scroll sideways, nothing cut off."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    faults = _too_wide(page, "reflow")
    page.evaluate(WIDER_SPACING)
    faults += _too_wide(page, "text-spacing")
    faults += [
        Finding("text-spacing", "words are cut off", node) for node in page.evaluate(CLIPPED)
    ]
    page.evaluate(OWN_SPACING)
    if before:
        page.set_viewport_size(before)
    return faults


def _too_wide(page: Page, rule: str) -> list[Finding]:
    over = page.evaluate(TOO_WIDE)
    return [Finding(rule, f"{over} px wider than a window of 320 px")] if over > 0 else []


def bigger_text(page: Page) -> list[Finding]:
    """With the text twice as big: nothing to scroll sideways on a desk."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    over = page.evaluate(TOO_WIDE)
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    return (
        [Finding("resize-text", f"{over} px too wide when the text is twice as big")]
        if over > 0
        else []
    )


def escape(page: Page) -> list[Finding]:
    """A dialog that is open closes by Escape, and gives focus back to something of the page."""
    dialogs = "[role=dialog]:visible, [role=alertdialog]:visible, dialog[open]"
    if not page.locator(dialogs).count():
        return []
    page.keyboard.press("Escape")
    if page.locator(dialogs).count():
        return [Finding("overlay", "Escape does not close the dialog")]
    if page.evaluate("document.activeElement === document.body"):
        return [Finding("overlay", "focus is lost when the dialog closes")]
    return []


def everything(page: Page) -> list[Finding]:
    """All of it on one state of a page: for the tests of the checker itself."""
    found = axe(page) + barriers(page, fresh=True) + escape(page)
    if not any(each.rule == "overlay" for each in found):
        found += walk(page) + walk(page, backwards=True)
    return found + narrow(page) + bigger_text(page)
