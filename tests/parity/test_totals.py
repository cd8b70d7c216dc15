"""Definition, carried totals and full rebuild say the same, whatever has happened to the marks."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance import services
from samnarvaro.attendance.domain.measures import last_unit
from samnarvaro.attendance.totals import windows
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from tests.parity.histories import (
    AFTER_ALL,
    BEFORE_ALL,
    DAYS,
    HISTORIES,
    PUPILS,
    SAYINGS,
    UNITS,
    WINDOWS,
    Calendar,
    Happening,
    SlowTruth,
    all_of,
    let_happen,
    row_of,
)
from tests.rooms.attendance.desk import AT, BERG, STRAND, Desk, settle

ALL_TIME = Window(BEFORE_ALL, AFTER_ALL)


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    return Desk(tmp_path)


def in_parity(desk: Desk, truth: SlowTruth, some: Sequence[Window]) -> None:
    """Definition and totals agree in these windows, and no row of the totals is unlike a rebuilt."""
    for window in some:
        assert desk.figures(window) == truth.figures(window), window
    carried = desk.totals()
    services.rebuild_totals(by=desk.by, at=AT)
    assert carried == desk.totals()


PRESENT, SICK, CANCELLED = SAYINGS[0], SAYINGS[4], SAYINGS[10]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=HISTORIES, some=st.lists(WINDOWS, min_size=2, max_size=4))
@example(  # a first file of days before a later day on which nothing counts
    happenings=[
        [row_of("saga", STRAND, DAYS[-1], "08:10", CANCELLED)],
        [row_of("saga", BERG, DAYS[0], "08:10", SICK)],
    ],
    some=[ALL_TIME],
)
@example(  # a presence far back breaks a run that has been carried over two school years
    happenings=[
        [row_of("saga", STRAND, day, "08:10", SICK) for day in DAYS],
        [row_of("saga", STRAND, DAYS[2], "08:20", PRESENT)],
    ],
    some=[ALL_TIME, Window(DAYS[2], DAYS[-1])],
)
@example(  # a correction of minutes alone, far back, between days on which nothing counts
    happenings=[
        [
            row_of("saga", BERG if n % 3 else STRAND, day, "08:10", SAYINGS[n % len(SAYINGS)])
            for n, day in enumerate(DAYS)
        ],
        [row_of("saga", BERG, DAYS[4], "08:10", SAYINGS[5])],
        [row_of("saga", BERG, DAYS[4], "08:10", SAYINGS[3])],
    ],
    some=[ALL_TIME, Window(DAYS[3], DAYS[5]), Window(DAYS[5], DAYS[-1])],
)
@example(  # the only counting day is freed afterwards
    happenings=[
        [row_of("saga", STRAND, DAYS[0], "08:10", SICK)],
        [row_of("saga", BERG, DAYS[2], "08:10", CANCELLED)],
        Calendar(None, Window(DAYS[0], DAYS[0]), is_school_day=False),
    ],
    some=[ALL_TIME],
)
def test_whatever_happens_definition_totals_and_rebuild_agree(
    desk: Desk, happenings: list[Happening], some: list[Window]
) -> None:
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)

        in_parity(desk, all_of(happenings), some)
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_year_of_many_pupils_with_corrections_far_back(desk: Desk, seed: int) -> None:
    random = Random(seed)
    pupils = [f"p{n}" for n in range(60)]
    days = [date(2026, 1, 8) + timedelta(days=n) for n in range(0, 320, 3)]
    happenings: list[Happening] = []
    for part in (days[40:80], days[:40], days[80:], days, days[60:70]):
        share = 0.5 if part is not days else 0.02
        happenings.append(
            [
                row_of(pupil, random.choice(UNITS[1:]), day, start, random.choice(SAYINGS))
                for pupil in pupils
                for day in part
                for start in ("08:10", "09:30")
                if random.random() < share
            ]
        )
    for _ in range(3):
        happenings.append(
            [
                row_of(pupil, UNITS[1], random.choice(days), "08:10", random.choice(SAYINGS))
                for pupil in random.sample(pupils, 40)
            ]
        )
    happenings.insert(2, Calendar(STRAND, Window(days[30], days[50]), is_school_day=False))
    happenings.insert(5, Calendar(None, Window(days[45], days[46]), is_school_day=True))
    for happening in happenings:
        if isinstance(happening, Calendar):
            let_happen(happening, desk)
        else:
            desk.take_in(*happening, create_missing=True)

    some = [ALL_TIME, *(trailing(random.choice(days), length) for length in (1, 30, 60, 200))]
    in_parity(desk, all_of(happenings), some)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    happenings=HISTORIES,
    day=st.sampled_from([*DAYS, AFTER_ALL]),
    percent=st.sampled_from([0, 10, 20, 50, 100]),
    over=st.booleans(),
    least=st.sampled_from([0, 1, 60, 600]),
)
def test_the_windows_of_the_staircase_are_those_of_the_definition(
    desk: Desk, happenings: list[Happening], day: date, percent: int, over: bool, least: int
) -> None:
    lengths = (1, 30, 300)
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)
        truth = all_of(happenings)
        expected: dict[str, tuple[Any, ...]] = {}
        for pupil in PUPILS:
            past = [m for m in truth.marks() if m.pupil == pupil and m.day <= day]
            if past:
                figures = [truth.figures(trailing(day, length)).get(pupil) for length in lengths]
                sums = [(f.scheduled, f.absent) if f else (0, 0) for f in figures]
                expected[pupil] = (last_unit(past), *[n for pair in sums for n in pair])

        bound = windows.Bound(300, percent, over, least)
        found, reaching = as_named(desk, day, lengths), as_named(desk, day, lengths, [bound])

        assert found == expected
        assert reaching == {
            pupil: row
            for pupil, row in expected.items()
            if row[5] >= least
            and (100 * row[6] > percent * row[5] if over else 100 * row[6] >= percent * row[5])
        }
        transaction.set_rollback(True)


def as_named(
    desk: Desk, day: date, lengths: Sequence[int], bounds: Sequence[windows.Bound] = ()
) -> dict[str, tuple[Any, ...]]:
    names = people.pupil_ids(by=desk.by)
    codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}
    return {
        names[pupil]: (codes[unit], *rest)
        for pupil, unit, *rest in windows.absences(day, lengths, bounds)
    }
