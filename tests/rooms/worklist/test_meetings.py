"""What a meeting takes up: worked through row by row, with what was decided and when next time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.base import clock
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act, Intent
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import FRIDAY, NOON, WEDNESDAY, School, new, raised, scope, system
from tests.rooms.worklist.test_pages import signed_in, words

NEXT = FRIDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


def names(page: Any, part: str = "rows") -> list[str]:
    return [each.row.name for each in page.context[part]]


def test_absence_is_on_the_teams_agenda_every_time(school: School) -> None:
    leo = school.pupil("Leo", "Strand", school.class_8a)
    raised(school.saga)
    raised(leo)
    raised(school.noor, acts=Holder.TEAM_CONFERENCE)
    raised(school.noor, level=2)  # the principal's own

    assert names(signed_in(school.ragnar).get("/arbete/konferens/")) == [
        "Leo Strand", "Noor Haddad", "Saga Lind",
    ]  # fmt: skip
    assert names(signed_in(school.mira).get("/arbete/konferens/")) == ["Noor Haddad", "Saga Lind"]
    assert names(signed_in(school.ragnar).get("/arbete/konferens/?group=8A")) == ["Leo Strand"]


def test_only_who_holds_a_row_decides_about_it(school: School) -> None:
    item = raised(school.saga)

    theirs = words(signed_in(school.ragnar).get("/arbete/konferens/"))
    own = words(signed_in(school.mira).get("/arbete/konferens/"))

    assert "Att göra för: Mentor." in theirs
    assert f'action="/arbete/{item.public}/"' not in theirs
    assert 'name="act" value="decided"' in own
    assert 'name="act" value="wait"' not in own


def test_what_was_decided_comes_back_on_the_day_of_the_next_meeting(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = raised(school.saga, acts=Holder.STUDENT_HEALTH_TEAM)
    client = signed_in(school.karin)
    sent = {"act": "decided", "text": "Sten träffar Saga", "wait_until": NEXT.isoformat()}

    client.post(f"/arbete/{item.public}/", sent | {"next": "/arbete/elevhalsa/"})

    page = client.get("/arbete/elevhalsa/")
    assert (names(page), names(page, "later")) == ([], ["Saga Lind"])
    monkeypatch.setattr(clock, "today", lambda: NEXT)
    page = client.get("/arbete/elevhalsa/")
    assert names(page) == ["Saga Lind"]
    assert "Beslutades: Karin Sjö, fredag 23 oktober. ”Sten träffar Saga”" in words(page)


def test_what_a_mentor_hands_over_is_on_the_student_health_agenda(school: School) -> None:
    item = raised(school.saga)
    intent = Intent(act=Act.HAND_OVER, text="vi behöver hjälp", to=Holder.STUDENT_HEALTH_TEAM)
    services.act_on_one(item.public, intent, by=scope(school.mira, FRIDAY), at=NOON, on=FRIDAY)

    page = signed_in(school.karin).get("/arbete/elevhalsa/")

    assert names(page) == ["Saga Lind"]
    told = "Lämnades över till elevhälsoteamet: Mira Ek, i dag. ”vi behöver hjälp”"
    assert told in words(page)


def test_who_is_not_in_the_meeting_finds_no_such_page(school: School) -> None:
    assert signed_in(school.mira).get("/arbete/elevhalsa/").status_code == 404
    assert signed_in(school.karin).get("/arbete/konferens/").status_code == 404
    assert signed_in(school.tove).get("/arbete/konferens/").status_code == 404


def test_an_agenda_asks_the_same_number_of_questions_whatever_its_length(school: School) -> None:
    client = signed_in(school.ragnar)
    raised(school.saga)
    with CaptureQueriesContext(connection) as few:
        client.get("/arbete/konferens/")
    for number in range(20):
        raised(school.pupil("Elev", str(number), school.class_8b))
    with CaptureQueriesContext(connection) as many:
        client.get("/arbete/konferens/")

    assert len(many) == len(few)


def test_rows_about_classes_and_schools_are_held_where_they_belong(school: School) -> None:
    row = new(school.saga, figures={}, kind="look")
    of_class: dict[str, Any] = {
        "subject": "look:8B",
        "group": school.class_8b.pk,
        "acts": Holder.MENTOR,
    }
    of_school: dict[str, Any] = {
        "subject": "look:9",
        "unit": school.strand.pk,
        "acts": Holder.STUDENT_HEALTH_TEAM,
    }
    items = [replace(row, pupil=None, **facts) for facts in (of_class, of_school)]
    assert services.raise_items(items, by=system(), at=NOON) == 2
    assert services.raise_items(items, by=system(), at=NOON) == 0

    assert names(signed_in(school.mira).get("/arbete/")) == ["8B"]
    assert names(signed_in(school.nils).get("/arbete/")) == []
    assert names(signed_in(school.karin).get("/arbete/elevhalsa/")) == ["Strandskolan"]
    assert names(signed_in(school.mira).get("/arbete/konferens/")) == []
    item = Item.objects.get(subject="look:8B")
    services.act(
        item.public, Act.DONE, text="gick igenom", by=scope(school.mira), at=NOON, on=WEDNESDAY
    )
    assert names(signed_in(school.mira).get("/arbete/")) == []
