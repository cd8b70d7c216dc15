"""The pages of deliveries: what is asked for, what is told, to whom, and what is safe to open."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from samnarvaro.audit.models import Writing
from samnarvaro.base import acts, clock, deliveries
from samnarvaro.base.deliveries import files
from samnarvaro.base.models import Delivery
from tests.rooms.base.office import (
    FAULTY,
    HEADER,
    MONDAY,
    NOON,
    ROSTER,
    SAGA,
    Office,
    a_file,
    address,
    csv,
    handed_in,
    scope,
    signed_in,
    words,
    work_off,
)

NEW = "/leveranser/ny/"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001  # the rows need tables
    return Office()


@pytest.fixture
def agda(office: Office) -> Client:
    return signed_in(office.agda)


def read(agda: Client, content: bytes, **said: Any) -> Delivery:
    delivery = handed_in(agda, content, **said)
    work_off()
    delivery.refresh_from_db()
    return delivery


def test_an_empty_list_tells_what_would_fill_it(agda: Client) -> None:
    shown = words(agda.get("/leveranser/"))

    assert "Ingen fil har lämnats än" in shown
    assert "Ta in elevlistan först" in shown
    assert NEW in shown


def test_the_list_tells_what_came_from_whom_and_how_it_went(agda: Client) -> None:
    read(agda, csv(SAGA, FAULTY))
    Delivery.objects.create(kind="roster", by="system:import-roster", received_at=NOON)

    shown = words(agda.get("/leveranser/"))

    assert shown.index("Elevlista") < shown.index("Lektionsmarkeringar")
    assert "Agda Nyberg" in shown
    assert "Kommandoraden" in shown
    assert "Läst, inte skriven" in shown
    assert "19 okt" in shown


def test_the_list_asks_the_database_as_little_for_many_as_for_few(
    agda: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    for minute in range(30):
        Delivery.objects.create(
            kind="marks",
            by=scope(office.agda).viewer,
            received_at=NOON + timedelta(minutes=minute),
        )

    with django_assert_max_num_queries(12 if connection.vendor == "sqlite" else 16):
        shown = words(agda.get("/leveranser/"))

    assert shown.count('<th scope="row">') == 25
    assert "?page=2" in shown
    assert words(agda.get("/leveranser/?page=2")).count('<th scope="row">') == 5
    assert words(agda.get("/leveranser/?page=9999999999")).count('<th scope="row">') == 5


def test_a_new_delivery_asks_for_what_it_needs(agda: Client) -> None:
    shown = words(agda.get(NEW))

    assert 'enctype="multipart/form-data"' in shown
    assert 'value="2026-10-19"' in shown
    assert HEADER.replace(",", ", ") in shown
    assert ROSTER.replace(",", ", ") in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"\n\n", "saknar kolumner"),
        (b"namn;klass\nSaga;8B\n", "saknar kolumner. pupil_id"),
        (b"%PDF-1.7\n\x00\x01\x02", "inte en CSV-fil med text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "inte en CSV-fil med text"),
        (HEADER.encode("utf-16"), "inte i UTF-8"),
        ((HEADER + ",kind\n").encode(), "samma kolumn två gånger"),
        (b"<html><script>alert(1)</script>", "saknar kolumner"),
    ],
)
def test_what_is_no_csv_file_of_its_kind_is_refused_at_once_and_not_kept(
    agda: Client, content: bytes, said: str
) -> None:
    kept = set(files.all_kept())

    answer = agda.post(
        NEW, {"kind": "marks", "profile": "csv", "file": a_file(content, "marker.csv")}
    )

    assert answer.status_code == 422
    assert said in words(answer)
    assert not Delivery.objects.exists()
    assert set(files.all_kept()) == kept


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": ""}, "Vad är det för fil?"),
        ({"kind": "annat"}, "Vad är det för fil?"),
        ({"profile": ""}, "Varifrån kommer filen?"),
        ({"profile": "a" * 41}, "Varifrån kommer filen?"),
        ({"profile": "a\x07b"}, "Varifrån kommer filen?"),
        ({"as_of": "i morgon"}, "Elevlistan gäller från"),
        ({"file": ""}, "Fil:"),
    ],
)
def test_a_form_with_a_fault_tells_which_field(
    agda: Client, changed: dict[str, str], said: str
) -> None:
    form = {"kind": "marks", "profile": "csv", "as_of": "", "file": a_file(csv(SAGA))}

    answer = agda.post(NEW, form | changed)

    assert answer.status_code == 422
    summary = words(answer).split("Något behöver rättas")[1].split("</ul>")[0]
    assert said in summary
    assert not Delivery.objects.exists()


def test_a_file_that_is_too_large_is_told_so_and_not_kept(agda: Client, settings: Settings) -> None:
    settings.UPLOAD_MB = 1
    kept = set(files.all_kept())

    for megabytes in (1.5, 3):
        large = HEADER.encode() + b"\n" * int(megabytes * 2**20)
        answer = agda.post(NEW, {"kind": "marks", "profile": "csv", "file": a_file(large)})
        assert answer.status_code == 422
        assert "Filen är större än 1 megabyte." in words(answer)

    assert not Delivery.objects.exists()
    assert set(files.all_kept()) == kept


def test_a_stranger_leaves_no_file_behind(office: Office, settings: Settings) -> None:  # noqa: ARG001
    settings.FILE_UPLOAD_TEMP_DIR = str(settings.DATA_DIR)
    before = set(settings.DATA_DIR.glob("*.upload*"))

    answer = Client().post("/logga-in/", {"login": "agda", "file": a_file(csv(SAGA))})

    assert answer.status_code == 200
    assert not answer.wsgi_request.FILES
    assert set(settings.DATA_DIR.glob("*.upload*")) == before


def test_the_senders_name_of_the_file_is_shown_as_text_and_never_a_path(agda: Client) -> None:
    answer = agda.post(
        NEW,
        {
            "kind": "marks",
            "profile": "csv",
            "file": a_file(csv(SAGA), "../../<b>x\x1b\u202e</b>.csv"),
        },
    )

    delivery = Delivery.objects.get()
    assert delivery.file_name == "<b>x</b>.csv" or "/" not in delivery.file_name
    assert delivery.file_name.isprintable()
    assert b"<b>x" not in agda.get(answer.headers["Location"]).content


def test_while_the_worker_has_it_the_page_asks_for_itself(agda: Client) -> None:
    delivery = handed_in(agda, csv(SAGA))
    files.set_progress(delivery.public, 37)

    page = words(agda.get(address(delivery)))
    part = words(agda.get(address(delivery), headers={"HX-Request": "true"}))

    assert f'hx-get="{address(delivery)}" hx-trigger="every 2s" hx-swap="outerHTML"' in page
    assert '<progress value="37" max="100">' in page
    assert f'<noscript><a class="ds-button" data-variant="secondary" data-size="sm" href="{address(delivery)}">' in page  # fmt: skip
    assert "Bakgrundsarbetaren är inte i gång" in page
    assert part.startswith('<div id="delivery"')


def test_when_the_worker_is_done_the_page_rests_and_shows_each_fault(agda: Client) -> None:
    two = "okand,99000002,2026-02-30,08:10,60,MA,borta,"
    delivery = read(agda, csv(SAGA, FAULTY, two))

    page = words(agda.get(address(delivery)))

    assert 'hx-trigger="every' not in page
    assert '<th scope="row" class="num">3</th> <td class="nowrap">start</td> <td>25:99</td>' in page
    assert "Skriv klockslaget som 08:10" in page
    assert "Den dagen finns inte i kalendern." in page
    assert "Eleven finns inte." in page
    assert "Okänt slag." in page
    assert f'action="{address(delivery, "skriv")}"' in page
    assert "data-announce" in page


def test_a_thousand_faults_are_told_page_by_page_and_the_rest_counted(agda: Client) -> None:
    delivery = read(agda, csv(*[FAULTY] * 1001))

    first, last = (
        words(agda.get(address(delivery))),
        words(agda.get(address(delivery) + "?page=20")),
    )

    assert first.count('<td class="nowrap">start</td>') == 50
    assert ">1001</th>" in last
    assert "och 1 fel till" in last


def test_hostile_words_in_a_file_are_shown_as_words(agda: Client) -> None:
    row = "<script>alert(1)</script>,99000002,2026-10-19,08:10,60,MA,<img src=x>,"
    delivery = read(agda, csv(row))

    page = agda.get(address(delivery)).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page.split('id="faults"')[1]
    assert "&lt;script&gt;" in page


def test_the_faults_can_be_taken_home_and_are_no_formulas(agda: Client) -> None:
    delivery = read(agda, csv('=HYPERLINK("x"),99000002,2026-10-19,08:10,60,MA,＝1+1,'))

    answer = agda.get(address(delivery) + "fel.csv")

    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"
    assert text.splitlines()[0] == "Rad;Kolumn;Värde;Vad som är fel;Kod"
    assert all(not cell.startswith(("=", "＝", "+")) for cell in text.replace("\n", ";").split(";"))
    assert "'=1+1" in text


def test_who_looks_at_a_report_is_written_down(agda: Client, office: Office) -> None:
    delivery = handed_in(agda, csv(FAULTY))
    agda.get(address(delivery))
    assert not Writing.objects.filter(act="delivery.viewed").exists()

    work_off()
    agda.get(address(delivery))
    agda.get(address(delivery) + "fel.csv")

    seen = Writing.objects.filter(act="delivery.viewed").order_by("pk")
    assert [row.detail["how"] for row in seen] == ["view", "export"]
    assert {row.viewer for row in seen} == {scope(office.agda).viewer}
    assert {row.target for row in seen} == {f"delivery:{delivery.public}"}


def test_what_cannot_be_logged_is_not_shown(agda: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = read(agda, csv(FAULTY))

    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(acts, "note", refuse)
    agda.raise_request_exception = False

    assert agda.get(address(delivery)).status_code == 500
    assert agda.get(address(delivery) + "fel.csv").status_code == 500


@pytest.mark.parametrize("who", ["mira", "isa"])
def test_deliveries_do_not_exist_for_others(office: Office, agda: Client, who: str) -> None:
    delivery = read(agda, csv(FAULTY))
    other = signed_in(getattr(office, who))
    gets = ["/leveranser/", NEW, address(delivery), address(delivery) + "fel.csv"]
    posts = [NEW, *(address(delivery, act) for act in ("skriv", "avbryt", "igen"))]

    assert {other.get(url).status_code for url in gets} == {404}
    assert {other.post(url).status_code for url in posts} == {404}
    assert "Leveranser" not in words(other.get("/"))
    with pytest.raises(deliveries.NoSuchDelivery):
        deliveries.get(delivery.public, by=scope(getattr(office, who)))
    with pytest.raises(deliveries.NoSuchDelivery):
        deliveries.stop(delivery.public, by=scope(getattr(office, who)), at=NOON)


def test_a_stranger_is_asked_who_it_is(office: Office, agda: Client) -> None:  # noqa: ARG001
    delivery = read(agda, csv(FAULTY))

    answer = Client().get(address(delivery))

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/logga-in/?next={address(delivery)}",
    )


def test_a_delivery_that_is_not_there_does_not_exist(agda: Client) -> None:
    assert agda.get(f"/leveranser/{uuid4()}/").status_code == 404
    assert agda.post(f"/leveranser/{uuid4()}/skriv/").status_code == 404


@pytest.mark.parametrize("act", ["skriv", "avbryt", "igen"])
def test_an_act_is_no_link(agda: Client, act: str) -> None:
    delivery = read(agda, csv(SAGA))

    assert agda.get(address(delivery, act)).status_code == 405
