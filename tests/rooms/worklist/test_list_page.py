"""The work list: chosen, put in order, ticked, acted on at once; and ways to look that are saved."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.kernel.access import Holder
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act, Intent
from samnarvaro.worklist.models import Item, SavedView
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised, scope
from tests.rooms.worklist.test_pages import signed_in, words


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


def names(page: Any) -> list[str]:
    """The rows' names in their order, as the page shows them."""
    return [each.row.name for each in page.context["rows"]]


def three(school: School) -> list[Item]:
    """Saga's, Noor's and Maja's rows, due in that order; Noor's of level 2."""
    maja = school.pupil("Maja", "Sund", school.class_8b)
    return [
        raised(school.saga, due_on=FRIDAY),
        raised(school.noor, level=2, acts=Holder.MENTOR, due_on=FRIDAY + timedelta(days=2)),
        raised(maja, due_on=FRIDAY + timedelta(days=9)),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Saga Lind", "Noor Haddad", "Maja Sund"]),
        ("?order=name", ["Noor Haddad", "Saga Lind", "Maja Sund"]),
        ("?order=level", ["Noor Haddad", "Saga Lind", "Maja Sund"]),
        ("?level=2", ["Noor Haddad"]),
        ("?when=later", ["Maja Sund"]),
        ("?group=8B&when=today", ["Saga Lind"]),
        ("?kind=example.level2", ["Noor Haddad"]),
        ("?group=9Z", []),
        ("?level=x&when=x&order=x", ["Saga Lind", "Noor Haddad", "Maja Sund"]),
    ],
)
def test_the_list_is_chosen_and_ordered(school: School, query: str, shown: list[str]) -> None:
    three(school)

    page = signed_in(school.mira).get(f"/arbete/{query}")

    assert names(page) == shown
    assert ("Ingen rad passar urvalet" in words(page)) is (not shown)


def test_rows_nobody_has_acted_on_can_be_chosen(school: School) -> None:
    items = three(school)
    facts: dict[str, Any] = {"by": scope(school.mira, FRIDAY), "at": NOON, "on": FRIDAY}
    until = FRIDAY + timedelta(days=3)
    services.act(items[0].public, Act.WAIT, text="möte bokat", wait_until=until, **facts)

    page = signed_in(school.mira).get("/arbete/?untouched=1")

    assert names(page) == ["Noor Haddad", "Maja Sund"]


def test_an_empty_list_says_what_would_fill_it(school: School) -> None:
    assert "Du har inga rader just nu" in words(signed_in(school.mira).get("/arbete/"))


def test_a_long_list_has_pages_and_asks_the_same_number_of_questions(school: School) -> None:
    client = signed_in(school.mira)
    three(school)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/arbete/")
    for number in range(30):
        raised(school.pupil("Elev", f"Nr{number}", school.class_8b))

    with CaptureQueriesContext(connection) as many:
        page = client.get("/arbete/")

    assert len(many) == len(few)
    assert len(names(page)) == 25
    assert "1–25 av 33" in words(page)
    assert len(names(client.get("/arbete/?page=2"))) == 8


def test_the_reading_is_logged_with_those_on_the_page(school: School) -> None:
    three(school)

    signed_in(school.mira).get("/arbete/?level=2")

    read = Reading.objects.get()
    assert (read.pupils, read.action) == ([str(school.noor.public)], "list")


def test_a_protected_pupil_stands_in_no_choice(school: School) -> None:
    school.protect(school.saga, school.mira)
    three(school)

    page = signed_in(school.mira).get("/arbete/?order=name")

    assert "T" in names(page)
    assert names(signed_in(school.mira).get("/arbete/?group=8B")) == ["Noor Haddad", "Maja Sund"]


def test_without_javascript_all_rows_are_ticked_by_an_address(school: School) -> None:
    three(school)

    page = words(signed_in(school.mira).get("/arbete/?level=1&ticked=all"))

    assert page.count(' form="many" checked') == 2
    assert "?level=1&amp;ticked=all" in page


def many(items: list[Item], **sent: Any) -> dict[str, Any]:
    facts = {"row": [item.public for item in items], "act": "done", "next": "/arbete/?level=1"}
    return facts | sent


