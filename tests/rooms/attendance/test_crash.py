"""A delivery that is broken off: before or after, never between; and the next one goes well."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection

from samnarvaro.attendance import services
from samnarvaro.base import bulk, events
from samnarvaro.organisation.models import Unit
from samnarvaro.people.models import Pupil
from tests.rooms.attendance.desk import AT, BERG, GOOD, PUPILS, Desk, everything

MOST_STATEMENTS = 300


class PulledPlug(BaseException):
    """Neither the program nor the database has a say in it."""


@contextmanager
def breaking_off_at(statement: int, error: type[BaseException]) -> Iterator[Callable[[], bool]]:
    """Let one statement fail instead of running; tell whether it came to that."""
    met = 0

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal met
        met += 1
        if met == statement:
            raise error(f"broken off at: {sql}")
        return execute(sql, *rest)

    with connection.execute_wrapper(run):
        yield lambda: met >= statement


def temporary_tables() -> list[tuple[Any, ...]]:
    if bulk.on_postgres():
        return bulk.fetch(
            "SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind = 'r' "
            "AND pg_table_is_visible(oid)"
        )
    return bulk.fetch("SELECT name FROM sqlite_temp_master WHERE type = 'table'")


def the_file() -> list[Any]:
    """Something new, something changed, something the same, newcomers, twice, faulty, free day."""
    return [
        *[GOOD._replace(pupil_id=pupil, kind="excused") for pupil in PUPILS],
        *[GOOD._replace(pupil_id=pupil, start="09:30") for pupil in PUPILS],
        GOOD._replace(pupil_id="vik-ny", school_unit_code="99000009"),
        GOOD._replace(start="09:30", kind="unexcused"),
        GOOD._replace(kind="sjuk"),
        GOOD._replace(date="2026-11-21"),
        GOOD._replace(date="2026-11-10", school_unit_code=BERG),
    ]


# Django leaves a server-side cursor open behind what is no Exception.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("error", [OperationalError, PulledPlug])
@pytest.mark.parametrize("held", [False, True], ids=["nothing held", "something held"])
def test_at_whatever_statement_it_is_broken_off_all_is_as_before_or_as_after(
    real_desk: Desk, held: bool, error: type[BaseException]
) -> None:
    if held:
        real_desk.take_in(*[GOOD._replace(pupil_id=pupil) for pupil in PUPILS])
        real_desk.take_in(GOOD._replace(date="2026-11-20", kind="unexcused"), profile="other")
    before = everything()
    outcomes = set()

    for statement in range(1, MOST_STATEMENTS):
        with breaking_off_at(statement, error), suppress(error):
            real_desk.take_in(*the_file(), create_missing=True)
        after = everything()
        outcomes.add(after == before)
        if after != before:
            break

    # The first time that it is not as before, it is all there: a second delivery changes nothing.
    assert outcomes == {True, False}
    report = real_desk.take_in(*the_file(), create_missing=True)
    assert (report.new, report.changed) == (0, 0)
    assert temporary_tables() == []
    assert_totals_are_those_of_the_marks(real_desk)


def assert_totals_are_those_of_the_marks(desk: Desk) -> None:
    carried = desk.totals()
    services.rebuild_totals(by=desk.by, at=AT)
    assert carried == desk.totals() != set()


@pytest.mark.parametrize("statement", [1, 5, 12, 20, 30])
def test_after_a_broken_off_delivery_the_next_one_goes_well(
    real_desk: Desk, statement: int
) -> None:
    with breaking_off_at(statement, OperationalError), pytest.raises(OperationalError):
        real_desk.take_in(*the_file(), create_missing=True)

    report = real_desk.take_in(*the_file(), create_missing=True)

    assert (report.new, report.duplicate, report.faulty) == (11, 1, 1)
    assert Pupil.objects.filter(pupil_id="vik-ny").count() == 1
    assert Unit.objects.filter(code="99000009").count() == 1
    assert temporary_tables() == []


def test_a_listener_within_that_fails_takes_the_delivery_with_it(
    real_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(_event: object) -> None:
        raise PulledPlug

    before = everything()
    monkeypatch.setattr(events, "publish", publish)

    with pytest.raises(PulledPlug):
        real_desk.take_in(*the_file(), create_missing=True)

    assert everything() == before
    assert temporary_tables() == []


def test_a_rebuild_that_is_broken_off_leaves_the_totals_as_they_were(real_desk: Desk) -> None:
    real_desk.take_in(*the_file(), create_missing=True)
    before = everything()

    for statement in range(1, MOST_STATEMENTS):
        with breaking_off_at(statement, PulledPlug) as came_to_that:
            try:
                services.rebuild_totals(by=real_desk.by, at=AT)
            except PulledPlug:
                assert everything() == before
        if not came_to_that():
            break

    assert not came_to_that()
    assert temporary_tables() == []
