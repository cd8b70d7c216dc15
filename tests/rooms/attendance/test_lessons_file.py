"""A pupil's lessons as a file: the same as on the page, logged as taken out, and never unsafe."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from samnarvaro.attendance.models import Mark
from samnarvaro.audit.models import Reading
from samnarvaro.people.models import Pupil
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.conftest import marked, today
from tests.rooms.staircase.school import FRIDAY, SchoolWithMarks

__all__ = ["marked", "today"]


def file_of(pupil: Pupil, narrowed: str = "") -> str:
    return f"/elev/{pupil.public}/lektioner/csv/{narrowed}"


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_every_lesson_from_the_latest(marked: SchoolWithMarks) -> None:
    rows = rows_of(signed_in(marked.mira), file_of(marked.saga))

    assert len(rows) == Mark.objects.filter(pupil=marked.saga).count()
    assert [row["Dag"] for row in rows] == sorted((row["Dag"] for row in rows), reverse=True)
    away = Mark.objects.filter(pupil=marked.saga, day=date(2026, 11, 16), unexcused__gt=0).count()
    monday = [row for row in rows if row["Dag"] == "2026-11-16" and row["Borta (minuter)"] == "60"]
    assert len(monday) == away > 0
    assert monday[0] == {
        "Dag": "2026-11-16",
        "Tid": "08.10",
        "Ämne": "MA",
        "Närvaro": "Ogiltig frånvaro",
        "Borta (minuter)": "60",
        "Lektion (minuter)": "60",
        "Räknas": "ja",
        "Skola": "Strandskolan",
        "Ändrad (gånger)": "0",
    }


def test_the_file_is_narrowed_as_the_page_is_and_says_what_was_changed(
    marked: SchoolWithMarks,
) -> None:
    marked.take_in(marked.day(marked.saga, FRIDAY, away={0}, kind="excused"), profile="hand")
    client = signed_in(marked.mira)

    rows = rows_of(client, file_of(marked.saga, "?visa=excused&page=3"))
    page = words(client.get(f"/elev/{marked.saga.public}/lektioner/?visa=excused&page=1"))

    (row,) = rows
    assert (row["Dag"], row["Närvaro"]) == ("2026-11-20", "Giltig frånvaro")
    assert row["Ändrad (gånger)"] == "1"
    assert f'href="{file_of(marked.saga)}?visa=excused"' in page


def test_a_subject_is_not_taken_for_a_formula(marked: SchoolWithMarks) -> None:
    Mark.objects.filter(pupil=marked.saga, day=FRIDAY, subject="MA").update(subject="=2+2")

    rows = rows_of(signed_in(marked.mira), file_of(marked.saga))

    assert "'=2+2" in {row["Ämne"] for row in rows}


def test_taking_the_lessons_out_is_logged_as_that_and_names_nobody(marked: SchoolWithMarks) -> None:
    answer = signed_in(marked.mira).get(file_of(marked.saga))

    assert answer["Content-Disposition"] == 'attachment; filename="lektioner-2026-11-20.csv"'
    assert "Saga" not in answer.content.decode()
    (reading,) = Reading.objects.all()
    assert (reading.what, reading.action) == ("attendance:lessons_file", "export")
    assert reading.pupils == [str(marked.saga.public)]


def test_a_protected_pupils_lessons_are_taken_out_by_nobody(marked: SchoolWithMarks) -> None:
    handler = signed_in(marked.nils)

    page = words(handler.get(f"/elev/{marked.tindra.public}/lektioner/"))

    assert "lektioner/csv/" not in page
    before = Reading.objects.filter(outcome="allowed").count()
    assert handler.get(file_of(marked.tindra)).status_code == 404
    assert Reading.objects.filter(outcome="allowed").count() == before


@pytest.mark.parametrize(("who", "whom"), [("petra", "saga"), ("mira", "leo"), ("agda", "saga")])
def test_a_stranger_gets_what_one_gets_for_nothing(
    marked: SchoolWithMarks, who: str, whom: str
) -> None:
    client, pupil = signed_in(getattr(marked, who)), getattr(marked, whom)

    assert client.get(file_of(pupil)).status_code == 404
    assert client.get(f"/elev/{uuid4()}/lektioner/csv/").status_code == 404
    assert not Reading.objects.filter(outcome="allowed").exists()
