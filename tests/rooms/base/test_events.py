"""A lower room tells, an upper room listens: within the change, or after it is committed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from samnarvaro.base import events
from samnarvaro.organisation.models import SchoolAuthority

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class BellRang:
    school: str


@dataclass(frozen=True, slots=True)
class SomethingElse:
    pass


class Stop(Exception):
    """A reaction that cannot go along."""


@pytest.fixture(autouse=True)
def nobody_listens_afterwards() -> Iterator[None]:
    yield
    for kind in (BellRang, SomethingElse):
        events._within.pop(kind, None)
        events._after.pop(kind, None)


def test_whoever_listens_within_is_told_at_once() -> None:
    heard: list[object] = []
    events.listen(BellRang, heard.append, within=True)

    events.publish(BellRang("Strandskolan"))

    assert heard == [BellRang("Strandskolan")]


def test_whoever_listens_after_is_told_when_the_change_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[object] = []
    events.listen(BellRang, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        events.publish(BellRang("Strandskolan"))
        assert heard == []

    assert heard == [BellRang("Strandskolan")]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_afterwards_of_what_was_rolled_back() -> None:
    heard: list[object] = []
    events.listen(BellRang, heard.append)

    with transaction.atomic():
        events.publish(BellRang("Strandskolan"))
        transaction.set_rollback(True)
    with transaction.atomic():
        events.publish(BellRang("Bergskolan"))

    assert heard == [BellRang("Bergskolan")]


def test_a_reaction_within_that_fails_stops_the_change() -> None:
    def stop(_event: object) -> None:
        raise Stop

    events.listen(BellRang, stop, within=True)

    @transaction.atomic
    def change() -> None:
        SchoolAuthority.objects.create(code="9999", name="Viks kommun")
        events.publish(BellRang("Strandskolan"))

    with pytest.raises(Stop):
        change()

    assert not SchoolAuthority.objects.exists()


def test_a_reaction_after_that_fails_stops_neither_the_change_nor_the_others(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[object] = []

    def fail(_event: object) -> None:
        raise Stop("a child's name")

    events.listen(BellRang, fail)
    events.listen(BellRang, heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        events.publish(BellRang("Strandskolan"))

    assert heard == [BellRang("Strandskolan")]
    assert [record.message for record in caplog.records] == ["a reaction failed"]


def test_only_events_of_the_kind_are_heard() -> None:
    heard: list[object] = []
    events.listen(BellRang, heard.append, within=True)

    events.publish(SomethingElse())

    assert heard == []


def test_asking_twice_is_asking_once() -> None:
    heard: list[Any] = []

    def hear(event: BellRang) -> None:
        heard.append(event)

    events.listen(BellRang, hear, within=True)
    events.listen(BellRang, hear, within=True)

    events.publish(BellRang("Strandskolan"))

    assert len(heard) == 1
