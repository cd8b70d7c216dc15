"""How long the next pupil of a round takes, as who goes through a class by keyboard waits for it.

    python -m bench.browser http://localhost:8000

Asks the demo municipality, which runs already, in a browser: from the key that is pressed until the
next pupil is painted. The first presses are left out: they warm the server and the browser up.
"""

import argparse
import re
import shutil
from statistics import median

from playwright.sync_api import Page, expect, sync_playwright

from bench.figures import COLUMNS, Table, judged

MENTOR, CLASS = "Mira Ek", "Min klass"
WARM, PRESSES, WANTED = 2, 10, 200
# From the key to the second frame after the number has changed: then it has been painted.
WATCH = """() => {
  const place = () => document.querySelector(".round-place").textContent;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n") return;
    const began = performance.now(), before = place();
    const look = () => {
      if (place() === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => { window.took = performance.now() - began; });
    };
    requestAnimationFrame(look);
  }, true);
}"""


def next_pupils(page: Page, address: str) -> list[float]:
    """Begin a round of the mentor's class and press the key; return milliseconds for each."""
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=re.compile(MENTOR)).click()
    page.get_by_role("link", name=CLASS).first.click()
    page.get_by_role("button", name="Gå igenom").click()
    expect(page.locator(".round-place")).to_be_visible()
    page.wait_for_load_state()
    page.evaluate(WATCH)
    taken = []
    for number in range(2, WARM + PRESSES + 2):
        page.evaluate("window.took = 0")
        page.keyboard.press("n")
        expect(page.locator(".round-place")).to_have_text(re.compile(rf"^{number} av "))
        page.wait_for_function("window.took > 0")
        taken.append(float(page.evaluate("window.took")))
    return taken[WARM:]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", help="where the demo municipality runs")
    address = parser.parse_args().address.rstrip("/")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        taken = next_pupils(page, address)
        browser.close()
    table = Table("The next pupil of a round, in a browser", *COLUMNS)
    table.add("from key to paint: ms", *judged(taken, most=WANTED))
    table.show()
    print(" ".join(f"{each:.0f}" for each in taken), f"· median {median(taken):.0f} ms")


if __name__ == "__main__":
    main()
