"""A pupil's pictures: the same facts drawn, as a table and as a file; scoped, logged and light."""

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.people.models import Pupil
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks


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


KEYS = ("bild/dagar-2026", "bild/veckodagar", "bild/tider", "bild/amnen")


def addresses(pupil: Pupil) -> list[str]:
    of_attendance = [f"/elev/{pupil.public}/{key}/" for key in KEYS]
    return [*of_attendance, f"/skola/elev/{pupil.public}/kurva/"]


def table(page: str) -> list[list[str]]:
    """The rows of the first table of a page, as text."""
    body = page[page.index("<thead>") : page.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


@pytest.mark.parametrize("number", range(5))
def test_the_file_holds_the_rows_of_the_table_on_the_page(
    school: SchoolWithMarks, number: int
) -> None:
    client, address = signed_in(school.mira), addresses(school.saga)[number]

    shown = table(words(client.get(address)))
    answer = client.get(f"{address}csv/")
    written = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert len(written) == len(shown) > 1
    assert [re.sub(r" \(\w+\)$", "", cell) for cell in written[0]] == shown[0]
    share = next(place for place, head in enumerate(shown[0]) if head in {"Andel", "Närvaro"})
    assert [f"{row[share]} %" for row in written[1:]] == [row[share] for row in shown[1:]]


@pytest.mark.parametrize("number", range(5))
def test_the_drawing_stands_by_itself(school: SchoolWithMarks, number: int) -> None:
    address = addresses(school.saga)[number]

    answer = signed_in(school.mira).get(f"{address}svg/")

    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    drawing = answer.content.decode()
    root = ElementTree.fromstring(drawing)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in drawing
    assert "<a " not in drawing
    assert "Hämtad 20 november 2026 ur Samnärvaro" in drawing
    assert "Saga" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("number", range(5))
def test_a_part_is_the_table_alone(school: SchoolWithMarks, number: int) -> None:
    part = words(signed_in(school.mira).get(addresses(school.saga)[number], headers=HTMX))

    assert part.startswith('<div class="table-frame"')
    assert "<html" not in part


def test_each_file_is_written_down_as_taken_out(school: SchoolWithMarks) -> None:
    client = signed_in(school.mira)
    for address in addresses(school.saga):
        client.get(address)
        client.get(f"{address}csv/")
        client.get(f"{address}svg/")

    readings = Reading.objects.order_by("pk")
    assert [each.action for each in readings] == ["view", "export", "export"] * 5
    assert all(each.pupils == [str(school.saga.public)] for each in readings)
    assert {each.what for each in readings} == {
        "attendance:picture", "attendance:picture_file", "staircase:curve", "staircase:curve_file",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "whom"), [("mira", "leo"), ("petra", "saga"), ("karin", "tindra"), ("agda", "saga")]
)
def test_a_picture_of_a_pupil_that_one_does_not_follow_is_not_there(
    school: SchoolWithMarks, who: str, whom: str
) -> None:
    client = signed_in(getattr(school, who))
    pupil: Pupil = getattr(school, whom)

    for address in addresses(pupil):
        for rest in ("", "csv/", "svg/"):
            nothing = client.get(
                address.replace(str(pupil.public), str(school.strand.public)) + rest
            )
            theirs = client.get(address + rest)
            assert theirs.status_code == nothing.status_code == 404
            assert same(theirs, nothing)
    assert not Reading.objects.filter(outcome="allowed").exists()


@pytest.mark.parametrize(
    "rest", ["bild/dagar-2019/", "bild/nonsense/", "bild/amnen/pdf/", "bild/dagar-2026/exe/"]
)
def test_a_picture_that_there_is_not_is_not_there(school: SchoolWithMarks, rest: str) -> None:
    assert signed_in(school.mira).get(f"/elev/{school.saga.public}/{rest}").status_code == 404


def test_a_pupil_without_lessons_has_no_pictures(school: SchoolWithMarks) -> None:
    new = school.pupil("Ny", "Elev", school.class_8b)

    for address in addresses(new):
        assert signed_in(school.mira).get(address).status_code == 404


def test_an_earlier_school_year_is_drawn_where_it_is_asked_for(school: SchoolWithMarks) -> None:
    client, address = signed_in(school.ragnar), f"/elev/{school.saga.public}/"
    for first in range(2022, 2026):
        school.take_in(school.day(school.saga, date(first, 9, 5), away={1}))

    page = words(client.get(address))
    part = words(client.get(f"{address}del/tidigare-lasar/"))

    assert page.count('class="picture calendar"') == 1
    assert part.count('class="picture calendar"') == 2
    assert "Äldre läsår (2)" in part
    assert f'<a href="{address}bild/dagar-2023/">Läsåret 2023/2024</a>' in part
    assert "Läsåret 2023/2024" in words(client.get(f"{address}bild/dagar-2023/"))


def test_days_in_a_row_are_told_and_listed(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.ragnar).get(f"/elev/{school.leo.public}/"))

    assert "dagar i rad nu, det längsta hittills." in page
    assert "Visa dagarna i rad" in page
    assert "Aldrig borta flera hela dagar i rad." in words(
        signed_in(school.ragnar).get(f"/elev/{school.noor.public}/")
    )
