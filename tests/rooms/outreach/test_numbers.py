"""A home that is to be called and has no number is the school administrator's to put right."""

from datetime import date, datetime, timedelta

import pytest

from samnarvaro.base import clock
from samnarvaro.outreach.domain.numbers import NO_NUMBER, months_of
from samnarvaro.outreach.models import Due
from samnarvaro.outreach.services import raise_missing_numbers
from samnarvaro.people import services as people
from samnarvaro.people.models import Guardian
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist import services as acting
from samnarvaro.worklist.domain.rows import Act
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries import Row
from tests.rooms.outreach.school import (
    AT,
    FRIDAY,
    CallingSchool,
    day,
    scope,
    settle,
    system,
)
from tests.rooms.staircase.browsing import signed_in, words


def night(on: date = FRIDAY) -> int:
    return raise_missing_numbers(on=on, by=system(on), at=AT)


def agdas(school: CallingSchool, on: date = FRIDAY) -> list[Row]:
    rows = worklist.mine(by=scope(school.agda, on), on=on).rows
    return [row for row in rows if row.kind == NO_NUMBER]


@pytest.fixture
def away(school: CallingSchool, monkeypatch: pytest.MonkeyPatch) -> CallingSchool:
    """Noor has no guardian here, Saga has one with a number; both are away without a word."""
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRIDAY, AT.timetz()))
    school.take_in(day(school.noor, "uu"), day(school.saga, "uu"), day(school.tindra, "u"))
    settle()
    return school


def test_who_has_no_number_at_home_is_the_administrators_row(away: CallingSchool) -> None:
    assert night() == 1
    (row,) = agdas(away)
    assert (row.pupil, row.due_on) == (away.noor.pk, date(2026, 11, 24))
    assert night() == 0


def test_a_guardian_without_a_number_is_nobody_to_call(away: CallingSchool) -> None:
    Guardian.objects.filter(pk=away.lena.pk).update(telephone="")
    assert night() == 2
    assert {row.pupil for row in agdas(away)} == {away.noor.pk, away.saga.pk}


def test_a_home_that_nobody_was_to_call_gives_no_row(school: CallingSchool) -> None:
    assert night() == 0
    assert agdas(school) == []


@pytest.mark.usefixtures("away")
def test_only_what_was_asked_for_lately_gives_a_new_row() -> None:
    assert night(FRIDAY + timedelta(days=7)) == 0
    assert night(FRIDAY + timedelta(days=6)) == 1


def test_the_number_come_the_row_is_marked_and_stays(away: CallingSchool) -> None:
    night()
    mother = away._guardian(away.noor, "Amal", telephone="070-174 06 99")
    night()
    (row,) = agdas(away)
    assert row.recovered_on == FRIDAY

    Guardian.objects.filter(pk=mother.pk).update(telephone="")  # it was wrong after all
    night()
    (row,) = agdas(away)
    assert row.recovered_on is None


def test_cleared_it_comes_again_the_next_month_and_not_before(away: CallingSchool) -> None:
    december = date(2026, 12, 1)
    night()
    (row,) = agdas(away)
    Due.objects.filter(pupil=away.noor).update(day=december)
    assert night(december) == 0, "one stands already"

    by = scope(away.agda, FRIDAY)
    acting.act(row.public, Act.DONE, text="Skrev till hemmet.", by=by, at=AT, on=FRIDAY)
    assert night(date(2026, 11, 30)) == 0
    assert night(december) == 1
    assert [each.pupil for each in agdas(away, december)] == [away.noor.pk]


def test_of_a_protected_pupil_there_is_no_row(away: CallingSchool) -> None:
    night()
    assert not Item.objects.filter(kind=NO_NUMBER, pupil=away.tindra).exists()


def test_the_administrator_reads_no_cause_and_meets_no_pupils_page(away: CallingSchool) -> None:
    night()
    client = signed_in(away.agda)
    page = words(client.get("/"))
    assert "Noor Haddad" in page
    assert "ingen vårdnadshavare har något telefonnummer" in page
    assert client.get(f"/elev/{away.noor.public}/").status_code == 404


def test_the_months_of_a_school_year() -> None:
    assert months_of(date(2026, 7, 1), date(2026, 7, 31)) == [date(2026, 7, 1)]
    assert months_of(date(2026, 11, 30), date(2027, 1, 1)) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_who_writes_the_number_in_is_told_apart_from_a_pupils_own(away: CallingSchool) -> None:
    people.set_telephone("070-174 06 98", pupil=away.noor.public, by=system(FRIDAY), at=AT)
    assert night() == 1  # the home is to be told, and the pupil is not the home
