"""What a browser test looks at a page with: rules of accessibility, and pictures to look at later."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, ViewportSize

PICTURES = Path(__file__).parents[2] / "test-results" / "pictures"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# How a person sits at a desk: what every window of the tests is opened with.
WINDOW: dict[str, Any] = {
    "locale": "sv-SE",
    "timezone_id": "Europe/Stockholm",
    "viewport": {"width": 1280, "height": 900},
    "reduced_motion": "reduce",
}
PHONE: ViewportSize = {"width": 390, "height": 844}


def faults_of(page: Page, *, here: str) -> list[str]:
    """Return a list that fills with what no page may do, whatever a test is about."""
    faults: list[str] = []

    def see_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != here:
            faults.append(f"asks for {request.url}")

    def see_message(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            faults.append(message.text)

    page.on("request", see_request)
    page.on("console", see_message)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    return faults


def press(page: Page, key: str) -> None:
    """Press a key as a person does: when the page stands there, not while it is being fetched.

    What a page shows is seen before its scripts run, and a key pressed in between goes nowhere.
    """
    page.wait_for_load_state()
    page.keyboard.press(key)


def assert_accessible(page: Page) -> None:
    """Hold the page, as it stands now, to WCAG 2.2 AA; say each fault with the element it is in."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    faults = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(
            f"    {' '.join(node['target'])}: {node['html'][:200]}" for node in rule["nodes"]
        )
        for rule in found["violations"]
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def take_picture(page: Page, name: str) -> Path:
    """Keep the whole page as test-results/pictures/NAME.png."""
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


def as_on_a_phone(page: Page) -> None:
    """Make the window as wide as a phone, and hold that nothing has to be scrolled sideways."""
    page.set_viewport_size(PHONE)
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than a phone"
