"""A class's mentor tells what its pupils reach: all rows or none, and what held before is kept."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Writing
from samnarvaro.mapping.domain.few import Part
from samnarvaro.mapping.domain.knowledge import (
    Counted,
    DayFault,
    Eligibility,
    Fault,
    Told,
    term_of,
)
from samnarvaro.mapping.models import KnowledgeResult
from samnarvaro.mapping.queries import knowledge as queries
from samnarvaro.mapping.queries import places
from samnarvaro.mapping.queries.places import NotTheViewers
from samnarvaro.mapping.services import knowledge as services
from samnarvaro.mapping.services.mappings import NotYours
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.checked import EN, MA, SV, held, risk, tell
from tests.rooms.mapping.mapped import as_staff
from tests.rooms.worklist.school import system

TERM = term_of(WEDNESDAY)


def seen(town: Town, who: str = "mira") -> dict[str, Told | None]:
    by = scope(as_staff(town, who))
    of = places.school_class(town.class_8b.public, by=by)
    found = queries.of_class(of, TERM, by=by)
    return {each.pupil.name: each.result.told if each.result else None for each in found}


def test_a_whole_class_is_told_of_and_the_log_has_no_subject(town: Town) -> None:
    assert tell(town, [(town.saga, risk(MA, EN)), (town.noor, Told())]) == 2

    assert seen(town) == {"Noor Haddad": Told(), "Saga Lind": risk(MA, EN)}
    rows = Writing.objects.filter(act="knowledge.told").order_by("pk")
    assert [row.pupil for row in rows] == [str(town.saga.public), str(town.noor.public)]
    assert not any("MA" in str(row.detail) for row in rows)


def test_a_row_without_words_changes_nothing_and_one_that_says_the_same_neither(
    town: Town,
) -> None:
    tell(town, [(town.saga, risk(MA)), (town.noor, None)])

    assert tell(town, [(town.saga, risk(MA)), (town.noor, None)]) == 0
    assert KnowledgeResult.objects.count() == 1


def test_a_correction_keeps_what_held_before(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))], day=WEDNESDAY - timedelta(days=20))
    tell(town, [(town.saga, Told(not_reached=(MA,)))])

    old, new = KnowledgeResult.objects.order_by("pk")
    assert (old.at_risk, old.replaced_at) == (["MA"], NOON)
    assert (new.not_reached, new.replaced_at) == (["MA"], None)
    assert seen(town)["Saga Lind"] == Told(not_reached=(MA,))


def test_one_faulty_row_stops_them_all_and_each_says_why(town: Town) -> None:
    tell(town, [(town.noor, risk(MA))])
    wrong = Told(at_risk=(MA,), not_reached=(MA,), eligibility=Eligibility.HIGHER)

    with pytest.raises(services.CannotTell) as refused:
        tell(town, [(town.saga, wrong), (town.noor, None)])

    assert refused.value.rows == {
        town.saga.public: [
            Fault.SUBJECT_TWICE, Fault.ELIGIBLE_BEFORE_YEAR_9, Fault.ELIGIBLE_WITHOUT_CORE,
        ],
        town.noor.public: [Fault.NOTHING_SAID],
    }  # fmt: skip
    assert seen(town) == {"Noor Haddad": risk(MA), "Saga Lind": None}


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (None, DayFault.MISSING),
        (WEDNESDAY + timedelta(days=1), DayFault.LATER),
        (date(2026, 6, 30), DayFault.OTHER_TERM),
    ],
)
def test_the_day_is_one_of_this_term_that_has_been(
    town: Town, day: date | None, fault: DayFault
) -> None:
    with pytest.raises(services.CannotTell) as refused:
        tell(town, [(town.saga, risk(MA))], day=day)

    assert refused.value.day is fault
    assert not KnowledgeResult.objects.exists()


def test_an_older_check_never_takes_the_place_of_a_newer_one(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))])

    with pytest.raises(services.CannotTell) as refused:
        tell(town, [(town.saga, risk(EN))], day=WEDNESDAY - timedelta(days=1))

    assert refused.value.rows == {town.saga.public: [Fault.NEWER_KNOWN]}


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))])
    row = services.Row(town.saga.public, risk(EN), None)  # the page was opened before

    with pytest.raises(services.CannotTell) as refused:
        services.tell_class(
            town.class_8b.public, [row], day=WEDNESDAY, by=scope(town.ragnar), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip

    assert refused.value.rows == {town.saga.public: [Fault.CHANGED_MEANWHILE]}
    assert seen(town)["Saga Lind"] == risk(MA)


@pytest.mark.parametrize("who", ["mira", "ragnar", "diana"])
def test_the_mentor_of_the_class_and_the_principals_tell(town: Town, who: str) -> None:
    assert tell(town, [(town.saga, risk(SV))], who=who) == 1


@pytest.mark.parametrize("who", ["tove", "karin", "nils", "petra", "agda", "sonja"])
def test_nobody_else_tells(town: Town, who: str) -> None:
    row = services.Row(town.saga.public, risk(MA))
    with pytest.raises((NotYours, NotTheViewers)):
        services.tell_class(
            town.class_8b.public, [row], day=WEDNESDAY, by=scope(as_staff(town, who)), at=NOON,
            on=WEDNESDAY,
        )  # fmt: skip
    assert not KnowledgeResult.objects.exists()


def test_a_pupil_of_another_class_or_a_protected_one_is_not_told_of(town: Town) -> None:
    town.protect(town.noor, town.mira)
    for pupil in (town.robin.public, town.noor.public, uuid4()):
        with pytest.raises(NotTheViewers):
            services.tell_class(
                town.class_8b.public, [services.Row(pupil, risk(MA))], day=WEDNESDAY,
                by=scope(town.mira), at=NOON, on=WEDNESDAY,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("mira", {"Noor Haddad", "Saga Lind"}),
        ("ragnar", {"Noor Haddad", "Saga Lind"}),
        ("karin", {"Saga Lind"}),  # student health has a case with her alone
        ("tove", set()),  # a teacher
        ("agda", set()),
    ],
)
def test_those_read_it_who_read_why_a_pupil_is_away(town: Town, who: str, reads: set[str]) -> None:
    tell(town, [(town.saga, risk(MA)), (town.noor, Told())])

    assert set(seen(town, who)) == reads


@pytest.mark.parametrize("who", ["nils", "petra", "sonja"])
def test_for_a_stranger_there_is_no_such_class_and_no_result(town: Town, who: str) -> None:
    tell(town, [(town.saga, risk(MA))])

    with pytest.raises(NotTheViewers):
        seen(town, who)
    assert queries.newest_of(town.saga.pk, by=scope(as_staff(town, who))) is None
    assert not KnowledgeResult.objects.visible_in(system()).exists()


def test_the_database_lets_one_result_hold_for_a_term(town: Town) -> None:
    tell(town, [(town.saga, risk(MA))])
    row = KnowledgeResult.objects.get()
    row.pk, row.public = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_class_is_read_by_as_many_questions_whatever_its_size(town: Town) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as made:
            seen(town)
        return len(made)

    tell(town, [(town.saga, risk(MA))])
    ask()
    few = ask()
    for number in range(8):
        pupil = town.pupil(f"Elev{number}", "Ny", town.class_8b)
        tell(town, [(pupil, risk(EN))])
    assert ask() == few


def counts(town: Town, who: str = "ragnar") -> queries.SchoolCounts:
    by = scope(as_staff(town, who))
    return queries.of_school(places.school(town.strand.public, by=by), TERM, by=by)


def many(town: Town, group: Any, n: int, told: Told) -> None:
    pupils = [town.pupil(f"Elev{number}", group.name, group) for number in range(n)]
    tell(town, [(pupil, told) for pupil in pupils], who="ragnar", group=group)


def test_a_school_is_counted_where_no_side_is_few(town: Town) -> None:
    many(town, town.class_8a, 4, risk(MA))
    many(town, town.class_8b, 5, Told())
    assert counts(town).years == []
    assert counts(town).subjects == []
    assert counts(town).has_few

    many(town, town.class_8b, 1, risk(MA, EN))

    found = counts(town)
    assert found.years == [Part(("8",), (5, 5))]
    assert found.subjects == [(MA, Counted(10, 5))]
    assert found.has_few  # English: one pupil


def test_student_health_sees_the_counts_without_a_case(town: Town) -> None:
    many(town, town.class_8a, 5, risk(MA))
    many(town, town.class_8b, 5, Told())

    assert counts(town, "karin") == counts(town, "ragnar")


def test_who_is_protected_is_in_no_count(town: Town) -> None:
    many(town, town.class_8b, 5, Told())
    many(town, town.class_8a, 4, risk(MA))
    tell(town, [(town.saga, risk(MA))])
    assert counts(town).years
    town.protect(town.saga, town.ragnar)

    assert counts(town).years == []


def test_eligibility_is_counted_with_few_put_together(town: Town) -> None:
    year_9 = town._group(town.strand, "9A")
    many(town, year_9, 6, Told(eligibility=Eligibility.HIGHER))
    many(town, year_9, 3, risk(MA, eligibility=Eligibility.NOT_YET))
    many(town, year_9, 2, risk(EN, eligibility=Eligibility.VOCATIONAL))

    found = counts(town).eligible
    assert found == [
        Part((Eligibility.HIGHER,), (6,)), Part((Eligibility.VOCATIONAL, Eligibility.NOT_YET), (5,)),
    ]  # fmt: skip


def test_what_was_told_last_is_of_the_newest_term(town: Town) -> None:
    assert queries.newest_of(town.saga.pk, by=scope(town.mira)) is None
    tell(town, [(town.saga, risk(MA))])
    assert held(town, town.saga)

    newest = queries.newest_of(town.saga.pk, by=scope(town.karin))
    assert newest
    assert (newest.told, newest.day, newest.by) == (risk(MA), WEDNESDAY, "Mira Ek")
