"""A row is handed over with words: the receiver sees from whom, and nothing is lost on the way."""

from datetime import timedelta
from typing import Any

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, Intent, Missing, State
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised, scope

WORDS = "vi har pratat två gånger och behöver hjälp"


def hand(item: Item, to: Holder | None, by: Scope, text: str = WORDS) -> int:
    intent = Intent(act=Act.HAND_OVER, text=text, to=to)
    return services.act_on_one(item.public, intent, by=by, at=NOON, on=by.day)


def undo(item: Item, by: Scope) -> None:
    services.undo(item.public, by=by, at=NOON, on=by.day)


def names(by: Scope) -> list[str]:
    return [row.name for row in queries.mine(by=by, on=by.day).rows]


def test_the_receiver_sees_the_row_from_whom_and_why(school: School) -> None:
    item = raised(school.saga)
    mira, karin = scope(school.mira, FRIDAY), scope(school.karin, FRIDAY)

    hand(item, Holder.STUDENT_HEALTH_TEAM, mira)

    assert (names(mira), names(karin)) == ([], ["Saga Lind"])
    row = queries.get(item.public, by=karin, on=FRIDAY)
    assert (row.state, row.holder, row.due_on) == (
        State.HANDED, Holder.STUDENT_HEALTH_TEAM, item.due_on,
    )  # fmt: skip
    assert row.last is not None
    assert (row.last.by_name, row.last.text, row.last.is_mine_to_undo) == ("Mira Ek", WORDS, False)
    written = Writing.objects.get(act="worklist.hand_over")
    assert written.detail["to"] == "student_health_team"
    assert WORDS not in str(vars(written))


def test_words_that_were_not_written_for_the_receiver_stay_unread(school: School) -> None:
    item, karin = raised(school.saga), scope(school.karin, FRIDAY)
    facts: dict[str, Any] = {"by": scope(school.mira, FRIDAY), "at": NOON, "on": FRIDAY}
    until = FRIDAY + timedelta(days=5)
    services.act(item.public, Act.WAIT, text="Saga är sjuk", wait_until=until, **facts)
    hand(item, Holder.COUNSELLOR, scope(school.mira, FRIDAY))

    (row,) = queries.of_pupil(school.saga.pk, by=karin, on=FRIDAY)

    assert [act.text for act in row.acts] == [None, WORDS]


def test_what_is_handed_back_is_whole(school: School) -> None:
    item = raised(school.saga)
    mira, karin = scope(school.mira, FRIDAY), scope(school.karin, FRIDAY)
    hand(item, Holder.COUNSELLOR, mira)

    hand(item, Holder.MENTOR, karin, text="samtalet behöver komma från dig")

    row = queries.get(item.public, by=mira, on=FRIDAY)
    assert (names(mira), names(karin)) == (["Saga Lind"], [])
    assert row.last is not None
    assert (row.last.by_name, row.last.handed_to) == ("Karin Sjö", Holder.MENTOR)
    assert (row.figures, row.raised_on, row.due_on) == (item.figures, item.raised_on, item.due_on)
    kept = ActRow.objects.order_by("number").values_list("handed_from", "handed_to")
    assert list(kept) == [("mentor", "counsellor"), ("counsellor", "mentor")]


def test_who_handed_it_over_can_take_it_back_the_same_day(school: School) -> None:
    item, mira = raised(school.saga), scope(school.mira, FRIDAY)
    hand(item, Holder.PRINCIPAL, mira)
    assert queries.get(item.public, by=mira, on=FRIDAY).last is not None
    assert [row.public for row in queries.acted_today(by=mira, on=FRIDAY)] == [item.public]

    undo(item, mira)

    item.refresh_from_db()
    assert (item.acts, item.state, item.act, item.text) == ("mentor", "open", "", "")
    assert names(scope(school.ragnar, FRIDAY)) == []


def test_when_the_receiver_has_acted_it_is_not_taken_back(school: School) -> None:
    item = raised(school.saga)
    hand(item, Holder.COUNSELLOR, scope(school.mira, FRIDAY))
    services.act(
        item.public, Act.DONE, text="pratat", by=scope(school.karin, FRIDAY), at=NOON, on=FRIDAY
    )

    with pytest.raises(services.NoSuchItem):
        undo(item, scope(school.mira, FRIDAY))

    item.refresh_from_db()
    assert (item.acts, item.state) == ("counsellor", "done")


def test_the_day_after_it_is_not_at_hand_any_more(school: School) -> None:
    item = raised(school.saga)
    hand(item, Holder.COUNSELLOR, scope(school.mira, FRIDAY))
    tomorrow = FRIDAY + timedelta(days=1)

    with pytest.raises(queries.NoSuchItem):
        queries.get(item.public, by=scope(school.mira, tomorrow), on=tomorrow)


@pytest.mark.parametrize(
    ("to", "missing"),
    [
        (None, Missing.RECEIVER),
        (Holder.TEACHER, Missing.RECEIVER),
        (Holder.SCHOOL_ADMINISTRATOR, Missing.RECEIVER),
        (Holder.MENTOR, Missing.RECEIVER_HAS_IT),
    ],
)
def test_a_refused_hand_over_changes_nothing(
    school: School, to: Holder | None, missing: Missing
) -> None:
    item = raised(school.saga)

    with pytest.raises(services.CannotAct) as refused:
        hand(item, to, scope(school.mira, FRIDAY), text="")

    assert refused.value.missing == [Missing.TEXT, missing]
    assert names(scope(school.mira, FRIDAY)) == ["Saga Lind"]
    assert not ActRow.objects.exists()


def test_nothing_is_handed_where_nobody_is(school: School) -> None:
    item = raised(school.robin, acts=Holder.PRINCIPAL)

    with pytest.raises(services.CannotAct, match="receiver_nobody"):
        hand(item, Holder.COUNSELLOR, scope(school.petra, FRIDAY))

    assert names(scope(school.petra, FRIDAY)) == ["Robin Åberg"]


def test_a_protected_pupils_row_goes_to_its_named_handlers_or_nowhere(school: School) -> None:
    school.protect(school.saga, school.ragnar, school.karin)
    item, ragnar = raised(school.saga, level=2), scope(school.ragnar, FRIDAY)

    with pytest.raises(services.CannotAct, match="receiver_nobody"):
        hand(item, Holder.MENTOR, ragnar)
    hand(item, Holder.COUNSELLOR, ragnar)

    assert names(scope(school.karin, FRIDAY)) == ["T"]


def test_a_stranger_cannot_hand_it_over(school: School) -> None:
    item = raised(school.saga)

    for who in (school.nils, school.ragnar, school.petra, school.sonja):
        with pytest.raises(services.NoSuchItem):
            hand(item, Holder.COUNSELLOR, scope(who, FRIDAY))
