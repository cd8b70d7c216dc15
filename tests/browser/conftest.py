"""A browser that walks the pages: Debian's Chromium, on a server of the test's own.

A page that asks for anything outside the installation, breaks the content security policy or stops
with a script error fails its test, whatever the test looked for.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from samnarvaro.people.models import Account
from tests.browser.eyes import WINDOW, faults_of

CHROMIUM = shutil.which("chromium")
HERE = Path(__file__).parent

# Playwright keeps an event loop in this thread, and Django would take our own queries for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "Chromium saknas: apt-get install chromium"
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, **WINDOW}


@pytest.fixture
def page(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """A page at the test's own server; `page.goto("/")` is Min dag."""
    faults = faults_of(page, here=urlsplit(live_server.url).netloc)
    page.set_default_timeout(10_000)
    cache.clear()  # what an earlier test counted towards a rate limit
    yield page
    assert not faults, "\n".join(faults)


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[Account], None]:
    """Be this account from now on, without walking through the sign-in page."""

    def be(account: Account) -> None:
        client = Client()
        client.force_login(account)
        context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": live_server.url}
                for name, cookie in client.cookies.items()
            ]
        )

    return be
