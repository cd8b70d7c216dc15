"""An instrument is filled in, locked and corrected; who may, who reads, and what the log does not say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.privacy import DataClass as K
from samnarvaro.mapping.domain.instrument_answers import Fault, Wrong
from samnarvaro.mapping.domain.mappings import Method
from samnarvaro.mapping.models import Response
from samnarvaro.mapping.queries import responses as queries
from samnarvaro.mapping.services import instruments
from samnarvaro.mapping.services import responses as services
from samnarvaro.people import queries as people
from tests.rooms.consents.agreed import NOON, WEDNESDAY, Town, scope
from tests.rooms.mapping.filled import (
    ANSWERS,
    HOME,
    OLDER,
    OLDER_DEEP,
    WORDS,
    begin,
    instrument,
    lock,
    locked,
    save,
)
from tests.rooms.mapping.mapped import as_staff


def seen(town: Town, who: str) -> list[queries.Seen]:
    return queries.of_pupil(town.saga.pk, by=scope(as_staff(town, who)))


def test_what_is_answered_is_kept_and_the_log_has_the_way_and_no_answer(town: Town) -> None:
    response = locked(town)

    (found,) = seen(town, "mira")
    assert (found.public, found.is_final, found.told.answers) == (response, True, ANSWERS)
    rows = Writing.objects.filter(act__startswith="response.")
    assert {row.act for row in rows} == {"response.begun", "response.saved", "response.locked"}
    assert {row.pupil for row in rows} == {str(town.saga.public)}
    assert rows.get(act="response.locked").detail == {"instrument": OLDER, "method": "self_rating"}
    assert not [row for row in rows if WORDS in str(vars(row)) or "ibland" in str(vars(row))]


@pytest.mark.parametrize("method", Method)
def test_each_of_the_five_ways_is_logged(town: Town, method: Method) -> None:
    locked(town, method=method)

    assert seen(town, "mira")[0].told.method is method
    row = Writing.objects.get(act="response.locked")
    assert row.detail == {"instrument": OLDER, "method": method.value}
    assert len(Method) == 5


def test_one_goes_on_with_the_own_draft_of_the_same_instrument(town: Town) -> None:
    assert begin(town) == begin(town)
    assert begin(town) != begin(town, name=HOME)
    assert begin(town) != begin(town, "karin")


def test_a_page_saves_its_own_questions_and_leaves_those_of_other_pages(town: Town) -> None:
    response = begin(town)
    save(town, response, answers={"2.2": "ofta", "4.2": WORDS}, about=("2.2", "4.2"))
    save(town, response, answers={"3.1": "aldrig"}, about=("3.1", "2.2"))

    assert seen(town, "mira")[0].told.answers == {"3.1": "aldrig", "4.2": WORDS}


def test_what_changes_nothing_is_not_written(town: Town) -> None:
    response = begin(town)
    for _ in range(3):
        save(town, response)
    assert Writing.objects.filter(act="response.saved").count() == 1


def test_a_draft_is_its_authors_alone(town: Town) -> None:
    response = begin(town)
    save(town, response)

    for who in ("karin", "ragnar", "sonja"):
        assert seen(town, who) == []
        with pytest.raises(queries.NoSuchResponse):
            save(town, response, who)
        with pytest.raises(queries.NoSuchResponse):
            queries.one(response, by=scope(as_staff(town, who)))


def test_what_is_wrong_is_told_at_once_and_nothing_is_changed(town: Town) -> None:
    response = begin(town)
    save(town, response)

    with pytest.raises(services.CannotSave) as refused:
        save(
            town, response, answers={"2.2": "alltid", "9.9": "x"},
            held_on=WEDNESDAY + timedelta(days=1),
        )  # fmt: skip

    assert refused.value.faults == [Fault.HELD_ON_LATER]
    assert refused.value.wrong == {"2.2": Wrong.NOT_AN_OPTION, "9.9": Wrong.NOT_AN_OPTION}
    assert seen(town, "mira")[0].told.answers == ANSWERS


def test_what_has_to_be_answered_is_asked_for_all_at_once(town: Town) -> None:
    response = begin(town)
    save(town, response, answers={}, method=None)

    with pytest.raises(services.CannotLock) as refused:
        lock(town, response)

    assert refused.value.faults == [Fault.METHOD, Fault.NOTHING]
    assert [item.link for item in refused.value.unanswered] == ["2.1", "2.3"]
    assert Response.objects.get().final_at is None


def test_the_answer_to_a_question_that_is_not_asked_any_more_is_not_locked(town: Town) -> None:
    answers = {"1.1": "helt", "1.2": "inte", "1.3": "en buss som går senare"}
    response = begin(town, name=HOME)
    save(town, response, answers=answers, about=tuple(answers))
    save(town, response, answers={"1.2": "helt"}, about=("1.2",))
    assert "1.3" in seen(town, "mira")[0].told.answers

    lock(town, response)

    assert seen(town, "mira")[0].told.answers == {"1.1": "helt", "1.2": "helt"}


def test_what_is_locked_nobody_changes(town: Town) -> None:
    response = locked(town)
    (found,) = seen(town, "mira")

    with pytest.raises(queries.NoSuchResponse):
        save(town, response, answers={})
    with pytest.raises(queries.NoSuchResponse):
        lock(town, response)
    with pytest.raises(queries.NoSuchResponse):
        services.discard(response, by=scope(town.mira), at=NOON)
    assert seen(town, "mira") == [found]


def test_a_correction_holds_when_it_is_locked_and_the_former_can_still_be_opened(
    town: Town,
) -> None:
    old = locked(town)

    new = services.correct(old, by=scope(town.mira), at=NOON)
    assert [each.public for each in seen(town, "ragnar")] == [old]
    assert queries.one(new, by=scope(town.mira)).told == queries.one(old, by=scope(town.mira)).told
    with pytest.raises(services.CorrectedAlready):
        services.correct(old, by=scope(town.karin), at=NOON)

    lock(town, new)
    assert [each.public for each in seen(town, "ragnar")] == [new]
    assert queries.one(old, by=scope(town.ragnar)).is_final
    assert queries.corrected_by(old, by=scope(town.ragnar)) == new


def test_the_last_times_are_those_of_the_same_instrument_that_hold(town: Town) -> None:
    first = locked(town, held_on=WEDNESDAY - timedelta(days=30))
    locked(town, name=HOME, answers={"1.1": "helt", "1.2": "lite"}, about=())
    second = locked(town, held_on=WEDNESDAY - timedelta(days=2))
    now = queries.one(begin(town), by=scope(town.mira))

    found = queries.earlier(now, by=scope(town.mira))
    assert [each.public for each in found] == [second, first]

    correction = services.correct(second, by=scope(town.mira), at=NOON)
    of_correction = queries.one(correction, by=scope(town.mira))
    found = queries.earlier(of_correction, by=scope(town.mira))
    assert [each.public for each in found] == [first]


def test_a_draft_is_thrown_away(town: Town) -> None:
    response = begin(town)
    services.discard(response, by=scope(town.mira), at=NOON)

    assert not Response.objects.exists()
    assert Writing.objects.filter(act="response.discarded").count() == 1


def test_what_is_withdrawn_is_not_begun_but_what_is_begun_can_be_finished(town: Town) -> None:
    response, public = begin(town), instrument()
    instruments.withdraw(public, by=scope(town.mira), at=NOON)

    save(town, response)
    lock(town, response)
    for unknown in (public, uuid4()):
        with pytest.raises(services.NoSuchInstrument):
            services.begin(
                town.saga.public, unknown, by=scope(town.mira), at=NOON, on=WEDNESDAY
            )  # fmt: skip
    assert len(seen(town, "mira")) == 1


def test_a_principal_reads_and_writes_nothing(town: Town) -> None:
    response = locked(town)

    assert [each.public for each in seen(town, "ragnar")] == [response]
    with pytest.raises(services.NotYours):
        begin(town, "ragnar")
    with pytest.raises(services.NotYours):
        services.correct(response, by=scope(town.ragnar), at=NOON)


def test_the_deeper_ones_are_student_healths_and_the_principals_to_read(town: Town) -> None:
    answers = {"2.1": "1", "3.1": "ofta"}
    deep = locked(town, "karin", OLDER_DEEP, answers)

    assert [each.public for each in seen(town, "karin")] == [deep]
    assert [each.public for each in seen(town, "ragnar")] == [deep]
    assert seen(town, "mira") == []
    with pytest.raises(services.NotYours):
        begin(town, "mira", OLDER_DEEP)
    with pytest.raises(queries.NoSuchResponse):
        queries.one(deep, by=scope(town.mira))
    with pytest.raises(queries.NoSuchResponse):
        services.correct(deep, by=scope(town.mira), at=NOON)


@pytest.mark.parametrize("who", ["nils", "petra", "agda", "tove", "isa", "sonja", "bo"])
def test_for_a_stranger_there_is_neither_pupil_nor_answer(town: Town, who: str) -> None:
    response = locked(town)
    by = scope(as_staff(town, who))

    assert seen(town, who) == []
    for unknown in (response, uuid4()):
        with pytest.raises(queries.NoSuchResponse):
            queries.one(unknown, by=by)
    with pytest.raises((people.NoSuchPupil, services.NotYours)):
        begin(town, who)


def test_no_consent_lets_the_answers_out_to_another_agency(town: Town) -> None:
    response = locked(town)
    town.agree(classes={K.NAME, K.MAPPING})

    assert seen(town, "sonja") == []
    with pytest.raises(queries.NoSuchResponse):
        queries.one(response, by=scope(town.sonja))


def test_who_is_protected_is_read_by_its_handlers_alone(town: Town) -> None:
    locked(town)
    town.protect(town.saga, town.ragnar)

    assert len(seen(town, "ragnar")) == 1
    assert seen(town, "mira") == []
    assert seen(town, "karin") == []


def test_the_number_of_questions_is_the_same_however_much_is_answered(town: Town) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            seen(town, "mira")
        return len(asked)

    locked(town)
    ask()
    few = ask()
    for _ in range(4):
        locked(town)
    assert ask() == few
