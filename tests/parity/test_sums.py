"""What a school's and a class's pages add up is what the definition says, whatever has happened since
somebody last looked: files, corrections, calendars, moves between classes, protected personal data.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samnarvaro.attendance.models import MarksState
from samnarvaro.attendance.queries import sums
from samnarvaro.attendance.queries.sums import Minutes
from samnarvaro.attendance.services import rebuild_totals
from samnarvaro.attendance.totals import state
from samnarvaro.consents.services import scope_for
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.kernel.days import trailing
from samnarvaro.organisation.models import Group, Unit
from samnarvaro.people import queries as people
from samnarvaro.people import services as people_services
from samnarvaro.people.models import Account, Duty, Enrolment, Pupil, Staff
from samnarvaro.people.queries.members import members
from tests.parity.histories import (
    BEFORE_ALL,
    CALENDARS,
    CORRECTIONS,
    FILES,
    PUPILS,
    UNITS,
    Happening,
    SlowTruth,
    let_happen,
)
from tests.rooms.attendance.desk import AT, STRAND, Desk, settle

CLASSES = ("8A", "8B")
ON = date(2026, 11, 22)
LENGTHS = (30, 400)


@dataclass(frozen=True)
class Move:
    pupil: str
    to: str


@dataclass(frozen=True)
class Protect:
    pupil: str
    level: int


MOVES = st.builds(Move, st.sampled_from(PUPILS), st.sampled_from(CLASSES))
PROTECTIONS = st.builds(Protect, st.sampled_from(PUPILS), st.integers(0, 2))
LIVES = st.lists(
    st.one_of(FILES, FILES, CORRECTIONS, CALENDARS, MOVES, PROTECTIONS), min_size=1, max_size=6
)


@dataclass
class School:
    """A desk, a principal, two classes; and who stands where, as plainly as can be."""

    desk: Desk
    unit: Unit
    groups: dict[str, Group]
    by: Scope

    def classes(self) -> dict[str, str]:
        """The class of each pupil whose personal data is open: of nobody else is there one to see."""
        rows = Enrolment.objects.filter(pupil__protection=0).values_list(
            "pupil__pupil_id", "group__name"
        )
        return dict(rows)

    def let_happen(self, what: Happening | Move | Protect) -> None:
        if isinstance(what, Move):
            Enrolment.objects.filter(pupil__pupil_id=what.pupil).update(group=self.groups[what.to])
        elif isinstance(what, Protect):
            # As the services leave it: whoever is not a named handler does not see the pupil.
            Pupil.objects.filter(pupil_id=what.pupil).update(protection=what.level)
        else:
            let_happen(what, self.desk)


@pytest.fixture
def school(tmp_path: Path, db: None) -> School:  # noqa: ARG001  # the database is to be there
    settle(PUPILS, UNITS)
    unit = Unit.objects.get(code=STRAND)
    people_services.enrol_newcomers((pk, unit.pk, BEFORE_ALL) for pk in people.all_ids())
    groups = {
        name: Group.objects.create(unit=unit, name=name, grade="8", school_year="2026/2027")
        for name in CLASSES
    }
    Enrolment.objects.update(group=groups["8A"])
    account = Account.objects.create(username="ragnar")
    staff = Staff.objects.create(account=account, given_name="Ragnar", family_name="Holm")
    Duty.objects.create(staff=staff, unit=unit, role=Role.PRINCIPAL, first_day=BEFORE_ALL)
    by = scope_for(account.pk, hat=None, on=ON)
    return School(Desk(tmp_path), unit, groups, by)


def added(truth: SlowTruth, classes: Mapping[str, str], length: int) -> Counter[tuple[str, str]]:
    """By class: minutes that count, those of them missed, and those nobody has reported."""
    found: Counter[tuple[str, str]] = Counter()
    for mark in truth.marks():
        if mark.day in trailing(ON, length) and mark.pupil in classes:
            at = classes[mark.pupil]
            found[at, "scheduled"] += mark.scheduled if mark.counts else 0
            found[at, "absent"] += mark.absent if mark.counts else 0
            unreported = mark.on_school_day and not mark.reported and not mark.cancelled
            found[at, "unreported"] += mark.scheduled if unreported else 0
    return found


def read(school: School) -> dict[int, Counter[tuple[str, str]]]:
    """What the school page adds up, by window."""
    found = sums.of_unit(
        school.unit.pk, members(school.unit.pk, by=school.by), on=ON, lengths=LENGTHS, by=school.by
    )
    names = {group.pk: name for name, group in school.groups.items()}
    told: dict[int, Counter[tuple[str, str]]] = {length: Counter() for length in LENGTHS}
    for class_id, of_class in found.classes.items():
        assert class_id is not None
        for length, minutes in of_class.of_days.items():
            told[length].update(_named(names[class_id], minutes))
        weekdays = sum(of_class.weekdays.values(), sums.NONE)
        assert weekdays == of_class.of_days[LENGTHS[0]]
    return told


def _named(name: str, minutes: Minutes) -> dict[tuple[str, str], int]:
    return {(name, what): getattr(minutes, what) for what in ("scheduled", "absent", "unreported")}


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=LIVES)
def test_the_sums_of_classes_are_those_of_the_definition_after_all_that_happens(
    school: School, life: list[Happening | Move | Protect]
) -> None:
    with transaction.atomic():
        truth = SlowTruth()
        for what in life:
            school.let_happen(what)
            if not isinstance(what, Move | Protect):
                truth.happen(what)

            told = read(school)

            expected = {length: added(truth, school.classes(), length) for length in LENGTHS}
            assert told == expected
            assert read(school) == expected  # remembered
        rebuild_totals(by=school.desk.by, at=AT)
        assert read(school) == expected  # and laid anew
        transaction.set_rollback(True)
    assert read(school) == {length: Counter() for length in LENGTHS}  # it never happened


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=LIVES)
def test_the_patterns_of_a_class_are_those_of_its_pupils_lessons(
    school: School, life: list[Happening | Move | Protect]
) -> None:
    with transaction.atomic():
        truth = SlowTruth()
        for what in life:
            school.let_happen(what)
            if not isinstance(what, Move | Protect):
                truth.happen(what)
            of_class = school.groups["8A"].pk
            seen = members(school.unit.pk, by=school.by, group=of_class)

            found = sums.of_class(
                school.unit.pk, of_class, seen, window=trailing(ON, 400), by=school.by
            )

            expected = added(truth, school.classes(), 400)
            weekdays = sum(found.weekdays.values(), sums.NONE)
            assert weekdays.absent == sum(slot.absent for slot in found.slots)
            assert weekdays.scheduled == sum(slot.scheduled for slot in found.slots)
            assert Counter(_named("8A", weekdays)) == Counter(
                {key: minutes for key, minutes in expected.items() if key[0] == "8A"}
            )
        transaction.set_rollback(True)


def test_what_nothing_has_changed_is_not_reckoned_again(school: School) -> None:
    state.renew()
    read(school)

    with CaptureQueriesContext(connection) as asked:
        read(school)

    assert not any("attendance_daytotal" in query["sql"] for query in asked.captured_queries)


def test_before_the_first_token_everything_is_reckoned_each_time(school: School) -> None:
    MarksState.objects.all().delete()

    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            read(school)
        assert any("attendance_daytotal" in query["sql"] for query in asked.captured_queries)
    state.renew()
    assert state.token()
