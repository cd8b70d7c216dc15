"""A file's way in on the web: handed in, read, shown, agreed on, written; each step once."""

import stat
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.models import Mark
from samnarvaro.audit.models import Writing
from samnarvaro.base import clock, deliveries
from samnarvaro.base.deliveries import files
from samnarvaro.base.models import Delivery
from samnarvaro.project import tasks, worker
from tests.rooms.base.office import (
    FAULTY,
    MONDAY,
    NOON,
    SAGA,
    SAGA_AWAY,
    Office,
    address,
    counts,
    csv,
    handed_in,
    scope,
    signed_in,
    system,
    work_off,
)


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
    """Hand a file in and let the worker read it."""
    delivery = handed_in(agda, content, **said)
    work_off()
    delivery.refresh_from_db()
    return delivery


def acts() -> list[str]:
    found = Writing.objects.filter(target__startswith="delivery:").order_by("pk")
    return list(found.values_list("act", flat=True))


def test_from_the_file_to_the_marks(agda: Client, office: Office) -> None:
    delivery = handed_in(agda, csv(SAGA, FAULTY))
    assert (delivery.state, delivery.by) == ("received", scope(office.agda).viewer)
    assert files.path_of(delivery.public).exists()

    assert work_off() == 1
    delivery.refresh_from_db()
    assert (delivery.state, counts(delivery)) == ("previewed", (1, 0, 0, 0, 1))
    assert not Mark.objects.exists()

    assert agda.post(address(delivery, "skriv")).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == "confirmed"
    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, counts(delivery)) == ("written", (1, 0, 0, 0, 1))
    assert delivery.written_at == NOON
    assert Mark.objects.get().delivery_id == delivery.pk
    assert not files.path_of(delivery.public).exists()
    assert acts() == ["delivery.received", "delivery.confirmed", "marks.taken_in"]


def test_the_file_is_for_the_program_alone_and_bears_none_of_the_senders_name(
    agda: Client,
) -> None:
    delivery = handed_in(agda, csv(SAGA))

    path = files.path_of(delivery.public)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name == f"{delivery.public}.csv"
    assert delivery.file_name == "marker.csv"


def test_said_yes_to_twice_it_is_written_once(agda: Client, office: Office) -> None:
    delivery = read(agda, csv(SAGA))

    assert agda.post(address(delivery, "skriv")).status_code == 302
    second = signed_in(office.berit).post(address(delivery, "skriv"))

    assert second.status_code == 422
    assert "Leveransen har gått vidare" in second.content.decode()
    assert work_off() == 1
    assert acts().count("marks.taken_in") == 1


def test_two_tasks_for_the_same_delivery_write_it_once(agda: Client) -> None:
    delivery = read(agda, csv(SAGA))
    agda.post(address(delivery, "skriv"))
    tasks.write_delivery.enqueue(delivery.pk)

    assert work_off() == 2

    assert acts().count("marks.taken_in") == 1


@pytest.mark.parametrize("state", ["received", "reading", "previewed", "confirmed", "failed"])
def test_what_is_not_being_written_can_be_stopped(agda: Client, state: str) -> None:
    delivery = handed_in(agda, csv(SAGA))
    Delivery.objects.filter(pk=delivery.pk).update(state=state)

    assert agda.post(address(delivery, "avbryt")).status_code == 302

    delivery.refresh_from_db()
    assert delivery.state == "stopped"
    assert not files.path_of(delivery.public).exists()
    work_off()
    delivery.refresh_from_db()
    assert delivery.state == "stopped"
    assert not Mark.objects.exists()


@pytest.mark.parametrize("state", ["writing", "written", "stopped", "unusable"])
def test_what_is_being_written_or_has_ended_cannot_be_stopped(agda: Client, state: str) -> None:
    delivery = handed_in(agda, csv(SAGA))
    Delivery.objects.filter(pk=delivery.pk).update(state=state)

    assert agda.post(address(delivery, "avbryt")).status_code == 422

    delivery.refresh_from_db()
    assert delivery.state == state


