"""On a pupil's page it is said which pattern chance does not explain, or that there is none."""

from datetime import timedelta
from pathlib import Path

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from tests.rooms.outreach.school import AT, FRIDAY, CallingSchool, day
from tests.rooms.worklist.test_pages import signed_in, words


@pytest.fixture
def school(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> CallingSchool:  # noqa: ARG001  # tables
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: AT)
    return CallingSchool(tmp_path)


def part_of(school: CallingSchool, who: str = "mira") -> str:
    page = signed_in(getattr(school, who)).get(f"/elev/{school.saga.public}/del/slump/")
    assert page.status_code == 200
    return words(page).replace("\xa0", " ")


def weeks(school: CallingSchool, kinds: str, only: int | None = None) -> None:
    """Eight weeks of days by letters; with `only` the other weekdays are whole."""
    days = [FRIDAY - timedelta(days=n) for n in range(55, -1, -1)]
    school.take_in(
        *(
            day(school.saga, kinds if only in (None, each.weekday()) else "ppppp", each)
            for each in days
            if each.weekday() < 5
        )
    )


def test_a_subject_that_is_avoided_is_told_with_its_figures(school: CallingSchool) -> None:
    weeks(school, "pppup")

    page = part_of(school)

    assert "IDH: 40 lektioner av 40 missade, mot 0 av 160 andra." in page
    assert "högst en gång på 10 000, också sedan alla jämförelser räknats med" in page
    assert Reading.objects.order_by("-pk")[0].classes == ["K1", "K3"]


def test_mondays_are_told_by_days(school: CallingSchool) -> None:
    weeks(school, "uuuuu", only=0)

    assert "Måndag: borta 8 dagar av 8, mot 0 av 32 andra dagar." in part_of(school)


def test_all_days_alike_is_no_pattern(school: CallingSchool) -> None:
    weeks(school, "uuuuu")

    assert "Inget mönster utöver slumpen" in part_of(school)


def test_a_pupil_who_is_there_gets_no_search(school: CallingSchool) -> None:
    weeks(school, "ppppp")

    assert "För lite frånvaro för att söka mönster: 0 missade lektioner av 200." in part_of(school)


def test_the_search_waits_on_the_page_until_it_is_asked_for(school: CallingSchool) -> None:
    weeks(school, "pppup")

    page = words(signed_in(school.mira).get(f"/elev/{school.saga.public}/"))

    assert "Mönster, eller slump?" in page
    assert "IDH: 35" not in page
    assert signed_in(school.nils).get(f"/elev/{school.saga.public}/del/slump/").status_code == 404
