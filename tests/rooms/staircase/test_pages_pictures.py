"""The pictures of a school: counts that open lists, a part that is picked, files, and their weight."""

import csv
import io
import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.audit.models import Reading
from samnarvaro.followup import services as followup
from samnarvaro.staircase.models import Episode
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.staircase.test_pages_school import copy_of, of_unit, rows
from tests.rooms.worklist.school import scope

KEYS = ("nivaer", "trappan", "veckor", "karta", "klasser", "arskurser")
TO_RECKON = 2  # queries more, when what was reckoned does not hold any longer


def written(answer: object) -> list[list[str]]:
    content: bytes = answer.content  # type: ignore[attr-defined]  # an answer has it
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    return found[1] if found else ""


def test_the_tiers_are_counted_and_each_opens_its_list(school: SchoolWithMarks) -> None:
    """Leo is on the second step, Saga and Tindra on the first, Noor on none."""
    client = signed_in(school.ragnar)

    told = written(client.get(of_unit(school, "bild/nivaer/csv/")))

    assert [(row[0], row[2]) for row in told[1:]] == [
        ("Nivå 1: för alla", "1"), ("Nivå 2: riktat och tidigt", "2"), ("Nivå 3: mycket stöd", "1"),
    ]  # fmt: skip
    names = [
        sorted(rows(words(client.get(of_unit(school, f"stod/{tier}/"))))) for tier in (1, 2, 3)
    ]
    assert names == [["Noor Haddad"], ["Saga Lind", "T"], ["Leo Strand"]]
    assert client.get(of_unit(school, "stod/4/")).status_code == 404
    page = words(client.get(of_unit(school)))
    assert "3 av 4 elever behöver mer än det som når alla." in page
    assert "Svara fort när någon börjar vara borta" in page


def test_an_early_measure_gives_the_second_tier_without_any_signal(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    followup.start_measure(
        school.noor.public, what="hälsas vid dörren", days=(FRIDAY, FRIDAY + timedelta(days=14)),
        by=scope(school.mira, FRIDAY), at=AT, on=FRIDAY,
    )  # fmt: skip

    told = written(client.get(of_unit(school, "bild/nivaer/csv/")))

    assert [row[2] for row in told[1:]] == ["0", "3", "1"]
    assert "Noor Haddad" in rows(words(client.get(of_unit(school, "stod/2/"))))
    assert rows(words(client.get(of_unit(school, "stod/1/")))) == []


def test_each_week_opens_those_who_stood_there_then(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    told = written(client.get(of_unit(school, "bild/veckor/csv/")))

    assert told[0] == ["Vecka", "Till och med", "Steg 1", "Steg 2", "Alla"]
    assert len(told) > 3
    for week, day, first, second, everybody in told[1:]:
        year, number = week.split("-")
        page = words(client.get(of_unit(school, f"vecka/{year}/{int(number)}/")))
        there = {
            episode.pupil_id
            for episode in Episode.objects.filter(opened_on__lte=day)
            if episode.ended_on is None or str(episode.ended_on) > day
        }
        assert int(first) + int(second) == int(everybody) == len(rows(page)) == len(there)


@pytest.mark.parametrize(
    "rest", ["vecka/2026/44/", "vecka/2030/1/", "vecka/2026/60/", "vecka/0/1/"]
)
def test_a_week_without_a_school_day_is_not_there(school: SchoolWithMarks, rest: str) -> None:
    """Week 44 is the autumn break."""
    assert signed_in(school.ragnar).get(of_unit(school, rest)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "pupils", "on_first"),
    [("", 4, 2), ("?arskurs=8", 3, 1), ("?klass={8b}", 2, 1), ("?klass=nonsense&arskurs=77", 4, 2)],
)
def test_what_is_picked_narrows_every_figure_picture_and_list(
    school: SchoolWithMarks, asked: str, pupils: int, on_first: int
) -> None:
    """Tindra, who is protected, stands in no class: she is in the whole school only."""
    query = asked.replace("{8b}", str(school.class_8b.public))
    client = signed_in(school.ragnar)

    page = words(client.get(of_unit(school) + query))

    assert f'<p class="key-value">{pupils}</p>' in page
    steps = written(client.get(of_unit(school, "bild/trappan/csv/") + query))
    assert steps[1][-1] == str(on_first)
    tiers = written(client.get(of_unit(school, "bild/nivaer/csv/") + query))
    assert sum(int(row[-1]) for row in tiers[1:]) == pupils
    level = words(client.get(of_unit(school, "niva/1/") + query))
    assert len(rows(level)) == on_first
    is_part = bool(pupils < 4)
    assert ("data-resets" in page) is is_part
    assert ("▸ " in page) is is_part


def test_a_press_on_a_bar_swaps_the_page_in_its_frame(school: SchoolWithMarks) -> None:
    client = signed_in(school.ragnar)
    query = f"?klass={school.class_8b.public}"

    part = words(client.get(of_unit(school) + query, headers=HTMX))

    assert "<html" not in part
    assert part.startswith('<div class="stack"')
    assert "Allt här gäller 8B." in part
    assert f'href="{of_unit(school)}{query}"' in words(client.get(of_unit(school)))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("who", ["ragnar", "karin"])
def test_a_picture_has_a_page_and_files(school: SchoolWithMarks, who: str, key: str) -> None:
    client = signed_in(getattr(school, who))
    address = of_unit(school, f"bild/{key}/")

    page, table = client.get(address), client.get(f"{address}csv/")
    drawing = client.get(f"{address}svg/")

    assert page.status_code == table.status_code == 200
    assert drawing.status_code == 200
    assert drawing.content.startswith(b"<?xml")
    assert f"{address}svg/" in page.content.decode()
    assert "Strandskolan" in words(page)
    assert table.headers["Content-Disposition"] == f'attachment; filename="{key}-2026-11-20.csv"'
    assert not Reading.objects.exists()  # sums name nobody


@pytest.mark.parametrize("rest", ["bild/veckor/", "bild/veckor/csv/", "stod/2/", "vecka/2026/46/"])
@pytest.mark.parametrize("who", ["mira", "petra", "agda"])
def test_for_everybody_else_they_are_not_there(
    school: SchoolWithMarks, who: str, rest: str
) -> None:
    client = signed_in(getattr(school, who))
    nothing = f"/skola/{school.saga.public}/{rest}"

    assert same(client.get(of_unit(school, rest)), client.get(nothing))
    assert client.get(nothing).status_code == 404


def test_a_file_of_a_part_without_a_pupil_tells_of_none(school: SchoolWithMarks) -> None:
    """Nobody but its handlers can tell by a count that a protected pupil exists."""
    karin = signed_in(school.karin)
    before = [karin.get(of_unit(school, f"bild/{key}/csv/")).content for key in KEYS]

    Episode.objects.filter(pupil=school.tindra).delete()

    assert [karin.get(of_unit(school, f"bild/{key}/csv/")).content for key in KEYS] == before


def test_a_big_school_has_a_light_page_and_as_many_queries(
    school: SchoolWithMarks, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(school.ragnar)
    client.get(of_unit(school))
    with django_assert_max_num_queries(30) as made:
        client.get(of_unit(school))
    before = len(made)
    for number in range(3):
        copy_of(school, school.leo, f"Elev{number}")
    for number in range(600):
        school.pupil(f"Ny{number}", "Elev", school.class_8b)

    with django_assert_max_num_queries(before + TO_RECKON):
        client.get(of_unit(school))
    with django_assert_max_num_queries(before):
        answer = client.get(of_unit(school))

    assert len(answer.content) < 100_000
    assert "607" in words(answer)
