"""Whom a viewer sees, asked row by row, is whom it sees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.kernel.access import Scope
from samnarvaro.people import queries
from samnarvaro.people.models import Enrolment, Pupil
from samnarvaro.people.queries.sight import Sees
from tests.rooms.worklist.school import FRIDAY, School, scope, system

pytestmark = pytest.mark.django_db
WHO = ["mira", "nils", "ragnar", "petra", "karin", "agda", "tove", "sonja"]


@pytest.fixture
def school() -> School:
    """Saga is protected and Karin's to handle; Leo goes to two schools."""
    school = School()
    school.protect(school.saga, school.karin)
    leo = school.pupil("Leo", "Strand", school.class_8a)
    Enrolment.objects.create(
        pupil=leo, unit=school.ek, group=school.class_4a, grade="4", first_day=FRIDAY
    )
    return school


def row_by_row(by: Scope) -> set[int]:
    found = Enrolment.objects.filter(Sees("pupil", by=by))
    return set(found.values_list("pupil_id", flat=True))


@pytest.mark.parametrize("who", WHO)
def test_row_by_row_a_viewer_sees_the_same_pupils(school: School, who: str) -> None:
    by = scope(getattr(school, who), FRIDAY)
    seen = set(queries.visible(by=by).values_list("pk", flat=True))

    assert row_by_row(by) == seen
    assert set(Pupil.objects.filter(Sees("pk", by=by)).values_list("pk", flat=True)) == seen
    hidden = set(Enrolment.objects.exclude(Sees("pupil", by=by)).values_list("pupil_id", flat=True))
    assert hidden == set(Pupil.objects.values_list("pk", flat=True)) - seen
    shown = queries.publics(Pupil.objects.values_list("pk", flat=True), by=by)
    assert sorted(shown) == sorted(
        str(public) for public in queries.visible(by=by).values_list("public", flat=True)
    )


def test_the_system_sees_all(school: School) -> None:
    assert school.saga.pk in row_by_row(system(FRIDAY))
    assert len(row_by_row(system(FRIDAY))) == Pupil.objects.count()


def test_it_is_asked_anew_each_time(school: School) -> None:
    by = scope(school.mira, FRIDAY)
    assert row_by_row(by) == {school.noor.pk}

    Enrolment.objects.filter(pupil=school.noor).update(last_day=FRIDAY.replace(day=1))

    with CaptureQueriesContext(connection) as asked:
        assert row_by_row(by) == set()
    assert len(asked) == 1


def test_a_row_within_another_question_is_asked_about_its_own_pupil(school: School) -> None:
    by = scope(school.mira, FRIDAY)
    within = Enrolment.objects.filter(Sees("pupil", by=by)).values("pupil")

    assert list(Pupil.objects.filter(pk__in=within)) == [school.noor]
    assert list(Pupil.objects.exclude(pk__in=within).filter(pk=school.saga.pk)) == [school.saga]
