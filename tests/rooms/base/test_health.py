"""/health says yes when the installation can do its work, and tells nothing of why not but the part."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django_tasks_db.models import DBTaskResult

from samnarvaro.base import clock, presence
from samnarvaro.base.web import health
from samnarvaro.project import tasks


@pytest.fixture
def worker() -> Iterator[None]:
    with presence.held():
        presence.touch()
        yield


def told(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.content)
    return found


@pytest.fixture(autouse=True)
def forgets() -> Iterator[None]:
    """What one process has seen once is asked for anew by the next."""
    health._in_step.clear()
    yield
    health._in_step.clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_all_well() -> None:
    answer = Client().get("/health")

    assert answer.status_code == 200
    assert told(answer) == {
        "status": "ok", "database": True, "migrations": True, "worker": True
    }  # fmt: skip
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_without_a_worker_it_cannot_do_its_work() -> None:
    answer = Client().get("/health")

    assert answer.status_code == 503
    assert told(answer) == {
        "status": "unavailable", "database": True, "migrations": True, "worker": False
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("state", "status"), [("RUNNING", 200), ("READY", 503)])
def test_a_worker_in_a_long_task_lives_and_one_that_hangs_does_not(
    monkeypatch: pytest.MonkeyPatch, state: str, status: int
) -> None:
    now = clock.now()
    tasks.tidy.enqueue()
    DBTaskResult.objects.update(status=state)
    monkeypatch.setattr(clock, "now", lambda: now + 10 * presence.FRESH)

    assert Client().get("/health").status_code == status


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_a_database_that_does_not_answer_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError('connection to server at "db.vik.example" refused')

    monkeypatch.setattr(connection, "cursor", away)

    answer = Client().get("/health")

    assert answer.status_code == 503
    assert told(answer)["database"] is False
    assert b"vik.example" not in answer.content


@pytest.mark.django_db
@pytest.mark.usefixtures("worker")
def test_tables_of_another_version_are_not_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = [("base", "0002")]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: plan)
    assert Client().get("/health").status_code == 503

    plan.clear()
    assert Client().get("/health").status_code == 200
    plan.append(("base", "0003"))
    assert Client().get("/health").status_code == 200  # the code that runs has its tables


@pytest.mark.django_db
def test_nobody_can_do_anything_there() -> None:
    assert Client().post("/health").status_code == 405
