"""Signing in as a person does: an app, a key, a page left alone, and the way back that shows nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from samnarvaro.base import clock
from samnarvaro.kernel.access import Role
from samnarvaro.people.models import Account
from tests.browser import checker
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.browser.test_every_page import looked_at, looked_at_narrowly, words_of
from tests.rooms.project.entering import PASSWORD, Clock, code_now, give_app

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Account], None]


@pytest.fixture(autouse=True)
def listening(context: BrowserContext) -> None:
    context.add_init_script(checker.LISTENING)


@pytest.fixture
def mira() -> Account:
    return Account.objects.create_user("mira", password=PASSWORD)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody must have a second factor, as in a real installation."""
    monkeypatch.setattr(settings, "SECOND_FACTOR_ROLES", frozenset(role.value for role in Role))


@pytest.fixture
def key(context: BrowserContext, page: Page) -> None:
    """A key that sits in the machine, and a finger that always says yes."""
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def look_at(page: Page, name: str, *, whole: bool = True) -> None:
    """Hold the page to the rules at the desk and on a phone, and keep its picture.

    Not whole: where the clock stands still, nothing can be walked through.
    """
    assert_accessible(page)
    if whole:
        found = looked_at(page) + looked_at_narrowly(page)
        assert not found, words_of(found)
    take_picture(page, f"sign-in-{name}")
    size = page.viewport_size
    as_on_a_phone(page)
    take_picture(page, f"sign-in-{name}-phone")
    assert size is not None
    page.set_viewport_size(size)


def write_password(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("mira")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("details.me > summary").click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


@pytest.mark.usefixtures("mira", "asked")
def test_an_app_is_connected_at_the_first_sign_in_and_asked_for_at_the_next(page: Page) -> None:
    page.goto("/logga-in/")
    look_at(page, "entrance")
    write_password(page)
    expect(page.get_by_role("heading", name="Ett steg innan du börjar")).to_be_visible()
    look_at(page, "setup")
    page.goto("/sok/")
    expect(page.get_by_role("heading", name="Ett steg innan du börjar")).to_be_visible()

    page.get_by_role("link", name="Koppla en app").click()
    look_at(page, "app")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Koden som appen visar").fill("000000")
    page.get_by_role("button", name="Koppla appen").click()
    expect(page.get_by_role("group", name="Något behöver rättas")).to_be_focused()
    look_at(page, "app-wrong-code")
    page.get_by_label("Koden som appen visar").fill(code_now(secret))
    page.get_by_role("button", name="Koppla appen").click()

    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    expect(page.locator(".reserve-codes li")).to_have_count(10)
    look_at(page, "codes")
    reserve = page.locator(".reserve-codes li").first.inner_text()
    page.get_by_role("link", name="Jag har sparat koderna").click()
    expect(page.get_by_role("heading", name="Säkerhet")).to_be_visible()
    look_at(page, "security")

    sign_out(page)
    write_password(page)
    expect(page.get_by_role("heading", name="Ett steg till")).to_be_visible()
    look_at(page, "code")
    page.get_by_label("Kod").fill("000000")
    page.get_by_role("button", name="Logga in", exact=True).click()
    look_at(page, "code-wrong")
    page.get_by_label("Kod").fill(reserve)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("heading", name="Hej")).to_be_visible()


@pytest.mark.usefixtures("mira", "asked", "key")
def test_a_key_is_made_and_opens_by_itself_and_beside_the_password(page: Page) -> None:
    write_password(page)
    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_label("Kalla den").fill("Jobbdatorn")
    page.get_by_role("button", name="Skapa nyckeln").click()
    page.get_by_role("link", name="Jag har sparat koderna").click()
    expect(page.get_by_text("Nyckel: Jobbdatorn")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("heading", name="Hej")).to_be_visible()
    sign_out(page)

    write_password(page)
    page.get_by_role("button", name="Använd nyckel").click()
    expect(page.get_by_role("heading", name="Hej")).to_be_visible()

    page.goto("/sakerhet/")
    page.get_by_role("link", name="Ta bort Jobbdatorn").click()
    expect(page.get_by_role("heading", name="Visa att det är du")).to_be_visible()
    page.get_by_role("link", name="Använd en nyckel i stället").click()
    page.get_by_role("button", name="Använd nyckel").click()
    expect(page.get_by_role("heading", name="Ta bort nyckeln?")).to_be_visible()
    # Looked at last: walked through by keyboard, a page gets no more answers from the key.
    remove = page.url
    look_at(page, "remove-key")
    for address, name in (
        ("/sakerhet/nyckel/", "key"),
        ("/bekrafta/", "again"),
        ("/bekrafta/nyckel/", "again-by-key"),
    ):
        page.goto(address)
        look_at(page, name)
    page.goto(remove)
    page.get_by_role("button", name="Ta bort nyckeln").click()
    expect(page.get_by_role("heading", name="Ett steg innan du börjar")).to_be_visible()


def test_codes_and_app_are_changed_by_who_has_them(
    page: Page, mira: Account, sign_in: SignIn
) -> None:
    give_app(mira)
    sign_in(mira)
    page.goto("/sakerhet/")
    page.get_by_role("link", name="Gör nya koder").click()
    page.get_by_role("link", name="Använd en kod i stället").click()
    look_at(page, "again-by-code")
    page.get_by_label("Kod").fill(code_now())
    page.get_by_role("button", name="Gå vidare").click()
    look_at(page, "new-codes")
    page.get_by_role("button", name="Gör nya koder").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    page.reload()
    expect(page.get_by_text("visas inte igen")).to_be_visible()
    look_at(page, "codes-seen")
    page.goto("/sakerhet/app/bort/")
    look_at(page, "remove-app")