def test_the_ticked_rows_are_asked_for_one_text_and_all_are_done(school: School) -> None:
    items, client = three(school), signed_in(school.mira)

    asked = words(client.post("/arbete/flera/", many(items)))
    done = client.post("/arbete/flera/", many(items, text="samtal i dag"))

    assert "Klart: 3 rader" in asked
    assert all(name in asked for name in ("Saga Lind", "Noor Haddad", "Maja Sund"))
    assert (done.status_code, done.headers["Location"]) == (302, "/arbete/?level=1")
    assert [str(said) for said in get_messages(done.wsgi_request)] == ["Klart: 3 rader."]
    assert set(Item.objects.values_list("state", "text")) == {("done", "samtal i dag")}
    again = words(client.get("/arbete/"))
    assert "Gjort i dag: 3 rader" in again
    assert again.count("Ångra</button>") >= 3


def test_what_refuses_is_told_by_name_and_nothing_is_done(school: School) -> None:
    items, client = three(school), signed_in(school.mira)
    by = scope(school.mira, FRIDAY)
    handed = Intent(act=Act.HAND_OVER, text="behöver hjälp", to=Holder.COUNSELLOR)
    services.act_on_one(items[1].public, handed, by=by, at=NOON, on=FRIDAY)

    answer = client.post("/arbete/flera/", many(items, text=""))

    page = words(answer)
    assert answer.status_code == 422
    assert "Skriv några ord." in page
    assert page.count("Raden ligger hos någon annan nu.") == 1
    assert f'aria-describedby="why-{items[1].public}"' in page
    assert list(Item.objects.order_by("pk").values_list("state", flat=True)) == [
        "open", "handed", "open",
    ]  # fmt: skip


def test_nothing_ticked_says_so_and_leads_back(school: School) -> None:
    answer = signed_in(school.mira).post("/arbete/flera/", {"act": "done", "next": "/arbete/"})

    assert answer.headers["Location"] == "/arbete/"
    assert [str(said) for said in get_messages(answer.wsgi_request)] == [
        "Markera minst en rad först."
    ]


def test_rows_of_others_and_rows_of_nothing_are_answered_alike(school: School) -> None:
    items, client = three(school), signed_in(school.nils)

    for row in (items[0].public, uuid4(), "inget"):
        for sent in ({}, {"text": "samtal i dag"}):
            facts = {"row": [row], "act": "done"} | sent
            assert client.post("/arbete/flera/", facts).status_code == 404
    assert client.post("/arbete/flera/", {"row": [], "act": "sudda"}).status_code == 404


SENT = {"name": "Steg 2 i 8B", "group": "8B", "level": "2"}


def test_a_choice_is_saved_under_a_name_and_can_be_what_the_list_opens_with(
    school: School,
) -> None:
    three(school)
    client = signed_in(school.mira)

    client.post("/arbete/urval/", SENT | {"is_default": "on"})

    view = SavedView.objects.get()
    opened = client.get("/arbete/")
    assert opened.headers["Location"] == f"/arbete/?group=8B&level=2&view={view.public}"
    page = client.get(opened.headers["Location"])
    assert names(page) == ["Noor Haddad"]
    assert 'aria-current="page">Steg 2 i 8B' in words(page)
    assert len(names(client.get("/arbete/?view=all"))) == 3


def test_a_saved_view_is_renamed_and_thrown_away(school: School) -> None:
    client = signed_in(school.mira)
    client.post("/arbete/urval/", SENT)
    view = SavedView.objects.get()

    client.post(f"/arbete/urval/{view.public}/", {"name": "Rektors rader"})
    view.refresh_from_db()
    assert (view.name, view.choices) == ("Rektors rader", {"group": "8B", "level": "2"})

    client.post(f"/arbete/urval/{view.public}/", {"delete": "1"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (" ", "Skriv vad urvalet ska heta."),
        ("å" * 61, "högst 60 tecken"),
        ("STEG 2 I 8B", "Du har redan ett urval som heter så."),
    ],
)
def test_a_name_that_cannot_be_is_asked_for_again(school: School, name: str, why: str) -> None:
    client = signed_in(school.mira)
    client.post("/arbete/urval/", SENT)

    answer = client.post("/arbete/urval/", SENT | {"name": name})

    assert answer.status_code == 422
    assert why in words(answer)
    assert 'name="level" value="2"' in words(answer)
    assert SavedView.objects.count() == 1


def test_a_saved_view_is_its_owners_alone(school: School) -> None:
    signed_in(school.mira).post("/arbete/urval/", SENT)
    view = SavedView.objects.get()
    theirs = signed_in(school.nils)

    assert theirs.post(f"/arbete/urval/{view.public}/", {"delete": "1"}).status_code == 404
    assert theirs.post(f"/arbete/urval/{uuid4()}/", {"delete": "1"}).status_code == 404
    assert "Steg 2" not in words(theirs.get("/arbete/"))
    assert SavedView.objects.exists()
