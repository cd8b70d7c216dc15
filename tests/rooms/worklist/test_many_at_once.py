"""The same is done on many rows at once, on all or on none, and each is logged."""

from uuid import UUID, uuid4

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.rows import Act, Intent, Missing
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import FRIDAY, NOON, School, raised, scope

DONE = Intent(act=Act.DONE, text="  samtal i dag ")


def three(school: School) -> list[Item]:
    maja = school.pupil("Maja", "Sund", school.class_8b)
    return [raised(pupil) for pupil in (school.saga, school.noor, maja)]


def all_at_once(items: list[UUID], by: Scope, intent: Intent = DONE) -> int:
    return services.act_on_many(items, intent, by=by, at=NOON, on=by.day)


def test_one_text_for_all_of_them_and_a_line_in_the_log_for_each(school: School) -> None:
    items = three(school)

    assert all_at_once([item.public for item in items], scope(school.mira, FRIDAY)) == 3

    told = Item.objects.values_list("state", "text", "acted_by_name")
    assert set(told) == {("done", "samtal i dag", "Mira Ek")}
    assert Writing.objects.filter(act="worklist.done").count() == 3
    assert queries.mine(by=scope(school.mira, FRIDAY), on=FRIDAY).rows == ()


def test_each_of_them_can_be_undone_by_itself(school: School) -> None:
    items, mira = three(school), scope(school.mira, FRIDAY)
    all_at_once([item.public for item in items], mira)

    services.undo(items[1].public, by=mira, at=NOON, on=FRIDAY)

    assert sorted(Item.objects.values_list("state", flat=True)) == ["done", "done", "open"]


def test_one_that_refuses_stops_them_all_and_is_told_with_why(school: School) -> None:
    items, mira = three(school), scope(school.mira, FRIDAY)
    services.act(items[0].public, Act.NOT_NEEDED, text="redan klart", by=mira, at=NOON, on=FRIDAY)
    handed = Intent(act=Act.HAND_OVER, text="behöver hjälp", to=Holder.COUNSELLOR)
    services.act_on_one(items[1].public, handed, by=mira, at=NOON, on=FRIDAY)
    before = ActRow.objects.count()

    with pytest.raises(services.CannotActOnAll) as refused:
        all_at_once([item.public for item in items], mira)

    assert refused.value.refused == {
        items[0].public: [Missing.CLEARED_ALREADY],
        items[1].public: [Missing.NOT_HELD],
    }
    items[2].refresh_from_db()
    assert items[2].state == "open"
    assert ActRow.objects.count() == before


def test_without_words_every_row_refuses(school: School) -> None:
    items = three(school)

    with pytest.raises(services.CannotActOnAll) as refused:
        all_at_once(
            [item.public for item in items],
            scope(school.mira, FRIDAY),
            Intent(act=Act.WAIT, text=" "),
        )

    assert set(map(tuple, refused.value.refused.values())) == {(Missing.TEXT, Missing.DAY)}
    assert not ActRow.objects.exists()


def test_a_strangers_row_among_them_is_as_one_that_is_not_there(school: School) -> None:
    items, nils = three(school), scope(school.nils, FRIDAY)

    for some in ([items[0].public], [uuid4()], []):
        with pytest.raises(services.NoSuchItem):
            all_at_once(some, nils)

    assert not ActRow.objects.exists()


def test_there_is_a_most_that_is_done_at_once(school: School) -> None:
    item = raised(school.saga)
    many = [item.public, *(uuid4() for _ in range(services.MOST_AT_ONCE))]

    with pytest.raises(services.NoSuchItem):
        all_at_once(many, scope(school.mira, FRIDAY))