@pytest.mark.usefixtures("mira")
def test_a_key_that_says_no_is_told_calmly(page: Page) -> None:
    page.goto("/logga-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("alert").filter(has_text="Det gick inte med nyckeln")).to_be_visible()
    look_at(page, "key-refused")


def test_the_way_back_shows_nothing_after_one_has_signed_out(
    page: Page, mira: Account, sign_in: SignIn
) -> None:
    sign_in(mira)
    page.goto("/")
    page.goto("/sakerhet/")
    sign_out(page)
    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
        expect(page.get_by_text("Mina inloggningar")).to_have_count(0)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch, page: Page) -> Callable[[timedelta], None]:
    """Let time pass for the house and for the page."""
    house = Clock(monkeypatch)
    page.clock.install(time=clock.now())

    def passes(much: timedelta) -> None:
        house.passes(seconds=much.total_seconds())
        page.clock.fast_forward(int(much.total_seconds() * 1000))
        page.clock.run_for(1_000)

    return passes


def test_a_page_left_alone_warns_can_be_kept_and_is_then_covered(
    page: Page, mira: Account, sign_in: SignIn, time: Callable[[timedelta], None]
) -> None:
    sign_in(mira)
    page.goto("/sakerhet/")
    warning = page.get_by_role("region", name="Inloggningen")
    expect(warning).to_be_hidden()
    time(timedelta(minutes=11))
    expect(warning).to_be_hidden()
    time(timedelta(minutes=1, seconds=30))
    expect(warning).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("Du loggas ut klockan")
    look_at(page, "warning", whole=False)

    page.get_by_role("button", name="Fortsätt arbeta").click()
    expect(warning).to_be_hidden()
    time(timedelta(minutes=11))
    expect(warning).to_be_hidden()

    time(timedelta(minutes=4, seconds=1))
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    expect(page.get_by_text("Du har loggats ut")).to_be_visible()
    assert page.url.endswith("/logga-in/?next=%2Fsakerhet%2F")
    look_at(page, "ended", whole=False)


def test_what_one_has_written_is_covered_carried_and_sent_again(
    page: Page, mira: Account, sign_in: SignIn, time: Callable[[timedelta], None]
) -> None:
    sign_in(mira)
    page.goto("/losenord/")
    # The password page is at hand and has fields; it is sent to where nothing of it is kept.
    page.locator("main form").evaluate(
        """form => {
             form.action = "/uppdrag/";
             form.innerHTML += '<label>Anteckning <textarea name="hat"></textarea></label>';
           }"""
    )
    page.get_by_label("Anteckning").fill("Ringer hemmet på fredag.")
    time(timedelta(minutes=15, seconds=1))
    again = page.get_by_role("button", name="Logga in igen")
    expect(again).to_be_focused()
    expect(page.get_by_role("heading")).to_have_text(["Du är utloggad"])
    expect(page.get_by_label("Anteckning")).to_be_hidden()
    look_at(page, "covered", whole=False)

    again.click()
    expect(page.get_by_text("Det du skickade är inte sparat än")).to_be_visible()
    page.get_by_label("Användarnamn").fill("mira")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_text("Ringer hemmet på fredag.")).to_be_visible()
    look_at(page, "carried", whole=False)
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.get_by_role("heading", name="Hej")).to_be_visible()


def test_all_but_keys_works_without_scripts(page: Page, mira: Account, base_url: str) -> None:
    give_app(mira)
    browser = page.context.browser
    assert browser is not None
    quiet = browser.new_context(java_script_enabled=False, base_url=base_url, locale="sv-SE")
    bare = quiet.new_page()
    write_password(bare)
    bare.get_by_label("Kod").fill(code_now())
    bare.get_by_role("button", name="Logga in", exact=True).click()
    expect(bare.get_by_role("heading", name="Hej")).to_be_visible()
    bare.goto("/sakerhet/app/bort/")
    expect(bare.get_by_role("heading", name="Visa att det är du")).to_be_visible()
    bare.get_by_label("Lösenord").fill(PASSWORD)
    bare.get_by_role("button", name="Gå vidare").click()
    bare.get_by_role("button", name="Ta bort appen").click()
    expect(bare.get_by_role("heading", name="Säkerhet")).to_be_visible()
    quiet.close()


def test_what_a_page_asks_for_by_itself_is_marked_so(
    page: Page, mira: Account, sign_in: SignIn
) -> None:
    sign_in(mira)
    page.goto("/")
    page.evaluate(
        """() => {
             const part = document.createElement("div");
             part.setAttribute("hx-get", "/inloggning/");
             part.setAttribute("hx-trigger", "every 100ms, click");
             part.setAttribute("hx-swap", "none");
             part.textContent = "Del";
             document.querySelector("main").append(part);
             htmx.process(part);
           }"""
    )
    with page.expect_request("**/inloggning/") as polled:
        pass
    assert polled.value.header_value("X-Background") == "1"
    with page.expect_request(lambda request: "x-background" not in request.headers):
        page.get_by_text("Del", exact=True).click()
