"""A question about one pupil, put together once, answers for each pupil as if asked for it alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from samnarvaro.base.asked import blank, of_one
from samnarvaro.consents.services import key_to
from samnarvaro.kernel.access import NOBODY, Scope
from samnarvaro.people import queries as people
from samnarvaro.people.models import Enrolment, Pupil
from tests.rooms.worklist.school import FRIDAY, School, scope, system

pytestmark = pytest.mark.django_db
made: list[Scope] = []


@of_one
def places(by: Scope) -> "QuerySet[Enrolment]":
    made.append(by)
    seen = Enrolment.objects.filter(people.of_visible(by=by), pupil=NOBODY)
    return seen.select_related("unit", "pupil", "group").order_by("pk")


def plainly(pupil: Pupil, by: Scope) -> list[Enrolment]:
    seen = Enrolment.objects.filter(people.of_visible(by=by), pupil=pupil)
    return list(seen.select_related("unit", "pupil", "group").order_by("pk"))


@pytest.fixture
def school() -> School:
    made.clear()
    return School()


@pytest.mark.parametrize("who", ["mira", "nils", "ragnar", "karin", "agda"])
def test_each_pupil_gets_its_own_answer(school: School, who: str) -> None:
    by = scope(getattr(school, who), FRIDAY)
    for pupil in Pupil.objects.all():
        assert places(pupil.pk, by) == plainly(pupil, by)


def test_it_is_put_together_once_for_all_pupils_of_a_viewer(school: School) -> None:
    by = scope(school.ragnar, FRIDAY)
    for pupil in (school.saga, school.noor):
        _pupil, narrow = key_to(pupil.public, by=by)
        assert [each.pupil for each in places(pupil.pk, narrow)] == [pupil]

    assert [each.about for each in made] == [NOBODY]


def test_a_narrow_key_opens_nobody_else(school: School) -> None:
    _saga, narrow = key_to(school.saga.public, by=scope(school.ragnar, FRIDAY))

    with CaptureQueriesContext(connection) as asked:
        assert places(school.noor.pk, narrow) == []
    assert len(asked) == 0


def test_a_key_to_nobody_opens_nobody(school: School) -> None:
    key = scope(school.ragnar, FRIDAY).about_nobody()

    assert not people.visible(by=key).exists()
    assert not Enrolment.objects.filter(people.of_visible(by=key)).exists()
    assert places(school.saga.pk, key) == []


def test_what_a_viewer_sees_is_asked_anew_each_time(school: School) -> None:
    by = scope(school.mira, FRIDAY)
    assert places(school.noor.pk, by)

    Enrolment.objects.filter(pupil=school.noor).update(last_day=FRIDAY - timedelta(days=1))

    assert places(school.noor.pk, by) == []


def test_rows_come_whole_with_what_belongs_to_them(school: School) -> None:
    (one,) = places(school.saga.pk, system(FRIDAY))

    with CaptureQueriesContext(connection) as asked:
        assert (one.pupil.public, one.pupil.name) == (school.saga.public, school.saga.name)
        assert one.unit.name
        assert one.first_day == Enrolment.objects.get(pk=one.pk).first_day
    assert len(asked) == 1


def test_bare_values_are_read_back_as_a_queryset_reads_them(school: School) -> None:
    rows = Pupil.objects.filter(pk=NOBODY).values_list("pk", "public", "given_name")

    assert blank(rows).ask(school.saga.pk) == [
        (school.saga.pk, school.saga.public, school.saga.given_name)
    ]


def test_what_nothing_can_answer_is_not_asked(school: School) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert blank(Pupil.objects.none()).ask(school.saga.pk) == []
    assert len(asked) == 0
