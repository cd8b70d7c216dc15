"""What others do while a file is read, and what they are told when it is written."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from samnarvaro.attendance import services
from samnarvaro.attendance.events import MarksChanged
from samnarvaro.attendance.models import Mark
from samnarvaro.base import events
from samnarvaro.kernel.days import Window
from tests.rooms.attendance.desk import AT, GOOD, Desk, Row, everything, free, written

MONDAY = Window(date(2026, 11, 16), date(2026, 11, 16))


def elsewhere(act: Callable[[], None]) -> None:
    """Do it on another connection, and wait until it is done."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)


def test_a_day_that_is_freed_while_the_file_is_read_counts_in_nothing(real_desk: Desk) -> None:
    path = real_desk.folder / "marks.csv"
    path.write_text(written([GOOD._replace(kind="excused"), GOOD._replace(date="2026-11-17")]))
    freed: list[float] = []

    def meanwhile(share: float) -> None:
        if not freed:
            freed.append(share)
            elsewhere(lambda: free(MONDAY))

    services.take_in(path, services.Options(), by=real_desk.by, at=AT, progress=meanwhile)

    assert freed[0] < 0.7  # before anything was written
    assert {m.day.day: m.on_school_day for m in Mark.objects.all()} == {16: False, 17: True}
    figures = real_desk.figures(Window(MONDAY.first, date(2026, 11, 20)))["vik-saga"]
    assert (figures.scheduled, figures.excused, figures.school_days) == (60, 0, 1)
    carried = real_desk.totals()
    services.rebuild_totals(by=real_desk.by, at=AT)
    assert carried == real_desk.totals()


def test_a_dry_run_holds_nobody_up_and_leaves_nothing_behind(real_desk: Desk) -> None:
    path = real_desk.folder / "marks.csv"
    path.write_text(written([GOOD]))
    options = services.Options(dry_run=True)

    def meanwhile(share: float) -> None:
        if share < 0.7:
            elsewhere(lambda: free(MONDAY))

    services.take_in(path, options, by=real_desk.by, at=AT, progress=meanwhile)

    assert not Mark.objects.exists()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    told: list[object] = []
    monkeypatch.setattr(events, "publish", told.append)
    return told


def test_the_rooms_above_hear_of_a_delivery_once_with_its_days(
    desk: Desk, heard: list[object]
) -> None:
    desk.take_in(GOOD, GOOD._replace(date="2026-11-02"), GOOD._replace(date="2026-11-21"))

    (event,) = heard
    assert isinstance(event, MarksChanged)
    assert event.days == Window(date(2026, 11, 2), date(2026, 11, 21))


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([GOOD], {}),
        ([], {}),
        ([GOOD._replace(kind="sjuk")], {}),
        ([GOOD._replace(start="09:30")], {"dry_run": True}),
        ([GOOD._replace(start="09:30"), GOOD._replace(kind="x")], {"all_or_nothing": True}),
    ],
    ids=["the same again", "no rows", "no good row", "dry run", "refused"],
)
def test_when_no_mark_changes_nobody_is_told(
    desk: Desk, heard: list[object], rows: list[Row], options: dict[str, Any]
) -> None:
    desk.take_in(GOOD)
    heard.clear()

    desk.take_in(*rows, **options)

    assert heard == []


def test_a_dry_run_into_an_empty_installation_sets_nothing_up(tmp_path: Path, db: None) -> None:  # noqa: ARG001
    desk = Desk(tmp_path)
    before = everything()

    report = desk.take_in(GOOD, dry_run=True, create_missing=True)

    assert (report.new, report.faulty) == (1, 0)
    assert everything() == before
    assert desk.take_in(GOOD, create_missing=True) == report
