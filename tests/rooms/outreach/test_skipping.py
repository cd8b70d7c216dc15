"""Homes that are not told the same day, for a reason; and what the principal sees of it all."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from samnarvaro.attendance.domain.announced import Announced
from samnarvaro.kernel.access import Holder, Role
from samnarvaro.outreach import services
from samnarvaro.outreach.domain.contacts import Outcome
from samnarvaro.outreach.domain.needs import Skipped, Whom
from samnarvaro.outreach.queries import due
from samnarvaro.outreach.queries.due import Standing
from samnarvaro.people.models import Pupil, Staff
from samnarvaro.worklist import services as worklist
from samnarvaro.worklist.domain.rows import Act as Kind
from samnarvaro.worklist.domain.rows import Intent, Missing
from samnarvaro.worklist.models import Act
from tests.rooms.outreach.school import (
    AT,
    EK,
    FIRST_CALL,
    FRIDAY,
    INFORM,
    THURSDAY,
    CallingSchool,
    day,
    record,
    rows,
    scope,
    settle,
)
from tests.rooms.staircase.browsing import signed_in, words


@pytest.fixture
def missed(school: CallingSchool) -> CallingSchool:
    school.take_in(
        day(school.noor, "pu"), day(school.saga, "uu"), day(school.robin, "u", code=EK),
        day(school.tindra, "pu"),
    )  # fmt: skip
    settle()
    return school


def skip(staff: Staff, pupil: Pupil, words: str = "Särskilda skäl: vid begravning") -> object:
    return services.skip(
        Skipped.SPECIAL, pupil=pupil.public, day=FRIDAY, words=words,
        by=scope(staff, FRIDAY), at=AT, on=FRIDAY,
    )  # fmt: skip


def test_a_skipped_row_is_cleared_with_its_reason(missed: CallingSchool) -> None:
    assert skip(missed.mira, missed.noor) == INFORM

    row = rows()[INFORM, "Noor"]
    assert (row.state, row.text) == ("not_needed", "Särskilda skäl: vid begravning")
    with pytest.raises(services.NothingDue):
        skip(missed.mira, missed.noor)


def test_without_words_it_is_refused_and_by_others_there_is_nothing(missed: CallingSchool) -> None:
    with pytest.raises(services.CannotSkip), transaction.atomic():
        skip(missed.mira, missed.noor, " ")
    for stranger in (missed.nils, missed.karin, missed.ragnar, missed.petra):
        with pytest.raises(services.NothingDue), transaction.atomic():
            skip(stranger, missed.noor)
    assert not Act.objects.exists()
    assert rows()[INFORM, "Noor"].state == "open"


def test_the_principal_sees_who_knows_and_who_does_not_yet(missed: CallingSchool) -> None:
    record(missed.mira, missed.saga, guardian_informed=True)
    skip(missed.mira, missed.noor)

    found = due.informed([missed.strand.pk], FRIDAY, by=scope(missed.ragnar, FRIDAY))

    # Ragnar is one of Tindra's handlers; his deputy is not.
    assert [(each.name, each.standing) for each in found] == [
        ("T", Standing.MISSING), ("Noor Haddad", Standing.SKIPPED), ("Saga Lind", Standing.TOLD),
    ]  # fmt: skip
    assert found[1].skipped is Skipped.SPECIAL
    others = due.informed([missed.strand.pk], FRIDAY, by=scope(missed.diana, FRIDAY))
    assert [each.name for each in others] == ["Noor Haddad", "Saga Lind"]
    assert not due.informed([missed.ek.pk], FRIDAY, by=scope(missed.diana, FRIDAY))


def test_a_reached_pupil_is_no_informed_home(missed: CallingSchool) -> None:
    record(missed.mira, missed.saga, whom=Whom.PUPIL)

    found = due.informed([missed.strand.pk], FRIDAY, by=scope(missed.diana, FRIDAY))

    assert ("Saga Lind", Standing.MISSING, INFORM) in [
        (each.name, each.standing, each.need) for each in found
    ]


@pytest.mark.parametrize("act", [Kind.DONE, Kind.NOT_NEEDED])
def test_words_alone_clear_no_row_that_the_law_asks_for(missed: CallingSchool, act: Kind) -> None:
    by, row = scope(missed.mira, FRIDAY), rows()[FIRST_CALL, "Saga"]
    intent = Intent(act=act, text="ringde nog hem")

    with pytest.raises(worklist.CannotAct) as refused, transaction.atomic():
        worklist.act_on_one(row.public, intent, by=by, at=AT, on=FRIDAY)
    assert refused.value.missing == [Missing.OWN_PAGE]
    with pytest.raises(worklist.CannotActOnAll) as many, transaction.atomic():
        worklist.act_on_many([row.public], intent, by=by, at=AT, on=FRIDAY)
    assert many.value.refused == {row.public: [Missing.OWN_PAGE]}
    assert rows()[FIRST_CALL, "Saga"].state == "open"
    assert not Act.objects.exists()


def test_the_row_offers_the_page_where_a_reason_is_chosen_and_no_words_that_clear_it(
    missed: CallingSchool,
) -> None:
    mira, row = signed_in(missed.mira), rows()[FIRST_CALL, "Saga"]

    page = mira.get(f"/arbete/{row.public}/")

    offered = {kind.value for kind in page.context["shown"].kinds}
    assert offered == {"wait", "hand_over"}
    assert f"/elev/{missed.saga.public}/samtal/?dag=2026-11-20" in page.content.decode()
    refused = mira.post(f"/arbete/{row.public}/", {"act": "not_needed", "text": "behövs inte"})
    assert refused.status_code == 422
    assert "blir klar på sin egen sida" in words(refused)


def test_a_row_whose_ground_is_gone_is_cleared_in_words(missed: CallingSchool) -> None:
    missed.take_in(day(missed.saga, "ppppp"))
    settle()
    row, mira = rows()[FIRST_CALL, "Saga"], signed_in(missed.mira)
    assert row.recovered_on == FRIDAY

    page = mira.get(f"/arbete/{row.public}/")
    assert "not_needed" in {kind.value for kind in page.context["shown"].kinds}
    sent = {"act": "not_needed", "text": "hon var där"}
    assert mira.post(f"/arbete/{row.public}/", sent).status_code == 302
    assert rows()[FIRST_CALL, "Saga"].state == "not_needed"


def test_a_row_that_was_handed_to_somebody_without_the_page_is_cleared_in_words(
    missed: CallingSchool,
) -> None:
    sten = missed.staff("sten", "Sten Alm", Role.SPECIAL_EDUCATOR, missed.strand)
    public = rows()[FIRST_CALL, "Saga"].public
    hand_over = Intent(act=Kind.HAND_OVER, text="ni når henne", to=Holder.STUDENT_HEALTH_TEAM)
    worklist.act_on_one(public, hand_over, by=scope(missed.mira, FRIDAY), at=AT, on=FRIDAY)

    by = scope(sten, FRIDAY)
    worklist.act(public, Kind.DONE, text="träffade mamma", by=by, at=AT, on=FRIDAY)

    found = due.informed([missed.strand.pk], FRIDAY, by=scope(missed.diana, FRIDAY))
    (saga,) = [each for each in found if each.name == "Saga Lind"]
    assert (saga.standing, saga.words) == (Standing.DONE, "träffade mamma")


def test_the_view_asks_the_same_number_of_questions_for_one_and_for_many(
    school: CallingSchool,
) -> None:
    many = [school.pupil("Kim", f"Nr{n}", school.class_8b) for n in range(12)]
    school.take_in(day(school.saga, "u", THURSDAY), *(day(pupil, "pu") for pupil in many))
    settle(THURSDAY)
    settle()

    def questions(on: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            due.informed([school.strand.pk], on, by=scope(school.ragnar, FRIDAY))  # type: ignore[arg-type]  # a day
        return len(asked)

    assert questions(THURSDAY) == questions(FRIDAY)


def test_the_friday_of_the_page_goes_as_the_page_says(school: CallingSchool) -> None:
    def standing(staff: Staff) -> tuple[int, int]:
        units = [school.ek.pk if staff is school.petra else school.strand.pk]
        found = due.informed(units, FRIDAY, by=scope(staff, FRIDAY))
        return sum(each.standing is not Standing.MISSING for each in found), len(found)

    school.take_in(day(school.robin, "uu", code=EK), day(school.robin, "ppppp", THURSDAY, EK))
    settle()
    assert (list(rows()), standing(school.petra)) == ([(FIRST_CALL, "Robin")], (0, 1))
    record(school.elin, school.robin, guardian=school.maria.pk, outcome=Outcome.NOT_REACHED)
    assert (rows()[FIRST_CALL, "Robin"].state, standing(school.petra)) == ("open", (0, 1))
    record(
        school.elin, school.robin, guardian=school.omar.pk, interpreter=True, language="ar",
        announced=Announced(first_day=FRIDAY, last_day=FRIDAY),
    )  # fmt: skip
    assert (rows()[FIRST_CALL, "Robin"].state, standing(school.petra)) == ("done", (0, 0))

    school.take_in(day(school.saga, "uu"))
    settle()
    record(school.mira, school.saga, whom=Whom.PUPIL)
    assert (rows()[INFORM, "Saga"].state, standing(school.diana)) == ("open", (0, 1))
    record(school.mira, school.saga, INFORM, guardian=school.lena.pk)
    assert (rows()[INFORM, "Saga"].state, standing(school.diana)) == ("done", (1, 1))
