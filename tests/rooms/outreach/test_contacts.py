"""A contact is kept as it is told, clears what it fulfils, and is corrected the same day alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from samnarvaro.attendance import services as attendance
from samnarvaro.attendance.domain.announced import Announced
from samnarvaro.attendance.models import Announcement, Mark
from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.contacts import Cause, Kind, Missing, Outcome, Promise, WayReason
from samnarvaro.outreach.domain.needs import Stage, Whom
from samnarvaro.outreach.models import Contact, ContactVersion, Due
from samnarvaro.outreach.queries import contacts as queries
from samnarvaro.outreach.queries import due
from samnarvaro.outreach.queries.due import Standing
from samnarvaro.people import queries as people
from samnarvaro.people.models import Pupil, Staff
from samnarvaro.worklist.models import Item
from tests.rooms.outreach.school import (
    AT,
    EK,
    FIRST_CALL,
    FRIDAY,
    INFORM,
    CallingSchool,
    day,
    record,
    rows,
    scope,
    settle,
    system,
    told,
)


@pytest.fixture
def due_today(school: CallingSchool) -> CallingSchool:
    """Robin (4A) and Saga (8B) are away the first day; Noor missed a lesson; Tindra too."""
    school.take_in(
        day(school.robin, "uu", code=EK),
        day(school.saga, "uu"),
        day(school.noor, "pu"),
        day(school.tindra, "u"),
    )
    settle()
    return school


def everything() -> tuple[Any, ...]:
    models = (Contact, ContactVersion, Due, Item, Announcement, Mark, Pupil, Writing)
    return tuple(sorted(map(repr, model.objects.values_list())) for model in models)


def test_a_reached_guardian_clears_the_call_and_knows_of_the_absence(
    due_today: CallingSchool,
) -> None:
    record(due_today.elin, due_today.robin, guardian=due_today.maria.pk, cause=Cause.ILLNESS)

    row = rows()[FIRST_CALL, "Robin"]
    assert (row.state, row.text, row.acted_by_name) == ("done", "Ringde hem.", "Elin Dahl")
    logged = Writing.objects.get(act="contact.recorded")
    assert logged.pupil == str(due_today.robin.public)
    assert "illness" not in repr(logged.detail)
    assert settle() == services.Settled()


def test_a_reached_pupil_clears_the_call_and_the_home_is_still_to_know(
    due_today: CallingSchool,
) -> None:
    record(due_today.mira, due_today.saga, whom=Whom.PUPIL)

    assert rows()[FIRST_CALL, "Saga"].state == "done"
    assert rows()[INFORM, "Saga"].state == "open"
    record(due_today.mira, due_today.saga, INFORM, guardian=due_today.lena.pk)
    assert rows()[INFORM, "Saga"].state == "done"


def test_a_reached_pupil_whose_guardian_was_told_as_well_leaves_nothing(
    due_today: CallingSchool,
) -> None:
    record(due_today.mira, due_today.saga, whom=Whom.PUPIL, guardian_informed=True)

    assert (INFORM, "Saga") not in rows()


@pytest.mark.parametrize("outcome", [Outcome.NOT_REACHED, Outcome.MESSAGE_LEFT])
def test_an_attempt_is_counted_and_the_row_stays(
    due_today: CallingSchool, outcome: Outcome
) -> None:
    record(due_today.elin, due_today.robin, outcome=outcome)
    record(due_today.elin, due_today.robin, outcome=outcome)

    by = scope(due_today.elin, FRIDAY)
    assert queries.attempts(due_today.robin.pk, FRIDAY, by=by) == 2
    assert rows()[FIRST_CALL, "Robin"].state == "open"


def test_a_written_notice_tells_the_home(due_today: CallingSchool) -> None:
    sent: dict[str, Any] = {"kind": Kind.MESSAGE, "outcome": Outcome.MESSAGE_LEFT}
    with pytest.raises(services.CannotKeep) as refused, transaction.atomic():
        record(due_today.mira, due_today.noor, INFORM, **sent)
    assert refused.value.missing == [Missing.WAY_REASON]
    assert rows()[INFORM, "Noor"].state == "open"

    record(due_today.mira, due_today.noor, INFORM, **sent, way_reason=WayReason.WISH)

    assert rows()[INFORM, "Noor"].state == "done"


def test_what_is_announced_in_the_call_excuses_its_lessons(due_today: CallingSchool) -> None:
    whole_day = Announced(first_day=FRIDAY, last_day=FRIDAY)

    record(due_today.elin, due_today.robin, announced=whole_day)

    marks = Mark.objects.filter(pupil=due_today.robin, day=FRIDAY)
    assert [(mark.excused, mark.unexcused) for mark in marks] == [(60, 0)] * 2
    assert Announcement.objects.get().by_name == "Elin Dahl"
    assert not due.informed([due_today.ek.pk], FRIDAY, by=scope(due_today.petra, FRIDAY))


def test_an_announcement_that_is_refused_leaves_no_contact_behind(
    due_today: CallingSchool,
) -> None:
    before = everything()

    with pytest.raises(attendance.CannotAnnounce), transaction.atomic():
        record(
            due_today.elin,
            due_today.robin,
            announced=Announced(first_day=FRIDAY, last_day=FRIDAY, begins=600, ends=540),
        )
    assert everything() == before


def test_a_promise_becomes_a_row_of_its_own(due_today: CallingSchool) -> None:
    monday = FRIDAY + timedelta(days=3)

    public = record(
        due_today.elin, due_today.robin,
        promise=Promise.SEND_WORK, promise_words="matte sidan 12", promise_on=monday,
    )  # fmt: skip

    row = Item.objects.get(kind="outreach.promise")
    assert row.subject == f"outreach.promise:{public}"
    assert (row.acts, row.due_on, row.figures) == (
        "mentor", monday, {"promise": "send_work", "made_on": "2026-11-20"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"whom": None, "outcome": None}, [Missing.WITH_WHOM, Missing.OUTCOME]),
        ({"kind": Kind.MESSAGE}, [Missing.WAY_REASON]),
        ({"outcome": Outcome.NOT_REACHED, "cause": Cause.ILLNESS}, [Missing.TOLD_BY_NOBODY]),
        ({"back_on": FRIDAY - timedelta(days=1)}, [Missing.BACK_IN_THE_PAST]),
        ({"promise": Promise.OTHER}, [Missing.PROMISE_WORDS, Missing.PROMISE_WHEN]),
        ({"promise_on": FRIDAY}, [Missing.PROMISE_WHAT]),
        ({"made_on": FRIDAY + timedelta(days=1)}, [Missing.MADE_AHEAD]),
        ({"text": "x" * 2001}, [Missing.TEXT_LONG]),
    ],
)
def test_what_is_missing_is_told_at_once_and_nothing_has_changed(
    due_today: CallingSchool, given: dict[str, Any], missing: list[Missing]
) -> None:
    before = everything()

    with pytest.raises(services.CannotKeep) as refused, transaction.atomic():
        record(due_today.elin, due_today.robin, **given)

    assert refused.value.missing == missing
    assert everything() == before


def test_somebody_elses_guardian_is_nobody_here(due_today: CallingSchool) -> None:
    with pytest.raises(services.CannotKeep) as refused, transaction.atomic():
        record(due_today.elin, due_today.robin, guardian=due_today.lena.pk)
    assert refused.value.missing == [Missing.WITH_WHOM]


def test_a_stranger_is_told_that_there_is_no_such_pupil(due_today: CallingSchool) -> None:
    before = everything()
    # A mentor of another class, another school, social services, and the counsellor with no call due.
    for stranger in ("mira", "ragnar", "sonja"):
        with pytest.raises(people.NoSuchPupil), transaction.atomic():
            record(getattr(due_today, stranger), due_today.robin)
    with pytest.raises(people.NoSuchPupil), transaction.atomic():
        record(due_today.karin, due_today.saga)
    assert everything() == before


def test_a_protected_pupil_is_called_by_a_handler_alone(due_today: CallingSchool) -> None:
    assert rows()[FIRST_CALL, "T"].acts == "counsellor"
    for stranger in (due_today.nils, due_today.diana):
        with pytest.raises(people.NoSuchPupil), transaction.atomic():
            record(stranger, due_today.tindra)
    with pytest.raises(people.NoSuchPupil), transaction.atomic():
        services.record(told(), pupil=due_today.tindra.public, by=system(FRIDAY), at=AT, on=FRIDAY)

    record(due_today.karin, due_today.tindra, whom=Whom.PUPIL, guardian_informed=True)

    assert rows()[FIRST_CALL, "T"].state == "done"


def test_the_principal_who_calls_marks_the_mentors_row_and_leaves_it(
    due_today: CallingSchool,
) -> None:
    record(due_today.petra, due_today.robin)

    row = rows()[FIRST_CALL, "Robin"]
    assert (row.state, row.recovered_on) == ("open", FRIDAY)
    (told_home,) = due.informed([due_today.ek.pk], FRIDAY, by=scope(due_today.petra, FRIDAY))
    assert (told_home.standing, told_home.by_name) == (Standing.TOLD, "Petra Ström")


def test_another_caller_calls_since_the_row_is_its_own(school: CallingSchool) -> None:
    services.set_routine(Stage.OLDER, caller=Holder.COUNSELLOR, words={}, by=system(), at=AT)
    school.take_in(day(school.saga, "u"))
    settle()

    record(school.karin, school.saga, whom=Whom.PUPIL, guardian_informed=True)

    assert rows()[FIRST_CALL, "Saga"].state == "done"
    with pytest.raises(people.NoSuchPupil), transaction.atomic():
        record(school.karin, school.saga, whom=Whom.PUPIL)


def correct(
    school: CallingSchool, contact: Any, by: Staff, on: date = FRIDAY, **given: Any
) -> None:
    services.correct(
        contact,
        told(**given),
        pupil=school.robin.public,
        words="Ringde hem.",
        by=scope(by, on),
        at=AT,
        on=on,
    )


def test_the_author_corrects_the_same_day_and_what_stood_is_kept(due_today: CallingSchool) -> None:
    contact = record(
        due_today.elin, due_today.robin, cause=Cause.ILLNESS, text="feber",
        promise=Promise.CALL_AGAIN, promise_on=FRIDAY,
    )  # fmt: skip

    correct(due_today, contact, due_today.elin, cause=Cause.TIRED, text="trött")

    (shown,) = queries.of_pupil(
        due_today.robin.pk, by=scope(due_today.petra, FRIDAY), on=FRIDAY
    ).contacts
    assert (shown.told.cause, shown.told.text) == (Cause.TIRED, "trött")
    assert shown.told.promise is Promise.CALL_AGAIN
    assert [(old.told.cause, old.told.text) for old in shown.before] == [(Cause.ILLNESS, "feber")]
    assert Writing.objects.filter(act="contact.corrected").count() == 1


def test_a_call_that_reached_nobody_after_all_opens_its_row_again(due_today: CallingSchool) -> None:
    contact = record(due_today.elin, due_today.robin)

    correct(due_today, contact, due_today.elin, outcome=Outcome.NOT_REACHED)
    assert rows()[FIRST_CALL, "Robin"].state == "open"

    correct(due_today, contact, due_today.elin)
    assert rows()[FIRST_CALL, "Robin"].state == "done"


def test_nobody_else_and_no_other_day_corrects(due_today: CallingSchool) -> None:
    contact = record(due_today.elin, due_today.robin)
    before = everything()

    with pytest.raises(services.CannotKeep) as refused, transaction.atomic():
        correct(due_today, contact, due_today.petra)
    assert refused.value.missing == [Missing.NOT_YOURS]
    monday = FRIDAY + timedelta(days=3)
    with pytest.raises(services.CannotKeep) as refused, transaction.atomic():
        correct(due_today, contact, due_today.elin, monday)
    assert refused.value.missing == [Missing.ANOTHER_DAY]
    with pytest.raises(services.NoSuchContact), transaction.atomic():
        correct(due_today, contact, due_today.mira)
    assert everything() == before


Reader = Callable[[CallingSchool], Staff]


@pytest.mark.parametrize(
    ("reader", "whole"), [("petra", True), ("elin", True), ("counsellor", False)]
)
def test_what_was_said_is_for_those_who_read_causes(
    due_today: CallingSchool, reader: str, whole: bool
) -> None:
    from samnarvaro.kernel.access import Role

    due_today.counsellor = due_today.staff(  # type: ignore[attr-defined]  # only here
        "kurt", "Kurt Vik", Role.COUNSELLOR, due_today.ek
    )
    record(
        due_today.elin, due_today.robin, guardian=due_today.maria.pk,
        cause=Cause.ILLNESS, text="feber", mood="trött", promise=Promise.OTHER,
        promise_words="ringa farmor", promise_on=FRIDAY,
    )  # fmt: skip

    by = scope(getattr(due_today, reader), FRIDAY)
    (shown,) = queries.of_pupil(due_today.robin.pk, by=by, on=FRIDAY).contacts

    assert shown.is_whole is whole
    assert (shown.told.outcome, shown.told.kind) == (Outcome.REACHED, Kind.PHONE)
    said = (shown.told.cause, shown.told.text, shown.told.mood, shown.told.promise_words)
    if whole:
        assert said == (Cause.ILLNESS, "feber", "trött", "ringa farmor")
        assert shown.guardian_name == "Maria Åberg"
    else:
        assert said == (None, "", "", "")
        assert shown.guardian_name == ""


def test_a_search_looks_through_one_childs_contacts_in_what_the_reader_reads(
    due_today: CallingSchool,
) -> None:
    record(due_today.elin, due_today.robin, None, text="Önskar FLER raster")
    record(due_today.elin, due_today.robin, None, text="Allt är bra")
    record(due_today.mira, due_today.saga, None, text="fler raster")

    def hits(staff: Staff, words: str) -> int:
        by = scope(staff, FRIDAY)
        return len(queries.of_pupil(due_today.robin.pk, by=by, on=FRIDAY, words=words).contacts)

    assert hits(due_today.elin, "raster önskar") == 1
    assert hits(due_today.elin, "elin") == 2
    assert hits(due_today.elin, "raster bra") == 0
    assert hits(due_today.mira, "") == 0


def test_protecting_a_pupil_takes_the_guardian_and_the_number_away(
    due_today: CallingSchool,
) -> None:
    from samnarvaro.people import services as people_services
    from samnarvaro.people.domain.protection import Level

    record(due_today.mira, due_today.saga, None, guardian=due_today.lena.pk)

    people_services.protect(
        pupil=due_today.saga.pk, level=Level.CONFIDENTIAL, by=system(FRIDAY), at=AT
    )

    due_today.saga.refresh_from_db()
    assert due_today.saga.telephone == ""
    assert Contact.objects.get().guardian is None
    assert not queries.of_pupil(
        due_today.saga.pk, by=scope(due_today.mira, FRIDAY), on=FRIDAY
    ).contacts
    with pytest.raises(people_services.CannotSetTelephone):
        people_services.set_telephone(
            "070-174 06 05", pupil=due_today.saga.public, by=system(FRIDAY), at=AT
        )
