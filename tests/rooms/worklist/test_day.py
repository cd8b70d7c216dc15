"""The viewer's day: parted as its list is, weighed, and gone through pupil by pupil."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, Intent, When
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries import Part, Row
from samnarvaro.worklist.web.sections import ROWS
from tests.rooms.worklist.school import (
    FRIDAY,
    MONDAY,
    NOON,
    WEDNESDAY,
    School,
    raised,
    scope,
    system,
)
from tests.rooms.worklist.test_pages import signed_in

ALL = dict.fromkeys(Part, 1000)
HEAVIEST = 100_000  # bytes of HTML
WORDS = "Vi pratade med Saga och hennes pappa på mentorstiden och bokade ett möte till."


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON.replace(day=23))


def fill(school: School, rows: int) -> None:
    """Give the principal so many rows of each part of the day, with words where there are any."""
    facts: dict[str, Any] = {"by": scope(school.ragnar, FRIDAY), "at": NOON, "on": FRIDAY}

    def some(part: Part, due_on: date) -> list[Item]:
        return [
            raised(
                school.pupil("Förnamnet", f"Efternamnsson-{part}-{number:03}", school.class_8b),
                level=2,
                due_on=due_on,
                subject=f"{part}-{number}-{Item.objects.count()}",
            )
            for number in range(rows)
        ]

    some(Part.TODAY, WEDNESDAY)
    some(Part.THIS_WEEK, FRIDAY + timedelta(days=1))
    some(Part.LATER, MONDAY)
    for item in some(Part.WAITING, FRIDAY):
        services.act(item.public, Act.WAIT, text=WORDS, wait_until=MONDAY, **facts)
    recovered = [item.subject for item in some(Part.RECOVERED, WEDNESDAY)]
    services.mark_recovered(recovered, on=FRIDAY, by=system(), at=NOON)
    for item in some(Part.DONE, FRIDAY):
        services.act(item.public, Act.DONE, text=WORDS, **facts)


def keys(rows: tuple[Row, ...] | list[Row]) -> list[object]:
    return [row.public for row in rows]


def test_a_day_is_parted_as_the_list_is(school: School) -> None:
    fill(school, 3)
    by = scope(school.ragnar, FRIDAY)

    day = queries.day_of_viewer(ALL, by=by, on=FRIDAY)

    mine = queries.mine(by=by, on=FRIDAY)
    standing = {
        When.TODAY: mine.due_today,
        When.THIS_WEEK: mine.this_week,
        When.LATER: mine.later,
        When.WAITING: mine.waiting,
    }
    for when, rows in standing.items():
        assert keys(day[Part(when)].rows) == keys([row for row in rows if not row.recovered_on])
    assert keys(day[Part.RECOVERED].rows) == keys([r for r in mine.rows if r.recovered_on])
    assert set(keys(day[Part.DONE].rows)) == set(keys(queries.acted_today(by=by, on=FRIDAY)))
    assert [found.count for found in day.values()] == [3] * 6


def test_a_day_reads_but_what_it_shows_and_counts_the_rest(school: School) -> None:
    fill(school, 3)

    day = queries.day_of_viewer(dict.fromkeys(Part, 2), by=scope(school.ragnar, FRIDAY), on=FRIDAY)

    assert [(len(found.rows), found.count) for found in day.values()] == [(2, 3)] * 6
    assert [row.name for row in day[Part.TODAY].rows] == [
        "Förnamnet Efternamnsson-today-000", "Förnamnet Efternamnsson-today-001",
    ]  # fmt: skip


def test_what_is_handed_over_is_done_for_the_day_and_can_be_taken_back(school: School) -> None:
    item = raised(school.saga)
    intent = Intent(act=Act.HAND_OVER, text="behöver hjälp", to=Holder.COUNSELLOR)
    by = scope(school.mira, FRIDAY)
    services.act_on_one(item.public, intent, by=by, at=NOON, on=FRIDAY)

    mine = queries.day_of_viewer(ALL, by=by, on=FRIDAY)
    theirs = queries.day_of_viewer(ALL, by=scope(school.karin, FRIDAY), on=FRIDAY)

    assert keys(mine[Part.DONE].rows) == [item.public]
    assert sum(found.count for found in mine.values()) == 1
    assert keys(theirs[Part.LATER].rows) == [item.public]
    assert theirs[Part.DONE].count == 0


def test_a_protected_pupil_is_in_the_day_of_its_handlers_alone(school: School) -> None:
    item = raised(school.saga, level=2)
    school.protect(school.saga, school.karin)

    def day_of(who: str) -> list[object]:
        found = queries.day_of_viewer(ALL, by=scope(getattr(school, who), FRIDAY), on=FRIDAY)
        return keys([row for part in found.values() for row in part.rows])

    assert [day_of(who) for who in ("ragnar", "mira", "petra")] == [[], [], []]
    assert day_of("karin") == [item.public]


def test_many_rows_take_as_many_statements_as_few_and_the_fullest_day_is_light(
    school: School,
) -> None:
    client = signed_in(school.ragnar)
    fill(school, 1)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")

    fill(school, 40)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/")

    assert len(many) == len(few)
    html = page.content.decode()
    assert html.count('class="work-row"') == sum(ROWS.values())
    assert len(page.content) < HEAVIEST, len(page.content)


def test_who_is_on_the_day_is_gone_through_in_order(school: School) -> None:
    fill(school, 2)
    raised(school.saga, level=2, subject="saga-1", due_on=WEDNESDAY - timedelta(days=1))
    raised(school.saga, level=2, subject="saga-2", due_on=MONDAY)
    client = signed_in(school.ragnar)

    page = client.get("/").content.decode()
    offered = re.findall(r'name="pupil" value="([^"]+)"', page)
    begun = client.post("/genomgang/", {"title": "Min dag", "back": "/", "pupil": offered})

    assert len(offered) == len(set(offered)) == 7
    assert offered[0] == str(school.saga.public)
    assert "Saga Lind" in client.get(begun["Location"]).content.decode()


def test_whom_the_day_names_is_logged_and_nobody_else(school: School) -> None:
    fill(school, 12)
    client = signed_in(school.ragnar)

    page = client.get("/").content.decode()

    logged = list(Reading.objects.filter(what="home").order_by("pk"))
    pupils = [pupil for each in logged for pupil in each.pupils]
    assert set(pupils) == set(re.findall(r'href="/elev/([^/]+)/"', page))
    assert len(pupils) == len(set(pupils)) == sum(ROWS.values())
    # Only of those on whose rows words stand is it said that a cause was told.
    assert [each.classes for each in logged] == [["K1", "K3"], ["K1", "K3", "K4"]]


def test_an_empty_day_offers_no_round(school: School) -> None:
    assert "Gå igenom" not in signed_in(school.ragnar).get("/").content.decode()