def test_stopped_while_it_is_read_it_stays_stopped(
    agda: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = handed_in(agda, csv(SAGA))
    by = scope(office.agda)
    meanwhile: list[Callable[[], None]] = [lambda: deliveries.stop(delivery.public, by=by, at=NOON)]
    monkeypatch.setattr(
        files, "set_progress", lambda _public, _percent: meanwhile and meanwhile.pop()()
    )

    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, meanwhile, delivery.rows) == ("stopped", [], 0)


def test_a_file_in_another_encoding_is_unusable_and_thrown_away(agda: Client) -> None:
    delivery = handed_in(agda, csv(SAGA))
    long_after = csv(SAGA) + "vik-åsa,9".encode("latin-1")
    files.path_of(delivery.public).write_bytes(long_after)

    work_off()

    delivery.refresh_from_db()
    assert delivery.state == "unusable"
    assert delivery.report["unusable"] == {"code": "encoding", "detail": {"line": 3}}
    assert not files.path_of(delivery.public).exists()
    page = agda.get(address(delivery)).content.decode()
    assert "Filen är inte i UTF-8." in page
    assert "Rad 3." in page


def test_all_or_nothing_with_a_faulty_row_cannot_be_written(agda: Client) -> None:
    delivery = read(agda, csv(SAGA, FAULTY), all_or_nothing="on")

    refused = agda.post(address(delivery, "skriv"))

    assert refused.status_code == 422
    assert "Du valde allt eller inget" in refused.content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "previewed"


def test_nothing_good_cannot_be_written(agda: Client) -> None:
    delivery = read(agda, csv(FAULTY))

    assert agda.post(address(delivery, "skriv")).status_code == 422


def test_what_it_would_come_to_is_what_is_written_or_nothing(agda: Client) -> None:
    """Between the look and the yes the same marks have come another way."""
    delivery = read(agda, csv(SAGA_AWAY))
    other = read(agda, csv(SAGA), profile="annat")
    agda.post(address(other, "skriv"))
    agda.post(address(delivery, "skriv"))
    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, counts(delivery)) == ("previewed", (0, 1, 0, 0, 0))
    assert Mark.objects.get().delivery_id == other.pk
    assert (
        "Något har ändrats sedan du såg siffrorna" in agda.get(address(delivery)).content.decode()
    )

    agda.post(address(delivery, "skriv"))
    work_off()
    delivery.refresh_from_db()
    assert delivery.state == "written"
    assert Mark.objects.get().delivery_id == delivery.pk


