"""Days that have come and what is late make rows for who leads the school, cleared by doing it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samnarvaro.cases.domain.investigation import Outcome
from samnarvaro.cases.domain.register import Status
from samnarvaro.cases.domain.steps import Fact, Step
from samnarvaro.cases.domain.watching import Kind
from samnarvaro.cases.models import Case, Investigation, RegisterEntry
from samnarvaro.cases.services import cases as services
from samnarvaro.cases.services import investigating, register
from samnarvaro.cases.services.investigating import Round
from samnarvaro.cases.services.watching import raise_rows
from samnarvaro.kernel.access import Holder
from samnarvaro.people.models import Enrolment
from samnarvaro.worklist import queries as worklist
from samnarvaro.worklist.domain.rows import Act, Intent, Missing
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.services import CannotAct, act_on_one
from tests.rooms.cases import filling, way
from tests.rooms.cases.town import NOON, WEDNESDAY, CaseTown, client_of, scope, words
from tests.rooms.worklist.school import system

MONDAY = date(2026, 10, 5)  # of week 41
EARLY = MONDAY - timedelta(days=30)
LONG_AGO = WEDNESDAY - timedelta(days=61)


def night(on: date) -> int:
    return raise_rows(on=on, by=system(on), at=NOON)


def common(town: CaseTown, on: date = WEDNESDAY, who: str = "ragnar") -> dict[str, Any]:
    return {"by": scope(getattr(town, who), on), "at": NOON, "on": on}


def kinds(state: str = "open") -> list[str]:
    return sorted(
        Item.objects.filter(state=state, recovered_on=None).values_list("kind", flat=True)
    )


def seen_by(town: CaseTown, who: str, on: date = WEDNESDAY) -> set[str]:
    """The kinds of rows that somebody sees, its own and about Saga."""
    by = scope(getattr(town, who), on)
    rows = [*worklist.mine(by=by, on=on).rows, *worklist.of_pupil(town.saga.pk, by=by, on=on)]
    return {row.kind for row in rows}


def decided(town: CaseTown, look_on: date) -> Any:
    public = town.judge(on=EARLY)
    filling.fill(public, by=scope(town.ragnar, EARLY), at=NOON, on=EARLY)
    investigating.decide(
        public, text="så gör vi", look_on=look_on, version=filling.version_of(public),
        **common(town, EARLY),
    )  # fmt: skip
    return public


def test_a_round_makes_one_row_for_the_school_when_it_begins(town: CaseTown) -> None:
    town.judge(on=EARLY)
    town.judge(town.noor, on=EARLY)
    before = MONDAY - timedelta(days=1)
    Item.objects.all().delete()
    night(before)
    # The round before it began when nothing was in the register yet.
    assert kinds() == []
    assert night(MONDAY) == 1
    assert night(MONDAY) == 0
    (row,) = Item.objects.all()
    assert (row.kind, row.pupil_id, row.unit_id) == (Kind.ROUND, None, town.strand.pk)
    assert row.due_on == date(2026, 10, 11)


def test_an_answer_that_is_late_has_its_row_overdue(town: CaseTown) -> None:
    town.judge(on=EARLY)
    night(MONDAY)
    assert "skulle varit klart söndag 11 oktober" in words(client_of(town.ragnar).get("/"))
    assert night(WEDNESDAY) == 0
    assert kinds() == [Kind.ROUND]


def test_the_last_answer_of_the_school_clears_them_and_not_the_first(town: CaseTown) -> None:
    town.judge(on=EARLY)
    town.judge(town.noor, on=EARLY)
    night(WEDNESDAY)
    first, last = RegisterEntry.objects.order_by("pk")
    register.answer(first.public, status=Status.GOES_ON, **common(town))
    assert kinds() == [Kind.ROUND]
    register.answer(last.public, status=Status.GOES_ON, **common(town))
    assert kinds() == []
    assert kinds("done") == [Kind.ROUND]


@pytest.mark.parametrize(("days", "rows"), [(60, []), (61, [Kind.DECISION_LATE])])
def test_a_late_decision_makes_a_row_that_deciding_clears(
    town: CaseTown, days: int, rows: list[str]
) -> None:
    public = town.judge(on=WEDNESDAY - timedelta(days=days))
    Item.objects.all().delete()
    night(WEDNESDAY)
    assert [kind for kind in kinds() if kind == Kind.DECISION_LATE] == rows
    town.fill(public)
    town.decide(public)
    assert kinds("done") == rows


@pytest.mark.parametrize(
    ("ahead", "rows"), [(1, []), (0, [Kind.FOLLOW_UP]), (-1, [Kind.FOLLOW_UP])]
)
def test_the_day_of_following_up_makes_a_row_that_following_up_clears(
    town: CaseTown, ahead: int, rows: list[str]
) -> None:
    public = decided(town, WEDNESDAY + timedelta(days=ahead))
    night(WEDNESDAY)
    assert [kind for kind in kinds() if kind == Kind.FOLLOW_UP] == rows
    told = Round(outcome=Outcome.BETTER, text="bättre", look_on=WEDNESDAY + timedelta(days=30))
    investigating.follow_up(public, told=told, version=filling.version_of(public), **common(town))
    assert kinds("done") == rows
    night(WEDNESDAY + timedelta(days=30))
    assert Kind.FOLLOW_UP in kinds()


def test_a_closed_investigation_asks_for_nothing(town: CaseTown) -> None:
    public = decided(town, WEDNESDAY)
    told = Round(outcome=Outcome.BETTER, text="bättre", look_on=WEDNESDAY + timedelta(days=3))
    investigating.follow_up(public, told=told, version=filling.version_of(public), **common(town))
    later = WEDNESDAY + timedelta(days=3)
    night(later)
    investigating.close(
        public, text="det räcker", version=filling.version_of(public), **common(town, later)
    )
    assert Kind.FOLLOW_UP not in kinds()
    night(later)
    assert Kind.FOLLOW_UP not in kinds()


def test_what_another_did_is_marked_the_next_night_and_cleared_with_a_word(town: CaseTown) -> None:
    public = decided(town, WEDNESDAY)
    night(WEDNESDAY)
    told = Round(outcome=Outcome.BETTER, text="bättre", look_on=WEDNESDAY + timedelta(days=30))
    investigating.follow_up(
        public, told=told, version=filling.version_of(public), **common(town, who="karin")
    )
    item = Item.objects.get(kind=Kind.FOLLOW_UP)
    assert (item.state, item.recovered_on) == ("open", None)
    night(WEDNESDAY + timedelta(days=1))
    item.refresh_from_db()
    assert item.recovered_on == WEDNESDAY + timedelta(days=1)
    act_on_one(item.public, Intent(act=Act.DONE, text="Karin gjorde det"), **common(town))


def test_the_agreed_day_of_a_case_makes_a_row_that_telling_clears(town: CaseTown) -> None:
    town.agree()
    case = way.open_case(town.saga.public, **common(town))
    way.to_planning(case, **common(town))
    way.tell(case, Fact.GOAL, Fact.INTERVENTION, Fact.RESPONSIBLE, Fact.LOOK_ON, **common(town))
    look_on = WEDNESDAY + timedelta(days=30)
    night(look_on)
    assert kinds() == []  # the work has not begun
    way.move(case, Step.CARRYING_OUT, **common(town))
    night(look_on - timedelta(days=1))
    assert kinds() == []
    night(look_on)
    assert kinds() == [Kind.CASE_LOOK]
    way.tell(case, Fact.EVALUATION, **common(town, look_on))
    assert kinds("done") == [Kind.CASE_LOOK]
    night(look_on)
    assert kinds() == []


def test_the_end_of_a_rest_makes_a_row_that_taking_up_clears(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    until = WEDNESDAY + timedelta(days=9)
    services.pause(case, words="familjen reser", until=until, **common(town))
    night(until - timedelta(days=1))
    assert kinds() == []
    night(until)
    assert kinds() == [Kind.CASE_REST]
    services.resume(case, **common(town, until))
    assert kinds("done") == [Kind.CASE_REST]


def test_a_closed_case_asks_for_nothing(town: CaseTown) -> None:
    case = way.open_case(town.saga.public, **common(town))
    until = WEDNESDAY + timedelta(days=9)
    services.pause(case, words="familjen reser", until=until, **common(town))
    night(until)
    way.close(case, **common(town, until))
    assert kinds("done") == [Kind.CASE_REST]
    night(until)
    assert kinds() == []
    assert Case.objects.get().paused_until is None


@pytest.mark.parametrize("who", ["mira", "karin", "pia", "tove", "agda", "petra", "sonja", "vera"])
def test_nobody_but_who_leads_the_school_sees_them(town: CaseTown, who: str) -> None:
    town.judge(on=LONG_AGO)
    night(WEDNESDAY)
    ours = {kind.value for kind in Kind}
    assert seen_by(town, "ragnar") & ours == {
        Kind.ROUND, Kind.DECISION_LATE,
    }  # fmt: skip
    assert not seen_by(town, who) & ours


def test_they_are_done_on_their_page_and_handed_to_nobody(town: CaseTown) -> None:
    town.judge(on=LONG_AGO)
    night(WEDNESDAY)
    late = Item.objects.get(kind=Kind.DECISION_LATE).public
    for intent, missing in (
        (Intent(act=Act.DONE, text="klart nu"), Missing.OWN_PAGE),
        (Intent(act=Act.HAND_OVER, text="ta du", to=Holder.MENTOR), Missing.RECEIVER_NOBODY),
    ):
        with pytest.raises(CannotAct) as refused:
            act_on_one(late, intent, **common(town))
        assert refused.value.missing == [missing]
    act_on_one(
        late, Intent(act=Act.WAIT, text="i morgon", wait_until=WEDNESDAY + timedelta(days=1)),
        **common(town),
    )  # fmt: skip


def test_they_say_what_has_come_and_where_it_is_done_and_never_why(town: CaseTown) -> None:
    town.judge(on=LONG_AGO)
    night(WEDNESDAY)
    page = words(client_of(town.ragnar).get("/"))
    for said in (
        "Huvudmannen frågar i vecka 41", "Svara i registret", "är inte beslutad",
        'href="/franvaroregistret/"', f'href="/elev/{town.saga.public}/utredning/"',
    ):  # fmt: skip
        assert said in page, said
    late = Item.objects.get(kind=Kind.DECISION_LATE).public
    alone = words(client_of(town.ragnar).get(reverse("worklist:item", args=[late])))
    assert "Lämna över" not in alone
    assert "Till utredningen" in alone


def test_a_protected_pupil_makes_none(town: CaseTown) -> None:
    town.judge(on=LONG_AGO)
    town.protect(town.saga, town.ragnar, town.mira)
    assert night(WEDNESDAY) == 0


def test_a_pupil_who_moves_takes_the_question_to_the_new_school(town: CaseTown) -> None:
    town.judge(on=EARLY)
    Enrolment.objects.filter(pupil=town.saga).update(unit=town.ek, group=None)
    night(WEDNESDAY)
    assert {row.unit_id for row in Item.objects.filter(kind=Kind.ROUND)} == {town.ek.pk}


def test_a_pupil_who_has_left_makes_no_question(town: CaseTown) -> None:
    town.judge(on=EARLY)
    Enrolment.objects.filter(pupil=town.saga).update(last_day=MONDAY - timedelta(days=1))
    night(WEDNESDAY)
    assert not Item.objects.filter(kind=Kind.ROUND).exists()
    assert Investigation.objects.exists()
