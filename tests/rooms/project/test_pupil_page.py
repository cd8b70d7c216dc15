"""The page of a pupil: light at a glance, its parts by themselves, and all of it on one page."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import sections
from samnarvaro.consents import services as consents
from samnarvaro.organisation.domain.school_days import SchoolCalendar
from samnarvaro.people import queries as people
from samnarvaro.people.models import Enrolment, Pupil
from samnarvaro.worklist import queries as worklist
from tests.rooms.staircase.browsing import HTMX, same, signed_in, words
from tests.rooms.staircase.conftest import marked, school, today
from tests.rooms.staircase.school import FRIDAY, Row, SchoolWithMarks
from tests.rooms.worklist.school import scope

__all__ = ["marked", "school", "today"]
PARTS = {
    "kurva": "curve",
    "tidigare-lasar": "earlier-years",
    "monster": "patterns",
    "slump": "chance",
    "lektioner": "lessons",
    "vem-ser": "followers",
}
LIGHT = 100_000  # bytes


def page_of(pupil: Pupil, rest: str = "") -> str:
    return f"/elev/{pupil.public}/{rest}"


def part_of(pupil: Pupil, key: str) -> str:
    return page_of(pupil, f"del/{key}/")


def three_years(school: SchoolWithMarks, pupil: Pupil) -> Iterator[Row]:
    """Lessons of three whole school years, with much absence: whole days, parts, late arrivals."""
    calendar = SchoolCalendar()
    for first in (2023, 2024, 2025):
        days = calendar.school_days(date(first, 8, 20), date(first + 1, 6, 10))
        for number, day in enumerate(days):
            away = set(range(5)) if number % 3 == 0 else {number % 5}
            yield from school.day(pupil, day, away=away)


@pytest.fixture
def with_years(school: SchoolWithMarks) -> SchoolWithMarks:
    school.take_in(three_years(school, school.saga))
    return school


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def test_three_whole_school_years_leave_the_page_light(with_years: SchoolWithMarks) -> None:
    client = signed_in(with_years.mira)

    for rest in ("", *(f"del/{key}/" for key in PARTS)):
        answer = client.get(page_of(with_years.saga, rest))
        assert answer.status_code == 200
        assert len(answer.content) < LIGHT, rest


@pytest.mark.parametrize("rest", ["", "allt/", *(f"del/{key}/" for key in PARTS)])
def test_the_queries_are_as_many_whatever_the_rows(school: SchoolWithMarks, rest: str) -> None:
    client, address = signed_in(school.ragnar), page_of(school.saga, rest)
    school.take_in(school.day(school.saga, date(2026, 5, 4), away={1}))  # a school year before
    before = queries_of(client, address)
    school.take_in(three_years(school, school.saga))
    for number in range(6):
        other = school.pupil(f"Elev {number}", "Ahl", school.class_8b)
        school.take_in(school.day(other, FRIDAY, away={1}))

    assert queries_of(client, address) == before


def standing() -> int:
    """What it takes where the second wall stands: to ask as the viewer, and as before."""
    return 0 if connection.vendor == "sqlite" else 6


def test_the_page_at_a_glance_asks_little(school: SchoolWithMarks) -> None:
    assert queries_of(signed_in(school.mira), page_of(school.saga)) <= 30 + standing()


def test_each_part_has_its_heading_and_its_way_on_the_page(with_years: SchoolWithMarks) -> None:
    page = words(signed_in(with_years.mira).get(page_of(with_years.saga)))

    for key, name in PARTS.items():
        assert f'id="{name}"' in page
        address = part_of(with_years.saga, key)
        assert f'href="{address}" hx-get="{address}" hx-target="#{name}"' in page
    assert "Närvaron är" in page or "Närvaron har" in page  # the curve in a sentence
    assert "Läsåret 2025/2026, Läsåret 2024/2025, Läsåret 2023/2024" in page


@pytest.mark.parametrize("key", PARTS)
def test_a_part_comes_in_its_place_and_as_a_page(with_years: SchoolWithMarks, key: str) -> None:
    client, address = signed_in(with_years.mira), part_of(with_years.saga, key)

    part = words(client.get(address, headers=HTMX))
    page = words(client.get(address))

    assert "<html" not in part
    assert "<html" in page
    assert part.count(f'id="{PARTS[key]}"') == page.count(f'id="{PARTS[key]}"') == 1
    assert 'hx-swap="outerHTML"' not in part  # it is the part, and no way to it
    assert "<h1>" in page
    assert f'href="{page_of(with_years.saga)}"' in page


@pytest.mark.parametrize("key", PARTS)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_reading_a_part_is_written_down_by_itself(
    with_years: SchoolWithMarks, key: str, headers: dict[str, str]
) -> None:
    signed_in(with_years.mira).get(part_of(with_years.saga, key), headers=headers)

    (reading,) = Reading.objects.all()
    assert (reading.what, reading.action) == ("pupil_part", "view")
    assert reading.pupils == [str(with_years.saga.public)]
    assert "K1" in reading.classes
    assert ("K3" in reading.classes) == (key != "vem-ser")


@pytest.mark.parametrize(
    ("who", "whom"),
    [("petra", "saga"), ("mira", "leo"), ("karin", "tindra"), ("mira", "tindra"), ("agda", "saga")],
)
def test_a_part_of_a_pupil_that_one_does_not_follow_is_not_there(
    school: SchoolWithMarks, who: str, whom: str
) -> None:
    client, pupil = signed_in(getattr(school, who)), getattr(school, whom)

    for rest in ("allt/", "lektioner/csv/", *(f"del/{key}/" for key in PARTS)):
        theirs, nothing = client.get(page_of(pupil, rest)), client.get(f"/elev/{uuid4()}/{rest}")
        assert theirs.status_code == nothing.status_code == 404
        assert same(theirs, nothing)
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_a_part_that_there_is_not_is_not_there(school: SchoolWithMarks) -> None:
    client, new = signed_in(school.mira), school.pupil("Ny", "Elev", school.class_8b)

    assert client.get(part_of(school.saga, "nonsense")).status_code == 404
    assert client.get(part_of(school.saga, "tidigare-lasar")).status_code == 404  # the first year
    assert client.get(part_of(new, "kurva")).status_code == 404
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_all_of_it_stands_open_on_one_page_to_print(with_years: SchoolWithMarks) -> None:
    client = signed_in(with_years.mira)

    page = words(client.get(page_of(with_years.saga, "allt/")))

    main = page[page.index("<main") : page.index("</main>")]
    for name in (*PARTS.values(), "why", "key-figures", "this-year", "contacts", "measures"):
        assert main.count(f'id="{name}"') == 1
    assert main.count('class="picture calendar"') == 4  # every school year
    assert 'id="kurva-tabell"' in main  # the long tables too
    assert 'hx-trigger="toggle' not in main
    assert main.count("data-print") == 1
    assert f"{page_of(with_years.saga)}allt/" in words(client.get(page_of(with_years.saga)))
    assert Reading.objects.filter(what="pupil_whole").count() == 1


def test_a_handler_prints_a_protected_pupil_by_its_alias(school: SchoolWithMarks) -> None:
    page = words(signed_in(school.nils).get(page_of(school.tindra, "allt/")))

    assert "Tindra" not in page
    assert "namngiven för eleven, vars personuppgifter är skyddade" in page


def test_the_key_to_a_pupil_opens_that_pupil_and_no_other(school: SchoolWithMarks) -> None:
    wide = scope(school.mira, FRIDAY)
    pupil, narrow = consents.key_to(school.saga.public, by=wide)

    assert pupil.pk == school.saga.pk
    assert list(people.visible(by=narrow).values_list("pk", flat=True)) == [school.saga.pk]
    assert people.visible(by=wide).filter(pk=school.noor.pk).exists()
    assert worklist.of_pupil(school.saga.pk, by=narrow, on=FRIDAY)
    assert worklist.of_pupil(school.noor.pk, by=narrow, on=FRIDAY) == []
    assert {row.pupil for row in worklist.all_mine(by=narrow, on=FRIDAY)} <= {school.saga.pk}
    assert (narrow.viewer, narrow.role, narrow.classes) == (wide.viewer, wide.role, wide.classes)


@pytest.mark.parametrize(("who", "whom"), [("petra", "saga"), ("karin", "tindra"), ("mira", "leo")])
def test_no_key_is_cut_to_a_pupil_that_one_does_not_follow(
    school: SchoolWithMarks, who: str, whom: str
) -> None:
    with pytest.raises(people.NoSuchPupil):
        consents.key_to(getattr(school, whom).public, by=scope(getattr(school, who), FRIDAY))


def test_who_goes_out_of_sight_while_the_page_is_made_is_not_shown(
    school: SchoolWithMarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The narrow key is old by then; the answer is handed out by the wide one."""
    client, collect = signed_in(school.mira), sections.collect

    def moved(place: str, **facts: object) -> list[sections.Section]:
        found = collect(place, **facts)
        Enrolment.objects.filter(pupil=school.saga).update(last_day=FRIDAY - timedelta(days=1))
        return found

    monkeypatch.setattr(sections, "collect", moved)

    assert client.get(page_of(school.saga)).status_code == 404
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_the_ways_to_the_parts_say_where_they_lead(with_years: SchoolWithMarks) -> None:
    page = words(signed_in(with_years.mira).get(page_of(with_years.saga)))

    labels = re.findall(r'class="card-link"[^>]*hx-get[^>]*>([^<]+)', page)
    assert len(labels) == len(set(labels)) == len(PARTS)
