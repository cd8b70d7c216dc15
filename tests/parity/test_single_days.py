"""One day of a pupil at a time: put on top, put between, corrected far back, in all their turns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance import services
from samnarvaro.attendance.totals import carry, single
from samnarvaro.organisation import queries as organisation
from tests.parity.histories import PUPILS, SAYINGS, UNITS, row_of
from tests.rooms.attendance.desk import AT, BERG, STRAND, Desk, Row, settle

DAYS = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19)]
# Wholly absent, present, late, and three on which nothing counts: what a run is made of and broken by.
SAYING = st.sampled_from([SAYINGS[n] for n in (4, 4, 6, 0, 2, 5, 9, 10)])
ONE = st.builds(
    row_of,
    pupil=st.just("saga"),
    unit=st.sampled_from(UNITS),
    day=st.sampled_from(DAYS),
    start=st.sampled_from(["08:10", "09:20"]),
    says=SAYING,
)


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    return Desk(tmp_path_factory.mktemp("desk"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(ONE, max_size=10),
    then=st.lists(st.lists(ONE, min_size=1, max_size=2), min_size=1, max_size=6),
)
def test_each_single_day_leaves_what_all_marks_come_to(
    desk: Desk, before: list[Row], then: list[list[Row]]
) -> None:
    with transaction.atomic():
        for rows in [before, *then] if before else then:
            desk.take_in(*rows)
            as_rebuilt(desk)
        transaction.set_rollback(True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(
        st.lists(
            st.tuples(st.sampled_from(PUPILS), st.sampled_from(UNITS), SAYING),
            min_size=1,
            max_size=5,
            unique_by=lambda said: said[:2],
        ),
        min_size=2,
        max_size=6,
    )
)
def test_each_new_day_of_all_pupils_stands_on_their_last_rows(
    desk: Desk, days: list[list[tuple[str, str, tuple[str, int, str]]]]
) -> None:
    with transaction.atomic():
        for day, lessons in zip(DAYS, days, strict=False):
            desk.take_in(
                *(row_of(pupil, unit, day, "08:10", says) for pupil, unit, says in lessons)
            )
            as_rebuilt(desk)
        transaction.set_rollback(True)


def as_rebuilt(desk: Desk) -> None:
    carried = desk.totals()
    services.rebuild_totals(by=desk.by, at=AT)
    assert carried == desk.totals()


def test_a_new_day_after_all_others_is_carried_in_one_statement(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[str] = []

    def noting(way: str, told: Callable[..., None]) -> Callable[..., None]:
        def note(*args: Any) -> None:
            ways.append(way)
            told(*args)

        return note

    for where, way in ((single, "append"), (single, "carry"), (carry, "_carry_some_days")):
        monkeypatch.setattr(where, way, noting(way, getattr(where, way)))
    first, second, third = DAYS[:3]

    def take_in(*days: date, says: tuple[str, int, str] = SAYINGS[0]) -> list[str]:
        ways.clear()
        desk.take_in(*(row_of(p, STRAND, day, "08:10", says) for day in days for p in PUPILS))
        return list(ways)

    assert take_in(first) == ["append"]
    assert take_in(third) == ["append"]
    assert take_in(second) == ["carry"]  # between two others
    assert take_in(second, says=SAYINGS[4]) == ["carry"]
    assert take_in(first, second, says=SAYINGS[6]) == ["carry", "_carry_some_days"]
    as_rebuilt(desk)


def test_a_first_counting_day_that_counts_no_more_leaves_later_days_their_own_units(
    desk: Desk,
) -> None:
    desk.take_in(row_of("saga", STRAND, DAYS[0], "08:10", SAYINGS[4]))
    desk.take_in(row_of("saga", BERG, DAYS[1], "08:10", SAYINGS[10]))
    carried = units(desk)

    desk.take_in(row_of("saga", STRAND, DAYS[0], "08:10", SAYINGS[9]))

    assert carried == [STRAND, STRAND]
    assert units(desk) == [STRAND, BERG]
    as_rebuilt(desk)


def units(desk: Desk) -> list[str]:
    codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
    return [codes[row[-1]] for row in sorted(desk.totals())]
