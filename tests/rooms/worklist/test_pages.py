"""A row on the page: cleared with words, refused in words, undone; with and without JavaScript."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from samnarvaro.audit.models import Reading
from samnarvaro.base import clock
from samnarvaro.people.models import Account, Staff
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act, Missing
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.web import texts
from samnarvaro.worklist.web.forms import FIELD, KINDS
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised, scope

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 23, 9, 0, tzinfo=NOON.tzinfo))


def signed_in(staff: Staff, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf, headers={"accept-language": "sv"})
    assert staff.account_id is not None
    client.force_login(Account.objects.get(pk=staff.account_id))
    return client


def address(item: Item) -> str:
    return f"/arbete/{item.public}/"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def unmasked(response: Any) -> str:
    """The page without the token that is masked anew each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", words(response))


DONE = {"act": "done", "text": "samtal med Saga"}


def test_without_javascript_a_row_has_a_page_and_its_forms_an_address(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)

    page = client.get(address(item), {"next": "/arbete/"})
    waiting = words(client.get(address(item), {"act": "wait", "next": "/arbete/"}))

    shown = words(page)
    assert page.status_code == 200
    assert "<title>Saga Lind – att göra" in shown
    assert shown.count(f'action="/arbete/{item.public}/"') == 1
    assert shown.count(' name="act" value="') == 4
    assert '<a href="/arbete/">Tillbaka utan att göra något</a>' in shown
    assert page.headers["Cache-Control"] == "no-store"
    assert "HX-Request" in page.headers["Vary"]
    assert waiting.count(f'action="/arbete/{item.public}/"') == 2
    assert "Varför vänta?" in waiting
    assert "Vad har gjorts?" not in waiting
    assert 'min="2026-10-24" max="2026-11-22"' in waiting
    assert waiting.count('<input type="hidden" name="next" value="/arbete/">') == 2


@pytest.mark.parametrize("act", KINDS)
def test_each_act_has_a_form_that_comes_in_the_row_and_is_shut_by_its_own_button(
    school: School, act: Act
) -> None:
    item, client = raised(school.saga), signed_in(school.mira)
    at_a_meeting = {"meeting": "1"} if act is Act.DECIDED else {}

    part = client.get(address(item), {"act": act, "tick": "1"} | at_a_meeting, headers=HTMX)

    shown = words(part)
    assert part.status_code == 200
    assert shown.startswith(f'<li class="work-row" id="row-{item.public}"')
    assert str(texts.QUESTION[act]) in shown
    assert shown.count(" autofocus") == 1
    assert shown.count('name="act" value="" aria-expanded="true"') == 1
    assert shown.count('name="meeting" value="1"') == 2 * len(at_a_meeting)
    assert "Markera Saga Lind" in shown
    assert not ActRow.objects.exists()


def test_a_row_that_is_cleared_has_no_form(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)
    client.post(address(item), DONE)

    part = client.get(address(item), {"act": "wait"}, headers=HTMX)

    assert part.status_code == 200
    assert "Varför vänta?" not in words(part)


def test_without_javascript_clearing_a_row_leads_back_to_where_one_was(school: School) -> None:
    item = raised(school.saga)

    answer = signed_in(school.mira).post(address(item), DONE | {"next": "/elev/"})

    item.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/elev/")
    assert (item.state, item.acted_on, item.text) == ("done", FRIDAY, "samtal med Saga")
    (toast,) = get_messages(answer.wsgi_request)
    assert str(toast) == "Raden är klar."
    assert toast.extra_tags == f"undo:/arbete/{item.public}/angra/?number=1&next=%2Felev%2F"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:1", "elev/", ""]
)
def test_the_way_back_stays_in_the_house(school: School, elsewhere: str) -> None:
    item = raised(school.saga)

    answer = signed_in(school.mira).post(address(item), DONE | {"next": elsewhere})

    assert answer.headers["Location"] == "/"


def test_with_htmx_the_row_alone_comes_back(school: School) -> None:
    item = raised(school.saga)

    part = signed_in(school.mira).post(address(item), DONE, headers=HTMX)

    shown = words(part)
    assert part.status_code == 200
    assert "<html" not in shown
    assert f'id="row-{item.public}"' in shown
    assert "Klart: Mira Ek, i dag. ”samtal med Saga”" in shown
    assert f'action="/arbete/{item.public}/angra/"' in shown
    assert "Vad har gjorts?" not in shown


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["part", "page"])
def test_a_refused_act_tells_every_reason_and_keeps_what_was_written(
    school: School, headers: dict[str, str]
) -> None:
    item = raised(school.saga)
    sent = {"act": "wait", "text": "ok", "wait_until": "2026-10-23"}

    answer = signed_in(school.mira).post(address(item), sent, headers=headers)

    shown = words(answer)
    assert answer.status_code == 422
    assert ("<html" in shown) is not bool(headers)
    assert "Skriv minst tre bokstäver." in shown
    assert "tidigast i morgon" in shown
    assert 'value="2026-10-23"' in shown
    assert "ok</textarea>" in shown
    assert shown.count('<div class="fold-body act-form">') == 1
    assert "autofocus" not in shown  # what is wrong takes focus
    item.refresh_from_db()
    assert item.state == "open"


