"""The page of job runs: what comes next, how it went, and a way to run one now; no pupil on it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from samnarvaro.audit.models import Writing
from samnarvaro.base import clock, presence
from samnarvaro.base.models import JobRun
from tests.rooms.base.office import MONDAY, NOON, Office, scope, signed_in, words

PAGE = "/drift/korningar/"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001  # the rows need tables
    return Office()


@pytest.fixture
def isa(office: Office) -> Client:
    return signed_in(office.isa)


def test_before_anything_has_run_the_page_tells_when_it_will(isa: Client) -> None:
    shown = words(isa.get(PAGE))

    assert "Inget har körts än" in shown
    assert "Nästa gång: tisdag 20 oktober 04:00." in shown
    assert "Nästa gång: söndag 25 oktober 05:00." in shown
    assert shown.count("Har inte körts än.") == 5


def test_a_run_is_told_with_its_day_how_long_it_took_and_what_it_did(isa: Client) -> None:
    JobRun.objects.create(
        job="nightly",
        as_of=MONDAY,
        state="done",
        by="system:nightly",
        started_at=NOON,
        finished_at=NOON + timedelta(seconds=3.2),
        report={"reached": 34, "opened": 5, "ended": 2, "rule_set": "city"},
    )
    JobRun.objects.create(
        job="totals",
        as_of=MONDAY,
        state="failed",
        by="system:totals",
        started_at=NOON + timedelta(hours=1),
        finished_at=NOON + timedelta(hours=1, minutes=5),
    )

    shown = words(isa.get(PAGE))

    runs = shown.split('id="runs"')[1]
    assert runs.index("Summornas kontroll") < runs.index("Trappan")
    assert "34 når ett steg, 5 nya, 2 har gått över" in runs
    assert "3,2 s" in runs
    assert "5 min" in runs
    assert 'data-tone="fault"' in runs
    assert "19 okt 2026 12:00" in runs


def test_a_job_that_is_gone_is_told_by_its_key(isa: Client) -> None:
    JobRun.objects.create(job="old", as_of=MONDAY, by="system:old", started_at=NOON)

    runs = words(isa.get(PAGE)).split('id="runs"')[1]

    assert '<th scope="row">old</th>' in runs
    assert "Pågår" in runs


def test_run_now_asks_the_worker_once(isa: Client, office: Office) -> None:
    for _ in range(2):
        answer = isa.post(f"{PAGE}nightly/kor/", follow=True)

    assert "Trappan: körs så snart bakgrundsarbetaren är ledig." in words(answer)
    (task,) = DBTaskResult.objects.all()
    assert task.task_path == "samnarvaro.project.tasks.run_nightly"
    asked = Writing.objects.filter(act="job.asked_for")
    assert {(row.viewer, row.target) for row in asked} == {
        (scope(office.isa).viewer, "job:nightly")
    }


def test_a_job_that_is_not_there_does_not_exist(isa: Client) -> None:
    assert isa.post(f"{PAGE}annat/kor/").status_code == 404
    assert isa.get(f"{PAGE}nightly/kor/").status_code == 405


def test_the_office_sees_it_too_and_a_mentor_does_not(office: Office) -> None:
    assert signed_in(office.agda).get(PAGE).status_code == 200
    assert signed_in(office.mira).get(PAGE).status_code == 404
    assert signed_in(office.mira).post(f"{PAGE}nightly/kor/").status_code == 404


def test_the_page_tells_whether_the_worker_lives(isa: Client) -> None:
    assert "Inget nattligt görs" in words(isa.get(PAGE))

    with presence.held():
        presence.touch()
        is_fresh = presence.sign().is_fresh(datetime.now(UTC))  # noqa: TID251  # the file's own time
        shown = words(isa.get(PAGE))

    assert is_fresh
    assert "Inget nattligt görs" not in shown
