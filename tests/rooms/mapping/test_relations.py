"""A round of the relation map: who begins it, who fills in and reads what, and what comes of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.mapping.domain.relations import Contact, Fault
from samnarvaro.mapping.models import PupilView, Relation, RelationAdult, RelationRound
from samnarvaro.mapping.queries import relations as queries
from samnarvaro.mapping.queries.classes import NoSuchClass
from samnarvaro.mapping.queries.relations import NoSuchColumn
from samnarvaro.mapping.services import relations as services
from samnarvaro.mapping.services.relations import CannotDo
from samnarvaro.people.models import Pupil
from samnarvaro.people.queries import NoSuchPupil
from samnarvaro.worklist.models import Item
from tests.rooms.mapping.mapped_class import (
    SKOLVARD,
    adult,
    begin,
    close,
    closed,
    fill,
    the_open,
)
from tests.rooms.worklist.school import NOON, WEDNESDAY, School, scope

DUE = WEDNESDAY + timedelta(days=7)
KEEPERS = ("mira", "ragnar", "diana", "karin")
OTHERS = ("nils", "petra", "agda", "sonja")


@pytest.fixture
def school(db: None) -> School:  # noqa: ARG001  # tables
    return School()


def map_of(school: School, who: str = "mira") -> queries.Map:
    by = scope(getattr(school, who))
    of = queries.class_of(school.class_8b.public, by=by)
    rounds = [each for each in queries.rounds(of, by=by) if each.closed_on]
    return queries.maps(of, rounds[:1], by=by, on=WEDNESDAY)[0]


def seen(who: Scope) -> set[tuple[str, int]]:
    rows = Relation.objects.visible_in(who).select_related("pupil")
    return {(row.pupil.given_name, row.contact) for row in rows}


@pytest.mark.parametrize("who", KEEPERS)
def test_who_keeps_the_map_begins_a_round_and_it_is_logged(school: School, who: str) -> None:
    found = begin(school, who)

    assert the_open() is not None
    logged = Writing.objects.get(act="relations.begun")
    assert (logged.target, logged.pupil) == (f"relation_round:{found}", "")
    assert logged.detail == {"adults": 3}


@pytest.mark.parametrize("who", [*OTHERS, "tove"])
def test_nobody_else_begins_one(school: School, who: str) -> None:
    with pytest.raises(NoSuchClass):
        begin(school, who)

    assert the_open() is None


def test_one_round_of_a_class_goes_on_at_a_time(school: School) -> None:
    begin(school)

    with pytest.raises(CannotDo) as refused:
        begin(school, "ragnar")

    assert refused.value.faults == (Fault.GOES_ON,)
    assert RelationRound.objects.count() == 1


def test_an_adult_fills_in_the_own_column_and_reads_no_other(school: School) -> None:
    found = begin(school)
    fill(school, found, school.mira, {school.saga: Contact.TRUST})
    fill(school, found, school.tove, {school.saga: Contact.NAME, school.noor: Contact.TALKS})

    assert seen(scope(school.tove)) == {("Saga", 1), ("Noor", 2)}
    assert seen(scope(school.mira)) == {("Saga", 3)}
    assert seen(scope(school.karin)) == set()


def test_nobody_fills_in_for_somebody_with_an_account(school: School) -> None:
    found = begin(school)

    for by, whose in ((school.mira, school.tove), (school.tove, school.mira)):
        with pytest.raises(NoSuchColumn):
            fill(school, found, whose, {school.saga: Contact.TRUST}, by=by)

    assert not Relation.objects.exists()


def test_who_keeps_the_map_fills_in_for_one_without_account(school: School) -> None:
    found = begin(school)
    fill(school, found, SKOLVARD, {school.noor: Contact.TRUST}, by=school.karin)

    assert seen(scope(school.mira)) == {("Noor", 3)}
    assert seen(scope(school.tove)) == set()
    with pytest.raises(NoSuchColumn):
        fill(school, found, SKOLVARD, {school.saga: Contact.TRUST}, by=school.tove)
    assert adult(found, SKOLVARD).answered_by == school.karin


def test_a_column_is_filled_in_bit_by_bit(school: School) -> None:
    found = begin(school)
    fill(school, found, school.tove, {school.saga: Contact.NAME})
    fill(school, found, school.tove, {school.noor: Contact.TALKS})
    fill(school, found, school.tove, {school.saga: Contact.TRUST})

    assert seen(scope(school.tove)) == {("Saga", 3), ("Noor", 2)}
    logged = Writing.objects.filter(act="relations.filled")
    assert {(row.pupil, row.detail["pupils"]) for row in logged} == {("", 1)}


def test_nothing_said_is_refused_and_a_pupil_of_another_class_is_nobody(school: School) -> None:
    found = begin(school)

    for said in ({}, {school.robin: Contact.TRUST}):
        with pytest.raises(CannotDo) as refused:
            fill(school, found, school.tove, said)
        assert refused.value.faults == (Fault.NOTHING_SAID,)

    assert not Relation.objects.exists()
    assert adult(found, school.tove).answered_on is None


def test_a_round_that_nobody_has_answered_is_not_closed(school: School) -> None:
    begin(school)

    with pytest.raises(CannotDo) as refused:
        close(school)

    assert refused.value.faults == (Fault.NOBODY_ANSWERED,)
    assert the_open() is not None


def test_closed_it_is_read_by_its_keepers_and_filled_in_by_nobody(school: School) -> None:
    found = closed(school)

    for who in KEEPERS:
        assert len(seen(scope(getattr(school, who)))) == 4, who
        assert [row.pupil for row in map_of(school, who).lacking] == [school.noor.pk]
    assert len(seen(scope(school.tove))) == 2
    for who in OTHERS:
        assert seen(scope(getattr(school, who))) == set(), who
    with pytest.raises(NoSuchColumn):
        fill(school, found, school.tove, {school.noor: Contact.TRUST})
    with pytest.raises(NoSuchColumn):
        close(school)


def test_a_teacher_reads_no_map_of_its_own_class(school: School) -> None:
    closed(school)
    by = scope(school.tove)
    of = queries.class_of(school.class_8b.public, by=by)

    assert queries.maps(of, queries.rounds(of, by=by), by=by, on=WEDNESDAY) == []
    with pytest.raises(NoSuchClass):
        services.close(school.class_8b.public, by=by, at=NOON, on=WEDNESDAY)


def test_what_the_pupil_says_is_written_down_and_goes_before(school: School) -> None:
    closed(school)

    for has_adult, lacking in ((True, []), (False, [school.noor.pk])):
        services.say(
            school.class_8b.public, school.noor.public, has_adult=has_adult, by=scope(school.mira),
            at=NOON, on=WEDNESDAY,
        )  # fmt: skip
        assert [row.pupil for row in map_of(school).lacking] == lacking

    assert PupilView.objects.count() == 1
    assert not PupilView.objects.visible_in(scope(school.tove)).exists()
    logged = Writing.objects.filter(act="relations.pupil_said").first()
    assert logged is not None
    assert (logged.pupil, logged.detail) == (str(school.noor.public), {})


def give(
    school: School, pupil: Pupil, who: str = "mira", holder: Holder | None = Holder.COUNSELLOR
) -> None:
    services.give(
        school.class_8b.public, pupil.public, holder=holder, due_on=DUE,
        by=scope(getattr(school, who)), at=NOON, on=WEDNESDAY,
    )  # fmt: skip


def test_somebody_takes_contact_and_has_a_row_of_work(school: School) -> None:
    closed(school)
    give(school, school.noor)

    item = Item.objects.get(kind=queries.ROW)
    assert (item.pupil, item.acts, item.due_on) == (school.noor, "counsellor", DUE)
    assert map_of(school).given[school.noor.pk].holder is Holder.COUNSELLOR
    assert Writing.objects.get(act="relations.contact_given").detail == {"to": "counsellor"}


def test_a_contact_is_given_once_a_round_and_to_somebody(school: School) -> None:
    closed(school)
    give(school, school.noor)

    with pytest.raises(CannotDo) as again:
        give(school, school.noor, "karin", Holder.MENTOR)
    with pytest.raises(CannotDo) as nobody:
        give(school, school.saga, "mira", None)
    with pytest.raises(CannotDo) as not_one:
        give(school, school.saga, "mira", Holder.SCHOOL_ADMINISTRATOR)

    assert again.value.faults == (Fault.ASKED_ALREADY,)
    assert nobody.value.faults == not_one.value.faults == (Fault.HOLDER,)
    assert Item.objects.count() == 1


def test_a_pupil_of_another_class_is_nobody_here(school: School) -> None:
    closed(school)

    with pytest.raises(NoSuchPupil):
        give(school, school.robin)
    with pytest.raises(NoSuchPupil):
        services.say(
            school.class_8b.public, uuid4(), has_adult=True, by=scope(school.mira), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip

    assert not Item.objects.exists()


def test_without_a_closed_round_there_is_nothing_to_act_on(school: School) -> None:
    begin(school)

    with pytest.raises(NoSuchColumn):
        give(school, school.noor)


def test_a_protected_pupil_stands_in_no_map_as_in_no_list_of_a_class(school: School) -> None:
    closed(school)
    school.protect(school.noor, school.karin, school.ragnar)

    for who in KEEPERS:
        assert set(map_of(school, who).pupils) == {school.saga.pk}, who
    assert {name for name, _contact in seen(scope(school.tove))} == {"Saga"}


def test_a_column_that_waits_is_on_the_day_of_its_adult_alone(school: School) -> None:
    found = begin(school)

    assert [each.name for each in queries.waiting(by=scope(school.tove))] == ["8B"]
    assert queries.waiting(by=scope(school.karin)) == []
    fill(school, found, school.tove, {school.saga: Contact.NAME})
    assert queries.waiting(by=scope(school.tove)) == []


def test_the_same_adult_and_the_same_function_are_in_a_round_once(school: School) -> None:
    staff: list[UUID] = [school.tove.public, school.tove.public, uuid4()]
    found = services.begin(
        school.class_8b.public, staff=staff, others=["skolvärd", " skolvärd ", ""],
        by=scope(school.mira), at=NOON, on=WEDNESDAY,
    )  # fmt: skip

    by = scope(school.mira)
    of = queries.class_of(school.class_8b.public, by=by)
    [only] = queries.rounds(of, by=by)
    assert only.public == found
    assert [each.name for each in only.adults] == ["Tove Lind", "skolvärd"]


def test_for_who_does_not_meet_the_class_by_name_here_a_keeper_fills_in(school: School) -> None:
    """Nils has a class of his own; the office is not among the adults around a class."""
    found = services.begin(
        school.class_8b.public, others=[], by=scope(school.mira), at=NOON, on=WEDNESDAY,
        staff=[school.nils.public, school.karin.public, school.agda.public],
    )  # fmt: skip

    assert adult(found, "Nils Lund").staff is None
    assert adult(found, school.karin).function == ""
    assert RelationAdult.objects.count() == 2
    fill(school, found, "Nils Lund", {school.noor: Contact.TALKS}, by=school.mira)
    assert seen(scope(school.mira)) == {("Noor", 2)}
