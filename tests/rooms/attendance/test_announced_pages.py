"""Announcing absence on the web: from the pupil's page, with faults at their fields, and taken back."""

from datetime import datetime
from pathlib import Path

import pytest

from samnarvaro.attendance.models import Announcement, Mark
from samnarvaro.base import clock
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks

TODAY = {"first_day": FRIDAY.isoformat(), "told_by": "guardian"}


@pytest.fixture
def school(
    tmp_path: Path,
    db: None,  # noqa: ARG001  # the rows need tables
    monkeypatch: pytest.MonkeyPatch,
) -> SchoolWithMarks:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    found = SchoolWithMarks(tmp_path)
    found.take_in_autumn()
    return found


def unexcused(school: SchoolWithMarks) -> int:
    marks = Mark.objects.filter(pupil=school.leo, day=FRIDAY)
    return sum(mark.unexcused for mark in marks)


def test_a_mentor_announces_from_the_pupils_page_and_takes_it_back(school: SchoolWithMarks) -> None:
    client, page = signed_in(school.nils), f"/elev/{school.leo.public}/"
    assert "Ingen frånvaro är anmäld" in words(client.get(page))
    assert "Vem anmälde?" in words(client.get(f"{page}franvaro/"))
    assert unexcused(school) == 300

    answer = client.post(f"{page}franvaro/", TODAY)

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert unexcused(school) == 0
    shown = words(client.get(f"{page}allt/"))
    assert "Anmäld av: Vårdnadshavare. Nils Lund, 20 november 19.30" in shown
    assert "Ogiltig frånvaro, 60 av 60 min" in shown  # what was delivered stays to read
    public = Announcement.objects.get().public
    client.post(f"{page}franvaro/ta-tillbaka/", {"announcement": str(public)})
    assert unexcused(school) == 300
    assert "Tillbakatagen: Nils Lund" in words(client.get(page))


@pytest.mark.parametrize(
    ("sent", "told", "field"),
    [
        ({"first_day": ""}, "fyllas i.", "first_day"),
        ({"last_day": "2026-11-19"}, "Sista dagen är före den första.", "last_day"),
        ({"begins": "10:00", "ends": "09:59"}, "Sluttiden måste vara efter starttiden.", "ends"),
        ({"begins": "25:00"}, "giltig tid", "begins"),
        ({"first_day": "2026-10-20", "last_day": "2026-10-20"}, "Högst 30 dagar tillbaka.", "first_day"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_what_was_written_is_kept(
    school: SchoolWithMarks, sent: dict[str, str], told: str, field: str
) -> None:
    client, page = signed_in(school.nils), f"/elev/{school.leo.public}/franvaro/"

    answer = client.post(page, TODAY | sent)

    assert answer.status_code == 422
    text = answer.content.decode()
    error = text[text.index(f'id="id_{field}_error"') :][:300]
    assert told in error
    for name, value in sent.items():
        assert not value or f'name="{name}" value="{value}"' in text
    assert not Announcement.objects.exists()


def test_student_health_reads_what_is_announced_and_takes_nothing_down(
    school: SchoolWithMarks,
) -> None:
    signed_in(school.nils).post(f"/elev/{school.leo.public}/franvaro/", TODAY)

    karin = signed_in(school.karin)
    shown = words(karin.get(f"/elev/{school.leo.public}/"))
    assert "Anmäld av: Vårdnadshavare" in shown
    assert "Ta tillbaka" not in shown
    assert karin.get(f"/elev/{school.leo.public}/franvaro/").status_code == 404


def test_an_announcement_of_another_pupil_is_nothing_here(school: SchoolWithMarks) -> None:
    nils = signed_in(school.nils)
    nils.post(f"/elev/{school.leo.public}/franvaro/", TODAY)
    public = str(Announcement.objects.get().public)

    for sent in ({"announcement": public}, {"announcement": "x"}, {}):
        answer = signed_in(school.mira).post(
            f"/elev/{school.saga.public}/franvaro/ta-tillbaka/", sent
        )
        assert answer.status_code == 404
    assert Announcement.objects.filter(withdrawn_at=None).count() == 1
