"""A roster is taken in whole or not at all, wherever it breaks off; and soon."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Barrier
from time import process_time
from typing import Any

import pytest
from django.db import connection

from samnarvaro.audit.models import Writing
from samnarvaro.base.models import Delivery
from samnarvaro.base.reports import Report
from samnarvaro.organisation.models import Group, Unit
from samnarvaro.people.models import Enrolment, ExternalId, RosterDay
from tests.rooms.people.delivered import (
    BERGSKOLAN,
    NOVEMBER,
    Deliverer,
    Row,
    everything_held,
    many,
    numbers,
    pupil,
    row,
)

BEFORE = [
    row("stays"),
    row("moves"),
    row("leaves"),
    row("renamed", "Saga Lind", personal_identity_number="201304072398"),
    row("marked", "Tindra Sund"),
]
AFTER = [
    row("stays"),
    row("moves", class_name="8A"),
    row("renamed", "Saga Ek", personal_identity_number="201002042388"),
    row("marked", "Tindra Sund", protected_identity="1"),
    row("new", school_unit_code=BERGSKOLAN, school_name="Bergskolan", external_ids="edlevo:1"),
]


class BrokenOff(Exception):
    """The connection, the machine or the disk gives up."""


@contextmanager
def breaking_off_at(number: int) -> Iterator[list[str]]:
    """Let the statement with that number fail; gather those that were carried out."""
    done: list[str] = []

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if len(done) == number:
            raise BrokenOff
        done.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield done


def all_held() -> list[Any]:
    return [
        everything_held(),
        sorted(Unit.objects.values_list("code", "name")),
        sorted(Group.objects.values_list("unit__code", "name", "grade")),
        sorted(RosterDay.objects.values_list("unit__code", "day")),
        list(ExternalId.objects.values_list("system", "value")),
        Delivery.objects.count(),
        sorted(Writing.objects.values_list("act", flat=True)),
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_roster_that_breaks_off_at_any_statement_leaves_nothing_behind(
    deliver: Deliverer,
) -> None:
    deliver(BEFORE)
    before = all_held()

    for number in count():
        with breaking_off_at(number) as done:
            try:
                deliver(AFTER, as_of=NOVEMBER)
                break
            except BrokenOff:
                pass
        assert len(done) == number
        assert all_held() == before
    assert number > 20
    assert any("UPDATE people_pupil" in sql for sql in done)
    assert pupil("marked").protection == 1
    assert pupil("renamed").family_name == "Ek"
    assert numbers(deliver(AFTER, as_of=NOVEMBER)) == {"rows": 5, "same": 5}


@pytest.mark.django_db(transaction=True)
def test_two_rosters_at_once_wait_for_each_other(deliver: Deliverer, tmp_path: Path) -> None:
    deliver(many(50))
    one = [row(f"p{n:04d}", "Ett Namn", "8A") for n in range(50)]
    other = [row(f"p{n:04d}", "Annat Namn", "8C") for n in range(5, 55)]
    together = Barrier(2)

    def take_in(number: int, rows: list[Row]) -> Report:
        folder = tmp_path / str(number)
        folder.mkdir()
        together.wait(timeout=20)
        try:
            return Deliverer(folder)(rows, as_of=NOVEMBER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(take_in, (0, 1), (one, other)))

    assert all(report.adds_up for report in reports)
    there = Enrolment.objects.on(NOVEMBER)
    held = set(there.values_list("pupil__given_name", "group__name"))
    # The last of the two, whole.
    assert held in ({("Ett", "8A")}, {("Annat", "8C")})
    assert there.count() == 50


@pytest.mark.slow
def test_ten_thousand_rows_take_seconds_new_named_and_unchanged(deliver: Deliverer) -> None:
    rows = many(10_000)
    renamed = many(10_000, given_name="Annat", birth_date="2013-04-07", class_name="8A")

    for delivered, outcome in ((rows, "new"), (rows, "same"), (renamed, "changed")):
        began = process_time()
        report = deliver(delivered, as_of=NOVEMBER)
        seconds = process_time() - began
        assert numbers(report) == {"rows": 10_000, outcome: 10_000}
        # The processor's time, since tests run beside each other. Some 2 s on a small machine.
        assert seconds < 5, f"{outcome}: {seconds:.1f} s"
