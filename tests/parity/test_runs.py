"""One day and the run up to it: what the totals, a pupil's page and the definition say is the same."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance.domain.measures import last_unit
from samnarvaro.attendance.domain.runs import DayAndRun, day_and_run
from samnarvaro.attendance.queries import pupil as of_pupil
from samnarvaro.attendance.queries import runs
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from tests.parity.histories import (
    AFTER_ALL,
    CALENDARS,
    DAYS,
    HISTORIES,
    PUPILS,
    SAYINGS,
    UNITS,
    Happening,
    SlowTruth,
    all_of,
    let_happen,
    row_of,
)
from tests.rooms.attendance.desk import BERG, STRAND, Desk, settle

PRESENT, SICK, GONE, CANCELLED = SAYINGS[0], SAYINGS[4], SAYINGS[6], SAYINGS[10]

# Long illnesses: nearly every lesson is missed, so that runs come about.
ILL = st.lists(
    st.builds(
        row_of,
        pupil=st.sampled_from(PUPILS),
        unit=st.sampled_from(UNITS),
        day=st.sampled_from(DAYS),
        start=st.just("08:10"),
        says=st.sampled_from([SICK, SICK, SICK, GONE, PRESENT, CANCELLED, *SAYINGS]),
    ),
    min_size=8,
    max_size=30,
)
ILLNESSES = st.lists(st.one_of(ILL, ILL, CALENDARS), min_size=1, max_size=4)
ANY_DAY = st.sampled_from([*DAYS, DAYS[3] + timedelta(days=1), AFTER_ALL])


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    return Desk(tmp_path)


def expected(truth: SlowTruth, day: date, least: int) -> dict[str, tuple[str, DayAndRun]]:
    """The definition, less what nobody asks for: days there, and shorter runs."""
    found = {}
    for pupil, said in day_and_run(truth.marks(), day).items():
        own = said.own if said.own and said.own.absence.absent else None
        of_one_day = own is not None and said.is_first_absent_day
        run = said.run if said.run and (said.run.days >= least or of_one_day) else None
        if own or run:
            past = [m for m in truth.marks() if m.pupil == pupil and m.day <= day]
            found[pupil] = (last_unit(past), DayAndRun(own, run))
    return found


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.one_of(ILLNESSES, HISTORIES), day=ANY_DAY, least=st.sampled_from([1, 2, 3, 5]))
@example(  # a run over two school years, a break, and a day that is freed afterwards
    happenings=[[row_of("saga", STRAND, day, "08:10", SICK) for day in DAYS]],
    day=AFTER_ALL,
    least=3,
)
@example(  # the run ended long ago, with days on which nothing counts since
    happenings=[
        [row_of("saga", STRAND, day, "08:10", SICK) for day in DAYS[:3]],
        [row_of("saga", BERG, day, "08:10", CANCELLED) for day in DAYS[4:]],
    ],
    day=DAYS[-1],
    least=2,
)
@example(  # the first absent day of all, and one that was there the day before
    happenings=[
        [
            row_of("saga", STRAND, DAYS[-1], "08:10", GONE),
            row_of("leo", STRAND, DAYS[-1], "08:10", SICK),
            row_of("leo", STRAND, DAYS[-3], "08:10", PRESENT),
        ]
    ],
    day=DAYS[-1],
    least=3,
)
def test_the_totals_say_what_the_definition_says_of_the_day_and_the_run(
    desk: Desk, happenings: list[Happening], day: date, least: int
) -> None:
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)
        names = people.pupil_ids(by=desk.by)
        codes = {pk: code for code, pk in organisation.unit_ids_by_code().items()}

        found = runs.absent(day, at_least=least, by=desk.by)

        assert {
            names[pupil]: (codes[each.unit], each.said) for pupil, each in found.items()
        } == expected(all_of(happenings), day, least)
        transaction.set_rollback(True)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.one_of(ILLNESSES, HISTORIES), day=ANY_DAY)
def test_a_pupils_page_says_what_the_definition_says_of_the_day_and_the_run(
    desk: Desk, happenings: list[Happening], day: date
) -> None:
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)
        truth = day_and_run(all_of(happenings).marks(), day)
        for pk, name in people.pupil_ids(by=desk.by).items():
            known = of_pupil.history(pk, until=AFTER_ALL, by=desk.by)
            assert known.day_and_run(day) == truth.get(name, DayAndRun())
        transaction.set_rollback(True)
