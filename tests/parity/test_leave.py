"""Leave that is left out: what the totals, a pupil's page and the definition say is the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance import queries, services
from samnarvaro.attendance.domain.announced import Announced, Part, ToldBy, excused_minutes
from samnarvaro.attendance.domain.leave import NO_LEAVE, beyond
from samnarvaro.attendance.domain.measures import Absence, LessonMark, measure
from samnarvaro.attendance.domain.runs import DayAndRun, day_and_run
from samnarvaro.attendance.models import Announcement, Leave
from samnarvaro.attendance.queries import leave as leave_queries
from samnarvaro.attendance.queries import pupil as of_pupil
from samnarvaro.attendance.queries import runs
from samnarvaro.attendance.services import announcing
from samnarvaro.kernel.access import Role
from samnarvaro.kernel.days import Window, trailing
from samnarvaro.people import queries as people
from tests.parity.histories import (
    AFTER_ALL,
    BEFORE_ALL,
    DAYS,
    HISTORIES,
    PUPILS,
    SAYINGS,
    UNITS,
    Happening,
    all_of,
    let_happen,
    row_of,
)
from tests.parity.test_runs import ANY_DAY, GONE, ILLNESSES, PRESENT, SICK
from tests.rooms.attendance.desk import AT, STRAND, Desk, settle

LENGTHS = (30, 60)
PARTLY = SAYINGS[5]  # excused, 59 of 60 minutes


@dataclass(frozen=True)
class OnLeave:
    """A pupil's leave between two of the days; only the first of a pupil's is granted."""

    pupil: str
    days: Window

    def has(self, pupil: str, day: date) -> bool:
        return pupil == self.pupil and day in self.days


def _between(pupil: str, one: date, other: date) -> OnLeave:
    return OnLeave(pupil, Window(min(one, other), max(one, other)))


LEAVES = st.lists(
    st.builds(
        _between,
        st.sampled_from(PUPILS),
        st.sampled_from(DAYS),
        st.sampled_from([*DAYS, AFTER_ALL]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda leave: leave.pupil,
)


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Desk:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    return Desk(tmp_path)


def grant(leave: OnLeave, desk: Desk) -> Announcement:
    """As the service writes it; who may decide is told elsewhere."""
    told = Announced(first_day=leave.days.first, last_day=leave.days.last)
    pupil = people.by_pupil_id(leave.pupil, by=desk.by)
    row = announcing.take_down(told, pupil.pk, ToldBy.SCHOOL, by=desk.by, at=AT)
    Leave.objects.create(announcement=row, decided_as=Role.PRINCIPAL)
    announcing.let_hold(row, "leave.granted", by=desk.by, at=AT)
    return row


def excused_whole(mark: LessonMark) -> LessonMark:
    """A lesson on a day that is announced whole; what lies past midnight is of no announced day."""
    more = excused_minutes(
        start=mark.start,
        scheduled=mark.scheduled,
        excused=mark.excused,
        unexcused=mark.unexcused,
        late=mark.late,
        parts=[Part(mark.day)],
    )
    return replace(mark, excused=mark.excused + more, unexcused=mark.unexcused - more)


def definition(happenings: Iterable[Happening], leaves: Iterable[OnLeave]) -> list[LessonMark]:
    """The marks as they count: on days of leave absence is excused, up to midnight, and left out."""
    marks = [
        excused_whole(mark) if any(leave.has(mark.pupil, mark.day) for leave in leaves) else mark
        for mark in all_of(happenings).marks()
    ]
    days = {(leave.pupil, day) for leave in leaves for day in leave.days}
    return list(beyond(marks, days))


def shares(marks: list[LessonMark], day: date) -> dict[str, dict[int, Absence]]:
    windows = {length: measure(marks, trailing(day, length)) for length in LENGTHS}
    return {
        pupil: {
            length: Absence(found[pupil].scheduled, found[pupil].absent)
            if pupil in found
            else Absence(0, 0)
            for length, found in windows.items()
        }
        for pupil in {mark.pupil for mark in marks if mark.day <= day}
    }


def said(marks: list[LessonMark], day: date) -> dict[str, DayAndRun]:
    """What is looked for: absent minutes of the day, and the run."""
    found = {
        pupil: replace(each, own=each.own if each.own and each.own.absence.absent else None)
        for pupil, each in day_and_run(marks, day).items()
    }
    return {pupil: each for pupil, each in found.items() if each != DayAndRun()}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    happenings=st.one_of(ILLNESSES, HISTORIES), leaves=LEAVES, day=ANY_DAY, is_first=st.booleans()
)
@example(  # leave at both ends of a run and within it, and a day of which a part is left
    happenings=[
        [row_of("saga", STRAND, day, "08:10", SICK) for day in DAYS],
        [row_of("saga", STRAND, DAYS[7], "08:20", PARTLY)],
    ],
    leaves=[OnLeave("saga", Window(DAYS[6], DAYS[7]))],
    day=AFTER_ALL,
    is_first=False,
)
@example(  # a first day away after leave: the day before the leave was there
    happenings=[
        [row_of("saga", STRAND, DAYS[7], "08:10", PRESENT)],
        [row_of("saga", STRAND, day, "08:10", GONE) for day in DAYS[9:]],
    ],
    leaves=[OnLeave("saga", Window(DAYS[9], DAYS[10]))],
    day=DAYS[12],
    is_first=True,
)
def test_the_totals_less_leave_say_what_the_definition_says(
    desk: Desk, happenings: list[Happening], leaves: list[OnLeave], day: date, is_first: bool
) -> None:
    with transaction.atomic():
        granted = [grant(leave, desk) for leave in leaves] if is_first else []
        for happening in happenings:
            let_happen(happening, desk)
        granted = granted or [grant(leave, desk) for leave in leaves]
        names = people.pupil_ids(by=desk.by)
        marks = definition(happenings, leaves)

        rows = queries.absences_of(
            list(names), lengths=LENGTHS, counts_leave=False, on=day, by=desk.by
        )
        assert {names[row.pupil]: row.of_days for row in rows} == shares(marks, day)
        found = runs.absent(at_least=3, counts_leave=False, on=day, by=desk.by)
        assert {names[pupil]: each.said for pupil, each in found.items()} == said(marks, day)

        carried = desk.totals()
        services.rebuild_totals(by=desk.by, at=AT)
        assert carried == desk.totals()
        for row in granted:
            announcing.take_back(row, "leave.withdrawn", by=desk.by, at=AT)
        plain = all_of(happenings).marks()
        rows = queries.absences_of(
            list(names), lengths=LENGTHS, counts_leave=False, on=day, by=desk.by
        )
        assert {names[row.pupil]: row.of_days for row in rows} == shares(plain, day)
        transaction.set_rollback(True)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.one_of(ILLNESSES, HISTORIES), leaves=LEAVES, day=ANY_DAY)
def test_a_pupils_page_less_leave_says_what_the_definition_says(
    desk: Desk, happenings: list[Happening], leaves: list[OnLeave], day: date
) -> None:
    with transaction.atomic():
        for happening in happenings:
            let_happen(happening, desk)
        for leave in leaves:
            grant(leave, desk)
        marks = definition(happenings, leaves)
        names = people.pupil_ids(by=desk.by)
        taken = leave_queries.of_days(Window(BEFORE_ALL, day), by=desk.by, among=names.keys())
        truth, windows = day_and_run(marks, day), shares(marks, day)
        for pk, name in names.items():
            known, days_off = of_pupil.history(pk, until=day, by=desk.by), taken.get(pk, NO_LEAVE)
            seen = days_off.out_of_said(known.day_and_run(day), known.days_of_run(day))
            assert seen == truth.get(name, DayAndRun())
            for length in LENGTHS if name in windows else ():
                window = trailing(day, length)
                figures = known.figures(window)
                absence = Absence(figures.scheduled, figures.absent) if figures else Absence(0, 0)
                assert days_off.out_of(absence, window) == windows[name][length]
        transaction.set_rollback(True)
