"""A school chooses what it does, alters it, tells how it went, and takes back what was a slip."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from samnarvaro.audit.models import Writing
from samnarvaro.staircase.domain.school_measures import Fault, Outcome, Standing, Wanted
from samnarvaro.staircase.domain.tiers import Item, Tier
from samnarvaro.staircase.models import SchoolMeasure
from samnarvaro.staircase.queries import school_measures as queries
from samnarvaro.staircase.queries.school_measures import NoSuchMeasure
from samnarvaro.staircase.services.school_measures import (
    CannotDo,
    NotTheChoosers,
    alter_measure,
    choose_measure,
    close_measure,
    reopen_measure,
    take_back_measure,
)
from tests.rooms.staircase.school import AT, FRIDAY, SchoolWithMarks
from tests.rooms.worklist.school import scope

WEEK = timedelta(days=7)


@pytest.fixture
def school(tmp_path: Path, db: None, today: None) -> SchoolWithMarks:  # noqa: ARG001  # tables, day
    """A school without marks: nothing of this is reckoned from any."""
    return SchoolWithMarks(tmp_path)


def wanted(school: SchoolWithMarks, **told: Any) -> Wanted:
    whole = Wanted(
        tier=Tier.UNIVERSAL,
        item=Item.BELONGING,
        what="Alla hälsar vid grinden.",
        aim="Att ingen är osedd.",
        owner=school.mira.pk,
        first_day=FRIDAY,
        last_day=FRIDAY + 6 * WEEK,
    )
    return replace(whole, **told)


def chosen(school: SchoolWithMarks, who: str = "ragnar", **told: Any) -> UUID:
    by = scope(getattr(school, who), FRIDAY)
    return choose_measure(school.strand.public, wanted(school, **told), by=by, at=AT, on=FRIDAY)


def refused(school: SchoolWithMarks, **told: Any) -> tuple[Fault, ...]:
    before = SchoolMeasure.objects.count()
    with pytest.raises(CannotDo) as raised:
        chosen(school, **told)
    assert SchoolMeasure.objects.count() == before
    return raised.value.faults


@pytest.mark.parametrize("who", ["ragnar", "diana", "karin", "sten"])
def test_the_principal_and_the_student_health_team_choose(
    school: SchoolWithMarks, who: str
) -> None:
    public = chosen(school, who)

    by = scope(school.ragnar, FRIDAY)
    (found,) = queries.of_unit(school.strand.pk, by=by, on=FRIDAY)
    assert (found.public, found.item, found.tier) == (public, Item.BELONGING, Tier.UNIVERSAL)
    assert (found.owner_name, found.standing) == ("Mira Ek", Standing.RUNNING)
    told = Writing.objects.get(act="school_measure.chosen")
    assert told.target == f"school_measure:{public}"
    assert "grinden" not in str(told.detail)


@pytest.mark.parametrize("who", ["mira", "tove", "agda", "petra", "sonja"])
def test_nobody_else_chooses_for_the_school(school: SchoolWithMarks, who: str) -> None:
    with pytest.raises(NotTheChoosers):
        chosen(school, who)
    assert not SchoolMeasure.objects.exists()


def test_a_school_that_is_not_there_is_answered_like_a_foreign_one(
    school: SchoolWithMarks,
) -> None:
    by = scope(school.ragnar, FRIDAY)
    for unit in (uuid4(), school.ek.public):
        with pytest.raises(NotTheChoosers):
            choose_measure(unit, wanted(school), by=by, at=AT, on=FRIDAY)


def test_a_class_has_its_own_and_its_mentor_reads_it(school: SchoolWithMarks) -> None:
    public = chosen(school, group=school.class_8b.pk, owner=school.karin.pk)
    chosen(school, item=None, what="Något för alla.")

    mine = queries.of_class(school.class_8b.pk, by=scope(school.mira, FRIDAY), on=FRIDAY)
    assert [(m.public, m.may_change, m.may_close) for m in mine] == [(public, False, False)]
    assert queries.of_class(school.class_8a.pk, by=scope(school.mira, FRIDAY), on=FRIDAY) == []
    assert queries.of_unit(school.strand.pk, by=scope(school.petra, FRIDAY), on=FRIDAY) == []


def test_a_class_of_another_school_is_refused(school: SchoolWithMarks) -> None:
    assert refused(school, group=school.class_4a.pk) == (Fault.GROUP,)


@pytest.mark.parametrize("who", ["petra", "sonja", "agda"])
def test_only_those_who_teach_or_care_at_the_school_see_to_it(
    school: SchoolWithMarks, who: str
) -> None:
    assert refused(school, owner=getattr(school, who).pk) == (Fault.OWNER,)


def test_no_pupil_of_the_school_is_named_in_it(school: SchoolWithMarks) -> None:
    assert refused(school, aim="Att saga lind kommer.") == (Fault.NAMES_A_PUPIL,)
    chosen(school, aim="Att Robin Åberg kommer.")  # goes elsewhere: nobody here knows the name


def test_every_fault_is_told_at_once(school: SchoolWithMarks) -> None:
    told = refused(school, what="", aim="x", owner=None, first_day=None, last_day=None)
    assert told == (Fault.WHAT, Fault.AIM, Fault.OWNER, Fault.FIRST_DAY, Fault.LAST_DAY)


def test_the_same_is_not_chosen_twice_for_the_same_days(school: SchoolWithMarks) -> None:
    public = chosen(school)
    assert chosen(school) == public, "pressed twice it is the same one"
    assert SchoolMeasure.objects.count() == 1
    assert refused(school, who="karin") == (Fault.RUNS_ALREADY,)
    assert refused(school, what="Andra ord.") == (Fault.RUNS_ALREADY,)
    assert refused(school, item=None, what="ALLA HÄLSAR vid  grinden.") == (Fault.RUNS_ALREADY,)
    chosen(school, group=school.class_8a.pk)
    after = FRIDAY + 6 * WEEK + timedelta(days=1)
    chosen(school, first_day=after, last_day=after + WEEK)


def test_it_is_altered_and_what_it_came_from_stays(school: SchoolWithMarks) -> None:
    public, by = chosen(school), scope(school.karin, FRIDAY)
    other = wanted(school, tier=Tier.INTENSIVE, item=None, what="Andra ord.", owner=school.sten.pk)

    alter_measure(public, other, by=by, at=AT, on=FRIDAY)

    found = queries.get(public, unit=school.strand.public, by=by, on=FRIDAY)
    assert (found.what, found.owner_name) == ("Andra ord.", "Sten Alm")
    assert (found.tier, found.item) == (Tier.UNIVERSAL, Item.BELONGING)
    assert Writing.objects.filter(act="school_measure.altered").count() == 1

    with pytest.raises(CannotDo):
        alter_measure(public, replace(other, aim=""), by=by, at=AT, on=FRIDAY)
    alter_measure(public, other, by=by, at=AT, on=FRIDAY)  # the same again writes nothing
    assert Writing.objects.filter(act="school_measure.altered").count() == 1


@pytest.mark.parametrize("who", ["ragnar", "mira"])
def test_its_choosers_and_its_owner_tell_how_it_went(school: SchoolWithMarks, who: str) -> None:
    public, by = chosen(school), scope(getattr(school, who), FRIDAY)
    with pytest.raises(CannotDo) as raised:
        close_measure(public, outcome=None, how="", by=by, at=AT, on=FRIDAY)
    assert raised.value.faults == (Fault.OUTCOME, Fault.HOW)
    with pytest.raises(CannotDo) as raised:
        close_measure(
            public, outcome=Outcome.DONE, how="Noor Haddad är med.", by=by, at=AT, on=FRIDAY
        )
    assert raised.value.faults == (Fault.HOW_NAMES_A_PUPIL,)

    close_measure(public, outcome=Outcome.DONE, how="Lugnare nu.", by=by, at=AT, on=FRIDAY)

    found = queries.get(public, unit=school.strand.public, by=by, on=FRIDAY)
    assert (found.standing, found.how, found.closed_on) == (Standing.DONE, "Lugnare nu.", FRIDAY)
    with pytest.raises(CannotDo) as raised:
        close_measure(public, outcome=Outcome.ENDED, how="Igen.", by=by, at=AT, on=FRIDAY)
    assert raised.value.faults == (Fault.CLOSED_ALREADY,)
    with pytest.raises(CannotDo):
        alter_measure(public, wanted(school), by=scope(school.ragnar, FRIDAY), at=AT, on=FRIDAY)

    reopen_measure(public, by=by, at=AT)
    found = queries.get(public, unit=school.strand.public, by=by, on=FRIDAY)
    assert (found.standing, found.how) == (Standing.RUNNING, "")
    with pytest.raises(CannotDo):
        reopen_measure(public, by=by, at=AT)


def test_a_mentor_of_the_class_reads_and_does_not_end_what_is_anothers(
    school: SchoolWithMarks,
) -> None:
    public = chosen(school, group=school.class_8b.pk, owner=school.karin.pk)
    by = scope(school.mira, FRIDAY)
    with pytest.raises(NotTheChoosers):
        close_measure(public, outcome=Outcome.DONE, how="Bra.", by=by, at=AT, on=FRIDAY)
    with pytest.raises(NotTheChoosers):
        alter_measure(public, wanted(school), by=by, at=AT, on=FRIDAY)
    with pytest.raises(NotTheChoosers):
        take_back_measure(public, by=by, at=AT, on=FRIDAY)
    assert SchoolMeasure.objects.get().outcome == ""


def test_a_stranger_meets_the_same_as_for_nothing(school: SchoolWithMarks) -> None:
    public, by = chosen(school), scope(school.petra, FRIDAY)
    for one in (public, uuid4()):
        with pytest.raises(NoSuchMeasure):
            queries.get(one, unit=school.strand.public, by=by, on=FRIDAY)
        with pytest.raises(NoSuchMeasure):
            close_measure(one, outcome=Outcome.DONE, how="Bra.", by=by, at=AT, on=FRIDAY)


def test_a_slip_is_taken_back_the_same_day_and_stays_in_the_table(
    school: SchoolWithMarks,
) -> None:
    public, by = chosen(school), scope(school.ragnar, FRIDAY)
    later = FRIDAY + WEEK
    with pytest.raises(CannotDo) as raised:
        take_back_measure(public, by=scope(school.ragnar, later), at=AT, on=later)
    assert raised.value.faults == (Fault.BEGUN_ALREADY,)

    take_back_measure(public, by=by, at=AT, on=FRIDAY)

    assert queries.of_unit(school.strand.pk, by=by, on=FRIDAY) == []
    assert queries.own(by=scope(school.mira, FRIDAY), on=FRIDAY) == []
    assert SchoolMeasure.objects.get().taken_back_at is not None
    chosen(school)  # and can be chosen anew


def test_what_is_over_stands_first_and_with_who_sees_to_it(school: SchoolWithMarks) -> None:
    chosen(school, last_day=FRIDAY)
    chosen(school, item=None, what="Något annat.", first_day=FRIDAY + WEEK)
    monday = FRIDAY + timedelta(days=3)

    mine = queries.own(by=scope(school.mira, monday), on=monday)
    assert [m.standing for m in mine] == [Standing.OVER, Standing.COMING]
    assert queries.own(by=scope(school.karin, monday), on=monday) == []


def test_as_many_questions_whatever_there_is(
    school: SchoolWithMarks, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = scope(school.ragnar, FRIDAY)
    chosen(school)
    for number in range(5):
        chosen(school, item=None, what=f"Nummer {'abcdef'[number]} av några.")
    with django_assert_num_queries(1):
        assert len(queries.of_unit(school.strand.pk, by=by, on=FRIDAY)) == 6
