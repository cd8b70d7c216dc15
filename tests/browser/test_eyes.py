"""The eyes of the browser tests see what they are there to see."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import eyes

BARE = "<!doctype html><html lang='sv'><title>Sida</title><main><h1>Sida</h1>%s</main></html>"


def serve_locally(page: Page, body: str, policy: str = "default-src 'self'") -> None:
    page.route(
        "http://localhost:9/",
        lambda route: route.fulfill(
            body=BARE % body,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        ),
    )


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<img alt='' src='http://elsewhere.invalid/x.png'>", "Content Security Policy"),
        ("<p style='color: red'>röd</p>", "Content Security Policy"),
    ],
)
def test_what_breaks_the_policy_is_a_fault(context: BrowserContext, body: str, fault: str) -> None:
    page = context.new_page()
    faults = eyes.faults_of(page, here="localhost:9")
    serve_locally(page, body)

    page.goto("http://localhost:9/")

    assert any(fault in seen for seen in faults)


def test_a_request_to_another_machine_is_a_fault_even_where_the_policy_lets_it(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    faults = eyes.faults_of(page, here="localhost:9")
    serve_locally(page, "<img alt='' src='http://elsewhere.invalid/x.png'>", policy="img-src *")

    page.goto("http://localhost:9/")

    assert faults == ["asks for http://elsewhere.invalid/x.png"]


def test_a_picture_without_words_is_named_with_its_rule(context: BrowserContext) -> None:
    page = context.new_page()
    serve_locally(page, "<img src='data:,'>")
    page.goto("http://localhost:9/")

    with pytest.raises(AssertionError, match="image-alt"):
        eyes.assert_accessible(page)


def test_a_bare_page_keeps_the_rules(context: BrowserContext) -> None:
    page = context.new_page()
    serve_locally(page, "<p>Text</p>")
    page.goto("http://localhost:9/")

    eyes.assert_accessible(page)


def test_a_page_wider_than_a_phone_is_told(context: BrowserContext) -> None:
    page = context.new_page()
    serve_locally(page, "<p>" + "x" * 500 + "</p>")
    page.goto("http://localhost:9/")

    with pytest.raises(AssertionError, match="wider than a phone"):
        eyes.as_on_a_phone(page)
