"""Rows are raised once for the same ground, and lose their ground without being cleared."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import NoSuchPupil
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import FRIDAY, NOON, School, new, raised, scope, system


def test_a_row_holds_what_it_was_raised_with(school: School) -> None:
    assert services.raise_item(new(school.saga), by=system(), at=NOON)

    item = Item.objects.get()
    assert (item.pupil, item.acts, item.level) == (school.saga, Holder.MENTOR, 1)
    assert item.figures["absent"] == 590
    assert (item.state, item.acted_on, item.recovered_on) == ("open", None, None)


def test_the_same_ground_never_gives_two_rows(school: School) -> None:
    both = [new(school.saga), new(school.noor)]

    assert services.raise_items(both, by=system(), at=NOON) == 2
    assert services.raise_items(both, by=system(), at=NOON) == 0
    assert services.raise_items([*both, new(school.saga, 2)], by=system(), at=NOON) == 1
    assert services.raise_items([new(school.robin)] * 2, by=system(), at=NOON) == 1
    assert Item.objects.count() == 4


def test_raising_nothing_does_nothing(school: School) -> None:
    assert services.raise_items([], by=scope(school.mira), at=NOON) == 0
    assert services.mark_recovered([], on=FRIDAY, by=system(), at=NOON) == 0
    assert not Writing.objects.exists()


def test_whatever_the_figures_say_is_kept_as_it_is(school: School) -> None:
    figures = {"label": 'å "\\" \t\n %s 100 %', "none": None, "list": [1, {"a": 2.5}]}

    assert raised(school.saga, figures=figures).figures == figures


def test_raising_again_leaves_a_cleared_row_cleared(school: School) -> None:
    item = raised(school.saga)
    services.act(item.public, Act.DONE, text="samtal", by=scope(school.mira), at=NOON, on=FRIDAY)

    assert not services.raise_item(new(school.saga, level=1), by=system(), at=NOON)

    item.refresh_from_db()
    assert (item.state, item.text) == ("done", "samtal")


def test_what_was_raised_is_logged_as_one_thing_done(school: School) -> None:
    services.raise_items([new(school.saga), new(school.noor)], by=system(), at=NOON)
    services.raise_items([new(school.saga)], by=system(), at=NOON)

    written = Writing.objects.get()
    assert (written.act, written.detail, written.role) == ("worklist.raised", {"rows": 2}, "system")


def test_a_person_raises_rows_of_the_pupils_it_follows_alone(school: School) -> None:
    assert services.raise_item(new(school.saga), by=scope(school.mira), at=NOON)

    with pytest.raises(NoSuchPupil):
        services.raise_items([new(school.noor), new(school.robin)], by=scope(school.mira), at=NOON)
    assert Item.objects.count() == 1


def test_a_row_that_has_recovered_stays(school: School) -> None:
    item, other = raised(school.saga), raised(school.noor)

    marked = services.mark_recovered([item.subject], on=FRIDAY, by=system(), at=NOON)
    again = services.mark_recovered([item.subject], on=NOON.date(), by=system(), at=NOON)

    item.refresh_from_db()
    other.refresh_from_db()
    assert (marked, again) == (1, 0)
    assert (item.state, item.recovered_on) == ("open", FRIDAY)
    assert other.recovered_on is None
    assert [row.act for row in Writing.objects.order_by("pk")][-1] == "worklist.recovered"


def test_a_correction_takes_the_mark_away(school: School) -> None:
    item = raised(school.saga)
    services.mark_recovered([item.subject], on=FRIDAY, by=system(), at=NOON)

    assert services.unmark_recovered([item.subject, "unknown"], by=system(), at=NOON) == 1
    assert services.unmark_recovered([item.subject], by=system(), at=NOON) == 0

    item.refresh_from_db()
    assert item.recovered_on is None


def test_thousands_are_raised_and_marked_in_a_few_statements(
    school: School, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pupils = Pupil.objects.bulk_create(
        Pupil(authority=school.authority, pupil_id=f"many-{number}") for number in range(3000)
    )
    rows = [new(pupil) for pupil in pupils]

    for number_of_new in (3000, 0):
        with django_assert_max_num_queries(10):
            assert services.raise_items(rows, by=system(), at=NOON) == number_of_new
    with django_assert_max_num_queries(12):
        subjects = [row.subject for row in rows]
        assert services.mark_recovered(subjects, on=FRIDAY, by=system(), at=NOON) == 3000