def test_what_labels_a_child_is_marked_where_it_was_written(school: School) -> None:
    item = raised(school.saga)
    sent = {"act": "wait", "text": "Saga vägrar."}

    shown = words(signed_in(school.mira).post(address(item), sent))

    assert "<mark>vägrar</mark> → säger nej till" in shown


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "done"}, ["Utan dem går raden inte att förstå"]),
        ({"act": "not_needed", "text": "  "}, ["Utan dem går raden inte att förstå"]),
        ({"act": "wait"}, ["Utan dem", "Välj vilken dag raden ska komma tillbaka."]),
        (
            {"act": "wait", "text": "efter lovet", "wait_until": "i morgon"},
            ["Välj vilken dag raden ska komma tillbaka."],
        ),
        (
            {"act": "wait", "text": "efter lovet", "wait_until": "2026-11-23"},
            ["Välj en närmare dag: högst 30 dagar fram."],
        ),
        ({"act": "done", "text": "å" * 2001}, ["Texten är för lång: högst 2000 tecken."]),
        ({"act": "done", "text": "a\0bcd"}, []),
    ],
)
def test_what_is_missing_is_said_in_words(
    school: School, sent: dict[str, str], said: list[str]
) -> None:
    answer = signed_in(school.mira).post(address(raised(school.saga)), sent, headers=HTMX)

    assert answer.status_code == 422
    assert [each for each in said if each.casefold() not in words(answer).casefold()] == []
    assert not ActRow.objects.exists()


def test_a_row_that_somebody_cleared_meanwhile_shows_how(school: School) -> None:
    item = raised(school.saga, level=2)
    services.act(
        item.public, Act.DONE, text="utredning", by=scope(school.diana), at=NOON, on=FRIDAY
    )

    answer = signed_in(school.ragnar).post(address(item), DONE)

    assert answer.status_code == 422
    assert "Raden blev klar medan du skrev." in words(answer)
    assert "Du skrev: ”samtal med Saga”" in words(answer)
    assert "Klart: Diana Ask, i dag. ”utredning”" in words(answer)


def test_an_act_can_be_undone_from_its_toast(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)
    (toast,) = get_messages(client.post(address(item), DONE).wsgi_request)
    undo_url = str(toast.extra_tags).removeprefix("undo:")

    first, second = client.post(undo_url), client.post(undo_url)

    item.refresh_from_db()
    assert (first.status_code, first.headers["Location"]) == (302, "/")
    assert second.status_code == 422
    assert "Det finns inget att ångra" in words(second)
    assert (item.state, ActRow.objects.count()) == ("open", 2)


def test_with_htmx_an_undone_row_comes_back_with_its_acts(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)
    client.post(address(item), DONE)

    part = client.post(f"{address(item)}angra/", {"number": "1"}, headers=HTMX)

    assert part.status_code == 200
    assert 'name="act" value="done"' in words(part)
    assert client.get(f"{address(item)}angra/").status_code == 405


@pytest.mark.parametrize("who", ["nils", "ragnar", "petra", "karin", "agda", "sonja"])
@pytest.mark.parametrize("way", ["get", "post", "undo"])
def test_for_everybody_else_the_row_does_not_exist(school: School, who: str, way: str) -> None:
    item, client = raised(school.saga), signed_in(getattr(school, who))

    def ask(public: object) -> HttpResponse:
        url = f"/arbete/{public}/"
        if way == "get":
            return client.get(url)  # type: ignore[return-value]  # the client's own kind of it
        return client.post(url if way == "post" else f"{url}angra/", DONE)  # type: ignore[return-value]

    theirs, nothing = ask(item.public), ask(uuid4())

    assert theirs.status_code == nothing.status_code == 404
    assert len(theirs.content) == len(nothing.content)
    assert unmasked(theirs) == unmasked(nothing)
    assert not ActRow.objects.exists()
    assert not Reading.objects.filter(outcome="allowed").exists()


def test_an_act_that_the_page_does_not_offer_does_not_exist(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)

    for sent in ({}, {"act": "undo", "text": "samtal"}, {"act": "burn", "text": "samtal"}):
        assert client.post(address(item), sent).status_code == 404
    for asked in ("undo", "burn"):
        assert client.get(address(item), {"act": asked}).status_code == 404
    assert not ActRow.objects.exists()


def test_nothing_is_cleared_from_another_site(school: School) -> None:
    item = raised(school.saga)
    client = signed_in(school.mira, checks_csrf=True)

    assert client.post(address(item), DONE).status_code == 403
    assert not ActRow.objects.exists()

    client.get(address(item))
    token = client.cookies["csrftoken"].value
    sent = DONE | {"csrfmiddlewaretoken": token}
    assert client.post(address(item), sent).status_code == 302


def test_looking_at_a_row_is_logged(school: School) -> None:
    item, client = raised(school.saga), signed_in(school.mira)

    client.get(address(item))
    client.post(address(item), DONE, headers=HTMX)

    first, second = Reading.objects.order_by("pk")
    assert (first.viewer, first.role) == (scope(school.mira).viewer, "mentor")
    assert (first.pupils, first.what) == ([str(school.saga.public)], "worklist:item")
    assert first.classes == ["K1", "K3"]
    assert second.classes == ["K1", "K3", "K4"]


def test_there_are_words_for_every_reason_and_every_act() -> None:
    assert set(texts.MISSING) == set(Missing)
    assert set(texts.LABEL) == set(texts.DONE) == set(texts.TOAST) == set(Act)
    with_a_form = set(Act) - {Act.UNDO}
    assert set(KINDS) == set(texts.HINT) == set(texts.SUBMIT) == set(texts.ICON) == with_a_form
    assert set(FIELD) <= set(Missing)
    assert all("%" not in texts.missing(reason) for reason in Missing)
