"""A file is handed in, looked at and written in a real browser; on a desk and on a phone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samnarvaro.base import clock, presence
from samnarvaro.base.models import JobRun
from samnarvaro.people.models import Account
from tests.browser.eyes import as_on_a_phone, assert_accessible, take_picture
from tests.rooms.base.office import FAULTY, NOON, ROSTER, SAGA, Office, csv, work_off

SignIn = Callable[[Account], None]


@pytest.fixture
def office(page: Page, live_server: LiveServer, sign_in: SignIn) -> Office:  # noqa: ARG001
    office = Office()
    sign_in(Account.objects.get(username="agda"))
    return office


def look(page: Page, name: str) -> None:
    """Hold the page to the rules at both widths, and keep a picture of each."""
    assert_accessible(page)
    take_picture(page, name)
    size = page.viewport_size
    as_on_a_phone(page)
    assert_accessible(page)
    take_picture(page, f"{name}-phone")
    if size:
        page.set_viewport_size(size)


def hand_in(page: Page, path: Path, kind: str) -> None:
    page.goto("/leveranser/ny/")
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Fil", exact=True).set_input_files(path)
    page.get_by_role("button", name="Läs filen").click()


def test_a_file_from_the_form_to_the_marks(page: Page, office: Office, tmp_path: Path) -> None:  # noqa: ARG001
    page.goto("/leveranser/")
    look(page, "deliveries-empty")
    page.get_by_role("link", name="Lämna en fil").click()
    look(page, "deliveries-new")
    path = tmp_path / "marker-vecka-43.csv"
    other = "vik-noor,99000002,2026-02-30,8:10,0,MA,borta,"
    path.write_bytes(csv(SAGA, FAULTY, other, SAGA.replace("10-19", "10-18")))

    with presence.held():
        presence.touch()
        hand_in(page, path, "Lektionsmarkeringar")
        expect(page.get_by_role("progressbar")).to_be_visible()
        look(page, "deliveries-working")
        page.get_by_role("button", name="Avbryt").focus()
        with page.expect_response("**/leveranser/*/"):
            pass
        expect(page.get_by_role("button", name="Avbryt")).to_be_focused()
        work_off()
        expect(page.get_by_role("button", name="Skriv", exact=True)).to_be_visible()

    expect(page.get_by_text("Skriv klockslaget som 08:10").first).to_be_visible()
    look(page, "deliveries-previewed")
    page.get_by_role("button", name="Skriv", exact=True).click()
    expect(page.get_by_text("Bakgrundsarbetaren är inte i gång")).to_be_visible()
    work_off()
    expect(page.get_by_text("Filen är skriven")).to_be_visible()
    look(page, "deliveries-written")
    page.goto("/leveranser/")
    look(page, "deliveries-list")


def test_a_file_of_another_kind_is_refused_in_the_form(
    page: Page,
    office: Office,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    path = tmp_path / "elever.xlsx"
    path.write_bytes(b"PK\x03\x04\x00\x00")

    hand_in(page, path, "Elevlista")

    expect(page.get_by_role("link", name="inte en CSV-fil")).to_be_visible()
    look(page, "deliveries-refused")


def test_the_guard_asks_before_many_are_removed(page: Page, office: Office, tmp_path: Path) -> None:
    for number in range(40):
        office.pupil(f"vik-{number}")
    path = tmp_path / "elevlista.csv"
    path.write_bytes(csv("vik-saga,Saga,Lind,99000002,8,8B", header=ROSTER))

    hand_in(page, path, "Elevlista")
    work_off()

    expect(page.get_by_role("button", name="Ja, ta bort 40 elever")).to_be_visible()
    look(page, "deliveries-guard")
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elevlista")
    expect(page.get_by_text("Leveransen avbröts")).to_be_visible()
    look(page, "deliveries-stopped")


def test_the_runs_of_the_night(page: Page, office: Office, sign_in: SignIn) -> None:  # noqa: ARG001
    sign_in(Account.objects.get(username="isa"))
    page.goto("/drift/korningar/")
    look(page, "jobs-empty")
    started = clock.now() - timedelta(days=9)
    for number in range(8):
        at = started + timedelta(days=number)
        JobRun.objects.create(
            job="nightly",
            as_of=at.date(),
            state="failed" if number == 3 else "done",
            by="system:nightly",
            started_at=at,
            finished_at=at + timedelta(seconds=2 + number),
            report={
                "reached": 61 + number, "opened": number, "escalated": 1, "ended": 2,
                "open": 61, "raised": number,
            },
        )  # fmt: skip
    JobRun.objects.create(job="totals", as_of=date(2026, 10, 18), by="x", started_at=NOON)

    with presence.held():
        presence.touch()
        page.goto("/drift/korningar/")
        look(page, "jobs")
        page.get_by_role("button", name="Kör nu").first.click()
        expect(page.get_by_text("körs så snart bakgrundsarbetaren är ledig")).to_be_visible()
