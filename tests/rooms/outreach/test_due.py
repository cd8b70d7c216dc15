"""A day's marks become rows of work: a caring call, or telling the homes. What is gone says so."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.announced import Announced, ToldBy
from samnarvaro.base import clock
from samnarvaro.outreach import services
from samnarvaro.outreach.models import Due
from samnarvaro.people.models import Pupil
from samnarvaro.worklist import queries as worklist
from tests.rooms.outreach.school import (
    AT,
    EK,
    FIRST_CALL,
    FRIDAY,
    INFORM,
    MONDAY,
    THURSDAY,
    CallingSchool,
    day,
    record,
    rows,
    scope,
    settle,
    system,
)


def announce(pupil: Pupil, **times: int) -> object:
    return attendance.announce(
        Announced(first_day=FRIDAY, last_day=FRIDAY, **times),
        pupil=pupil.public,
        told_by=ToldBy.GUARDIAN,
        by=system(FRIDAY),
        at=AT,
        on=FRIDAY,
    )


@pytest.mark.parametrize(
    ("thursday", "friday", "due"),
    [
        ("ppppp", "u", FIRST_CALL),  # away from the first lesson
        ("ppppp", "uuu", FIRST_CALL),
        ("ppppp", "eu", FIRST_CALL),  # a part of it is not excused
        ("ppppp", "u-x", FIRST_CALL),  # what nobody called, and what was off, does not count
        ("uuuup", "uu", FIRST_CALL),  # there for some of Thursday
        ("uuuuu", "uu", INFORM),  # the second day
        ("eeeee", "uu", INFORM),
        ("ppppp", "up", INFORM),  # there for some of it
        ("ppppp", "ul", INFORM),  # a late arrival is to have come
        ("ppppp", "eee", None),  # reported by the school's own system
        ("ppppp", "l", None),
        ("ppppp", "--", None),
        ("ppppp", "ppp", None),
    ],
)
def test_what_a_day_asks_for(
    school: CallingSchool, thursday: str, friday: str, due: object
) -> None:
    school.take_in(day(school.saga, thursday, THURSDAY), day(school.saga, friday))

    settle()

    assert list(rows()) == ([(due, "Saga")] if due else [])


def test_the_first_day_may_be_the_first_of_all_or_come_after_a_break(school: CallingSchool) -> None:
    school.take_in(day(school.saga, "u"), day(school.noor, "ppppp", date(2026, 10, 23)))
    school.take_in(day(school.noor, "u"))

    settle()

    assert set(rows()) == {(FIRST_CALL, "Saga"), (FIRST_CALL, "Noor")}


def test_a_row_says_which_lessons_since_when_and_which_year(school: CallingSchool) -> None:
    school.take_in(day(school.robin, "-uu", code=EK))

    settle()

    row = rows()[FIRST_CALL, "Robin"]
    assert row.acts == "mentor"
    assert (row.raised_on, row.due_on) == (FRIDAY, FRIDAY)
    assert row.figures == {
        "day": "2026-11-20",
        "whom": "guardian",
        "grade": "4",
        "since": 9 * 60 + 10,
        "minutes": 120,
        "lessons": [[550, 60, "SV"], [610, 60, "EN"]],
    }


def test_marks_of_today_raise_rows_as_they_come_in_and_again_changes_nothing(
    school: CallingSchool,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        school.take_in(day(school.saga, "u"), day(school.noor, "u", THURSDAY))
    assert set(rows()) == {(FIRST_CALL, "Saga")}

    assert settle() == services.Settled()
    done = services.nightly(as_of=FRIDAY, by=system(FRIDAY), at=AT)

    assert done == services.Settled()
    assert set(rows()) == {
        (FIRST_CALL, "Saga"),
        (FIRST_CALL, "Noor"),
    }  # the day before, made up for


def test_who_came_after_all_is_marked_so_and_the_home_is_to_know(school: CallingSchool) -> None:
    school.take_in(day(school.saga, "u"))
    settle()

    school.take_in(day(school.saga, "up"))
    assert settle() == services.Settled(raised=1, gone=1)

    found = rows()
    assert found[FIRST_CALL, "Saga"].recovered_on == FRIDAY
    assert found[FIRST_CALL, "Saga"].state == "open"
    assert found[INFORM, "Saga"].recovered_on is None
    school.take_in(day(school.saga, "uu"))
    assert settle() == services.Settled(gone=1, back=1)
    assert rows()[FIRST_CALL, "Saga"].recovered_on is None
    assert rows()[INFORM, "Saga"].recovered_on == FRIDAY


def test_what_is_announced_leaves_the_row_marked_and_taken_back_brings_it_back(
    school: CallingSchool,
) -> None:
    school.take_in(day(school.saga, "uu"))
    settle()

    announced = announce(school.saga)
    settle()
    assert rows()[FIRST_CALL, "Saga"].recovered_on == FRIDAY

    attendance.withdraw(announced, pupil=school.saga.public, by=system(FRIDAY), at=AT)  # type: ignore[arg-type]  # an id
    settle()
    assert rows()[FIRST_CALL, "Saga"].recovered_on is None


def test_a_part_that_is_announced_leaves_the_rest_due(school: CallingSchool) -> None:
    announce(school.saga, ends=9 * 60 + 10)
    school.take_in(day(school.saga, "uu"))

    settle()

    assert rows()[FIRST_CALL, "Saga"].figures["lessons"] == [[550, 60, "SV"]]


def test_a_protected_pupils_row_is_its_handlers_alone(school: CallingSchool) -> None:
    school.take_in(day(school.tindra, "u"))

    settle()

    (row,) = rows().values()
    assert row.acts == "counsellor"
    assert [
        each.kind for each in worklist.mine(by=scope(school.karin, FRIDAY), on=FRIDAY).rows
    ] == [FIRST_CALL]
    for stranger in (school.nils, school.mira, school.diana):
        assert not worklist.mine(by=scope(stranger, FRIDAY), on=FRIDAY).rows
        assert not worklist.of_pupil(school.tindra.pk, by=scope(stranger, FRIDAY), on=FRIDAY)


def test_the_caller_is_data(school: CallingSchool) -> None:
    from samnarvaro.kernel.access import Holder
    from samnarvaro.outreach.domain.needs import Stage

    services.set_routine(
        Stage.YOUNGER, caller=Holder.SCHOOL_ADMINISTRATOR, words={}, by=system(), at=AT
    )
    school.take_in(day(school.robin, "u", code=EK), day(school.saga, "u"))

    settle()

    assert {row.acts for row in rows().values()} == {"school_administrator", "mentor"}


def test_a_weekend_lies_between_without_making_it_a_first_day(school: CallingSchool) -> None:
    school.take_in(day(school.saga, "uuuuu"), day(school.saga, "u", MONDAY))

    settle(MONDAY)

    assert set(rows()) == {(INFORM, "Saga")}


def test_settling_asks_the_same_number_of_questions_for_one_and_for_many(
    school: CallingSchool,
) -> None:
    def questions(on: date, pupils: list[Pupil]) -> int:
        school.take_in(*(day(pupil, "u", on) for pupil in pupils))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            settle(on)
        return len(asked)

    many = [school.pupil("Kim", f"Nr{n}", school.class_8b) for n in range(12)]
    one = questions(THURSDAY, [school.saga])
    assert questions(FRIDAY, [*many, school.noor]) == one
    assert Due.objects.filter(day=FRIDAY).count() == 13


def test_a_call_that_has_reached_leaves_nothing_more_due(school: CallingSchool) -> None:
    school.take_in(day(school.robin, "uu", code=EK))
    settle()
    record(school.elin, school.robin)

    assert settle() == services.Settled()
    assert set(rows()) == {(FIRST_CALL, "Robin")}
    assert rows()[FIRST_CALL, "Robin"].state == "done"