def test_a_faulty_row_more_than_agreed_on_stops_all_or_nothing_too(
    agda: Client, office: Office
) -> None:
    other = "vik-noor,99000002,2026-10-19,08:10,60,MA,present,"
    noor = office.pupil("vik-noor")
    delivery = read(agda, csv(SAGA, other), all_or_nothing="on")
    agda.post(address(delivery, "skriv"))
    noor.pupil_id = "vik-annan"
    noor.save()

    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.faulty) == ("previewed", 1)
    assert not Mark.objects.exists()


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Let taking in marks stop with an error, at its end; until it is mended."""

    def with_error(error: Exception) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise error

        monkeypatch.setattr(attendance, "take_in", fail)

    return with_error


def test_a_fault_in_the_program_leaves_file_and_state_so_that_it_can_be_tried_again(
    agda: Client, breaks: Callable[[Exception], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = read(agda, csv(SAGA))
    agda.post(address(delivery, "skriv"))
    with monkeypatch.context():
        take_in = attendance.take_in
        breaks(KeyError("vik-saga"))
        work_off()
        monkeypatch.setattr(attendance, "take_in", take_in)

    delivery.refresh_from_db()
    page = agda.get(address(delivery)).content.decode()
    assert (delivery.state, Mark.objects.count()) == ("failed", 0)
    assert "Programmet kunde inte ta sig igenom filen" in page
    assert "/igen/" in page
    assert files.path_of(delivery.public).exists()

    agda.post(address(delivery, "igen"))
    work_off()
    agda.post(address(delivery, "skriv"))
    work_off()
    delivery.refresh_from_db()
    assert (delivery.state, Mark.objects.count()) == ("written", 1)


@pytest.mark.parametrize("error", [OperationalError("vik-saga"), KeyError("vik-saga")])
def test_nothing_that_is_kept_of_a_failure_quotes_a_pupil(
    agda: Client,
    breaks: Callable[[Exception], None],
    error: Exception,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    delivery = handed_in(agda, csv(SAGA))
    breaks(error)

    work_off()

    kept = DBTaskResult.objects.values_list("traceback", "exception_class_path")
    delivery.refresh_from_db()
    logged = "".join(capfd.readouterr()) + caplog.text
    assert "vik-saga" not in f"{list(kept)} {delivery.report} {logged}"
    assert isinstance(error, OperationalError) or "test_deliveries.py:" in logged


def test_a_database_that_is_away_is_waited_for_three_times(
    agda: Client, breaks: Callable[[Exception], None]
) -> None:
    delivery = handed_in(agda, csv(SAGA))
    breaks(OperationalError("the disk is full"))

    seen = []
    for _ in range(5):
        work_off()
        worker.tick(NOON)
        delivery.refresh_from_db()
        seen.append(delivery.state)

    assert seen == ["reading", "reading", "reading", "failed", "failed"]
    assert files.path_of(delivery.public).exists()


@pytest.mark.parametrize(("state", "ends"), [("reading", "previewed"), ("writing", "written")])
def test_what_a_dead_worker_left_is_begun_anew(agda: Client, state: str, ends: str) -> None:
    delivery = read(agda, csv(SAGA))
    Delivery.objects.filter(pk=delivery.pk).update(state=state)

    worker.tick(NOON, is_first=True)
    work_off()

    delivery.refresh_from_db()
    assert (delivery.state, counts(delivery)) == (ends, (1, 0, 0, 0, 0))


def test_a_file_that_is_gone_is_told_in_a_sentence(agda: Client) -> None:
    delivery = handed_in(agda, csv(SAGA))
    files.remove(delivery.public)

    work_off()

    page = agda.get(address(delivery)).content.decode()
    assert "Filen finns inte kvar på servern." in page
    assert "/igen/" not in page
    assert agda.post(address(delivery, "igen")).status_code == 422


def test_a_forgotten_file_is_thrown_away_after_three_days(agda: Client) -> None:
    delivery = read(agda, csv(SAGA))
    Delivery.objects.filter(pk=delivery.pk).update(received_at=NOON - tasks.FORGOTTEN)

    before = NOON - tasks.FORGOTTEN
    assert deliveries.stop_forgotten(before=before, by=system(), at=NOON) == 0
    Delivery.objects.filter(pk=delivery.pk).update(received_at=before - tasks.SWEPT)
    tasks.tidy.call()

    delivery.refresh_from_db()
    assert delivery.state == "stopped"
    assert acts()[-1] == "delivery.forgotten"


def test_files_that_nobody_needs_are_swept_and_others_stay(agda: Client) -> None:
    waiting, stopped = read(agda, csv(SAGA)), read(agda, csv(SAGA))
    Delivery.objects.filter(pk=stopped.pk).update(state="stopped")
    later = clock.now() + 1000 * tasks.SWEPT

    assert deliveries.sweep_files(before=NOON - 10_000 * tasks.SWEPT) == 0
    assert deliveries.sweep_files(before=later) >= 1

    assert files.path_of(waiting.public).exists()
    assert not files.path_of(stopped.public).exists()


def test_how_far_it_has_come_is_told_in_whole_per_cent(agda: Client) -> None:
    delivery = handed_in(agda, csv(SAGA))
    seen: list[int] = []

    deliveries.preview(
        delivery.pk,
        by=system(),
        at=NOON,
        seen=lambda: seen.append(files.progress(delivery.public)),
    )

    assert seen == sorted(set(seen))
    assert seen[-1] == 100
