"""What pages read of a pupil and of a school is what the definition says of the same marks."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance.domain.measures import LessonMark
from samnarvaro.attendance.domain.patterns import by_subject
from samnarvaro.attendance.queries import pupil as of_pupil
from samnarvaro.attendance.queries import school as of_school
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.organisation import queries as organisation
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from tests.parity.histories import (
    AFTER_ALL,
    BEFORE_ALL,
    DAYS,
    HISTORIES,
    PUPILS,
    UNITS,
    WINDOWS,
    Happening,
    SlowTruth,
    all_of,
    let_happen,
)
from tests.rooms.attendance.desk import STRAND, Desk, settle

at_any_time = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANY_DAY = st.sampled_from([*DAYS, DAYS[3] + timedelta(days=1), AFTER_ALL])


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    unit = organisation.unit_ids_by_code()[STRAND]
    people_services.enrol_newcomers((pk, unit, BEFORE_ALL) for pk in people.all_ids())
    return Desk(tmp_path)


@contextmanager
def happened(happenings: list[Happening], desk: Desk) -> Iterator[SlowTruth]:
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)
        yield all_of(happenings)
        transaction.set_rollback(True)


def by_name(desk: Desk) -> dict[str, int]:
    return {name: pk for pk, name in people.pupil_ids(by=desk.by).items()}


def counting(truth: SlowTruth, pupil: str, window: Window) -> list[LessonMark]:
    return [m for m in truth.marks() if m.pupil == pupil and m.counts and m.day in window]


@at_any_time
@given(happenings=HISTORIES, until=ANY_DAY, window=WINDOWS)
def test_a_pupils_page_shows_the_figures_of_the_definition(
    desk: Desk, happenings: list[Happening], until: date, window: Window
) -> None:
    with happened(happenings, desk) as truth:
        for name, pk in by_name(desk).items():
            known = of_pupil.history(pk, until=until, by=desk.by)

            if window.last <= until:
                assert known.figures(window) == truth.figures(window).get(name)
            assert known.last_day == max(
                (m.day for m in truth.marks() if m.pupil == name and m.day <= until), default=None
            )
            lessons = counting(truth, name, window) if window.last <= until else []
            if lessons:
                scheduled: Counter[str] = Counter()
                absent: Counter[str] = Counter()
                for mark in lessons:
                    scheduled[""] += mark.scheduled
                    absent[""] += mark.absent
                shares = of_pupil.slots(pk, known, window, by=desk.by)
                summed = [(name, p.scheduled, p.absent) for name, p in by_subject(shares)]
                assert summed == [("", scheduled[""], absent[""])]


@at_any_time
@given(happenings=HISTORIES, day=ANY_DAY)
def test_a_schools_page_shows_the_windows_of_the_definition(
    desk: Desk, happenings: list[Happening], day: date
) -> None:
    lengths = (30, 400)
    unit = organisation.unit_ids_by_code()[STRAND]
    with happened(happenings, desk) as truth:
        found = of_school.windows(unit, on=day, lengths=lengths, by=desk.by)

        expected = {}
        for name, pk in by_name(desk).items():
            past = [m.day for m in truth.marks() if m.pupil == name and m.day <= day]
            if past:
                in_all = truth.figures(Window(BEFORE_ALL, day))[name]
                figures = [truth.figures(trailing(day, n)).get(name) for n in lengths]
                expected[pk] = of_school.PupilWindows(
                    pupil=pk,
                    last_day=max(past),
                    run_now=in_all.absent_days_in_row,
                    of_days={
                        n: of_school.InWindow(f.scheduled, f.excused, f.unexcused, f.unreported)
                        if f
                        else of_school.InWindow()
                        for n, f in zip(lengths, figures, strict=True)
                    },
                )
        assert found == expected


@at_any_time
@given(happenings=HISTORIES, window=WINDOWS)
def test_a_classes_days_add_up_to_the_lessons_of_its_pupils(
    desk: Desk, happenings: list[Happening], window: Window
) -> None:
    unit = organisation.unit_ids_by_code()[STRAND]
    with happened(happenings, desk) as truth:
        found = of_school.class_days(unit, window, by=desk.by)

        scheduled: Counter[date] = Counter()
        absent: Counter[date] = Counter()
        for mark in truth.marks():
            if mark.day in window:
                scheduled[mark.day] += mark.scheduled if mark.counts else 0
                absent[mark.day] += mark.absent if mark.counts else 0
        assert [(d.class_id, d.day, d.absence.scheduled, d.absence.absent) for d in found] == [
            (None, day, scheduled[day], absent[day]) for day in sorted(scheduled)
        ]
