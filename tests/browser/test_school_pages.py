"""Pages of a school and of a pupil in a real browser: on a desk, on a phone, for everybody's eyes."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, press, take_picture
from tests.rooms.staircase.school import AT, FRIDAY, Row, SchoolWithMarks

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

    page.locator("#bild-trappan svg a:visible", has_text="Steg 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Steg 2: 1 elev")
    looked_at(page, "school-step")

    page.get_by_role("link", name="Leo Strand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leo Strand")
    expect(page.get_by_text("Regel: minst 40 % frånvaro på 30 dagar.").first).to_be_visible()
    looked_at(page, "pupil")


def test_a_bar_picks_its_class_and_esc_goes_back(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    whole = f"/skola/{school.strand.public}/"
    page.goto(whole)

    page.locator("#bild-klasser svg a", has_text="8B").click()
    expect(page.get_by_text("Allt här gäller 8B.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"klass={school.class_8b.public}"))
    looked_at(page, "school-class-picked")

    press(page, "Escape")
    expect(page.get_by_text("Allt här gäller 8B.")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"{whole}$"))

    page.locator("#bild-veckor svg.wide a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vecka")
    looked_at(page, "school-week")


def test_the_school_page_in_the_dark(page: Page, school: SchoolWithMarks, sign_in: SignIn) -> None:
    page.emulate_media(color_scheme="dark")
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/")
    looked_at(page, "school-dark")
    page.goto(f"/elev/{school.leo.public}/")
    looked_at(page, "pupil-dark")


def test_a_list_is_narrowed_in_place(page: Page, school: SchoolWithMarks, sign_in: SignIn) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/niva/1/")

    page.locator("#id_klass").select_option(label="8B")
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
    page.locator("#pupils").get_by_role("link", name="Saga Lind").click()

    page.get_by_text("Räkna själv").click()
    expect(page.get_by_text("Jämför: ")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Visa lektionerna").click()
    lessons = page.locator("#lesson-table")
    expect(lessons.get_by_text("Måndag 16 november: ")).to_be_visible()
    expect(lessons.locator(".chip", has_text="Ogiltig frånvaro").first).to_be_visible()
    page.get_by_role("link", name="Äldre lektioner").click()
    page.get_by_label("Visa").select_option(label="Bara sena ankomster")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("#lesson-table .chip").first).to_have_text("Sen ankomst")
    expect(page).to_have_url(re.compile("visa=late"))
    looked_at(page, "pupil-lessons")


def test_a_long_table_is_fetched_when_it_is_unfolded(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    """And without a script the same place has a link to the page with the table."""
    sign_in(Account.objects.get(username="mira"))
    page.goto(f"/elev/{school.saga.public}/")
    curve = page.locator("#bild-kurva")
    school.take_in(long_autumn(school))
    page.reload()

    page.get_by_role("link", name="Visa kurvan").click()
    curve.get_by_text("Visa som tabell").click()
    expect(curve.locator("tbody tr").first).to_be_visible()
    assert_accessible(page)

    curve.get_by_role("link", name="Egen sida").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Närvaron")
    looked_at(page, "pupil-curve")


def long_autumn(school: SchoolWithMarks) -> Iterator[Row]:
    """More weeks than a table shows at once."""
    for number in range(120):
        day = date(2026, 1, 12) + timedelta(days=number)
        if day.weekday() < 5:
            yield from school.day(school.saga, day, away=set())


def test_what_nobody_has_acted_on_is_read_on_a_phone(
    page: Page, school: SchoolWithMarks, sign_in: SignIn
) -> None:
    sign_in(Account.objects.get(username="ragnar"))
    page.goto(f"/skola/{school.strand.public}/ingen-har-agerat/")

    looked_at(page, "nobody-acted")
