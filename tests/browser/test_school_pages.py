"""Pages of a school and of a pupil in a real browser: on a desk, on a phone, for everybody's eyes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks

SignIn = Callable[[Account], None]


@pytest.fixture
def school(
    tmp_path: Path,
    live_server: LiveServer,  # noqa: ARG001  # its database
    monkeypatch: pytest.MonkeyPatch,
) -> SchoolWithMarks:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    found = SchoolWithMarks(tmp_path)
    found.take_in_autumn()
    found.go_through_nights()
    return found


def looked_at(page: Page, name: str) -> None:
    """Hold the page to the rules of accessibility and to a phone's width, with a picture of each."""
    assert_accessible(page)
    take_picture(page, name)
    as_on_a_phone(page)
    take_picture(page, f"{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_principal_goes_from_the_school_to_a_pupil(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/")
    looked_at(page, "school")

    page.locator("svg.wide a", has_text="Steg 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Steg 2: 1 elev")
    looked_at(page, "school-step")

    page.get_by_role("link", name="Leo Strand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leo Strand")
    expect(page.get_by_text("Regel: minst 40 % frånvaro på 30 dagar.").first).to_be_visible()
    looked_at(page, "pupil")


def test_a_list_is_narrowed_in_place(page: Page, school: SchoolWithMarks, sign_in: SignIn) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/niva/1/")

    page.get_by_label("Klass").select_option(label="8B")
    page.get_by_role("button", name="Visa", exact=True).click()

    expect(page.locator("#pupils tbody tr")).to_have_count(1)
    expect(page.get_by_role("link", name="Saga Lind")).to_be_visible()
    assert f"klass={school.class_8b.public}" in page.url


def test_a_mentor_opens_the_sum_and_older_lessons(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"/skola/klass/{school.class_8b.public}/")
    looked_at(page, "class")
    page.get_by_role("link", name="Saga Lind").click()

    page.get_by_text("Räkna själv").click()
    expect(page.get_by_text("Jämför: ")).to_be_visible()
    assert_accessible(page)

    page.get_by_text("Måndag 16 november: ").click()
    lessons = page.locator("[id='lessons-2026-11-16']")
    expect(lessons.locator(".chip").first).to_have_text("Ogiltig frånvaro")
    page.get_by_role("link", name="Äldre lektioner").click()
    expect(page.get_by_role("link", name="Nyare lektioner")).to_be_visible()
    assert page.url.endswith(f"/elev/{school.saga.public}/")
    assert_accessible(page)


def test_what_nobody_has_acted_on_is_read_on_a_phone(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/ingen-har-agerat/")

    looked_at(page, "nobody-acted")
