"""A row is cleared by an honest act of who holds it, and by nothing and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.models import Duty, Enrolment, Staff
from samnarvaro.worklist import services
from samnarvaro.worklist.domain.rows import Act, Missing
from samnarvaro.worklist.models import Act as ActRow
from samnarvaro.worklist.models import Item
from tests.rooms.worklist.school import (
    FRIDAY,
    MONDAY,
    NOON,
    WEDNESDAY,
    School,
    raised,
    scope,
    system,
)


def act(item: Item | UUID, by: Scope, kind: Act = Act.DONE, **given: Any) -> int:
    facts: dict[str, Any] = {"text": "samtal med Saga", "at": NOON, "on": by.day}
    public = item.public if isinstance(item, Item) else item
    return services.act(public, kind, by=by, **facts | given)


def undo(item: Item, by: Scope, **given: Any) -> None:
    services.undo(item.public, by=by, **{"at": NOON, "on": by.day} | given)


def standing(item: Item) -> tuple[str, date | None, str, str, date | None]:
    item.refresh_from_db()
    return item.state, item.acted_on, item.acted_by_name, item.text, item.wait_until


UNTOUCHED = ("open", None, "", "", None)


def test_a_mentor_clears_a_row_by_telling_what_was_done(school: School) -> None:
    item = raised(school.saga)

    act(item, scope(school.mira, FRIDAY), text="  samtal, kartläggning påbörjad ")

    told = ("done", FRIDAY, "Mira Ek", "samtal, kartläggning påbörjad", None)
    assert standing(item) == told
    kept = ActRow.objects.get()
    assert (kept.number, kept.act, kept.acted_on, kept.by_name) == (1, "done", FRIDAY, "Mira Ek")
    assert kept.by == scope(school.mira).viewer


def test_an_act_is_logged_without_its_words(school: School) -> None:
    item = raised(school.saga)

    act(item, scope(school.mira), text="Saga är sjuk")

    written = Writing.objects.get(act="worklist.done")
    assert (written.pupil, written.target) == (str(school.saga.public), f"item:{item.public}")
    assert written.detail == {"number": 1, "before": "open", "after": "done"}
    assert written.role == "mentor"
    assert "sjuk" not in str(vars(written))


def test_a_row_waits_until_a_day_and_can_then_be_cleared(school: School) -> None:
    item, mira = raised(school.saga), scope(school.mira, FRIDAY)

    act(item, mira, Act.WAIT, text="efter lovet", wait_until=MONDAY)
    assert standing(item) == ("waiting", FRIDAY, "Mira Ek", "efter lovet", MONDAY)

    act(item, scope(school.mira, MONDAY), Act.NOT_NEEDED, text="fel registrerat")
    assert standing(item) == ("not_needed", MONDAY, "Mira Ek", "fel registrerat", None)
    assert ActRow.objects.filter(item=item).count() == 2


def test_a_day_given_with_another_act_than_waiting_is_not_kept(school: School) -> None:
    item = raised(school.saga)

    act(item, scope(school.mira), Act.DONE, wait_until=MONDAY)

    assert standing(item)[4] is None


@pytest.mark.parametrize(
    ("kind", "given", "missing"),
    [
        (Act.DONE, {"text": ""}, [Missing.TEXT]),
        (Act.NOT_NEEDED, {"text": "ok"}, [Missing.TEXT_SHORT]),
        (Act.WAIT, {"text": " "}, [Missing.TEXT, Missing.DAY]),
        (Act.WAIT, {"wait_until": WEDNESDAY}, [Missing.DAY_NOT_AHEAD]),
        (Act.WAIT, {"wait_until": WEDNESDAY + timedelta(days=31)}, [Missing.DAY_TOO_LATE]),
        (Act.DONE, {"text": "å" * 2001}, [Missing.TEXT_LONG]),
    ],
)
def test_a_refused_act_tells_every_reason_and_changes_nothing(
    school: School, kind: Act, given: dict[str, Any], missing: list[Missing]
) -> None:
    item = raised(school.saga)

    with pytest.raises(services.CannotAct) as refused:
        act(item, scope(school.mira), kind, **given)

    assert refused.value.missing == missing
    assert standing(item) == UNTOUCHED
    assert not ActRow.objects.exists()
    assert not Writing.objects.exclude(act="worklist.raised").exists()


def test_a_cleared_row_is_not_cleared_again(school: School) -> None:
    item = raised(school.saga, level=2)
    act(item, scope(school.ragnar), text="utredning öppnad")

    with pytest.raises(services.CannotAct, match="cleared_already"):
        act(item, scope(school.diana), Act.NOT_NEEDED)

    assert standing(item)[:3] == ("done", WEDNESDAY, "Ragnar Holm")


def test_a_deputy_principal_holds_the_principals_rows(school: School) -> None:
    item = raised(school.saga, level=2)

    act(item, scope(school.diana), text="utredning öppnad")

    assert standing(item)[2] == "Diana Ask"


Whose = Callable[[School], Staff]
STRANGERS: list[tuple[str, int, Whose]] = [
    ("mentor of another group", 1, lambda school: school.nils),
    ("principal: a mentor's row is not the principal's", 1, lambda school: school.ragnar),
    ("mentor: a principal's row is not the mentor's", 2, lambda school: school.mira),
    ("principal of another school", 2, lambda school: school.petra),
    ("counsellor, who sees the row and may not act", 1, lambda school: school.karin),
    ("counsellor, at the principal's level", 2, lambda school: school.karin),
    ("school administrator", 1, lambda school: school.agda),
    ("another agency", 1, lambda school: school.sonja),
]


@pytest.mark.parametrize(
    ("level", "who"), [each[1:] for each in STRANGERS], ids=[each[0] for each in STRANGERS]
)
def test_a_stranger_gets_the_same_as_for_nothing(school: School, level: int, who: Whose) -> None:
    item, by = raised(school.saga, level), scope(who(school))

    with pytest.raises(services.NoSuchItem) as for_the_row:
        act(item, by)
    with pytest.raises(services.NoSuchItem) as for_nothing:
        act(uuid4(), by)
    with pytest.raises(services.NoSuchItem):
        undo(item, by)

    assert str(for_the_row.value) == str(for_nothing.value)
    assert standing(item) == UNTOUCHED


def test_the_system_clears_nothing(school: School) -> None:
    item = raised(school.saga)

    with pytest.raises(services.NoSuchItem):
        act(item, system())


def test_a_protected_pupils_row_exists_for_its_named_handlers_alone(school: School) -> None:
    school.protect(school.saga, school.ragnar)
    mentors, principals = raised(school.saga, 1), raised(school.saga, 2)

    for item, by in [(mentors, school.mira), (principals, school.diana)]:
        with pytest.raises(services.NoSuchItem):
            act(item, scope(by))
    act(principals, scope(school.ragnar))

    assert standing(mentors) == UNTOUCHED
    assert standing(principals)[2] == "Ragnar Holm"


def test_a_row_follows_the_pupil_to_its_new_mentor(school: School) -> None:
    item = raised(school.saga)
    Duty.objects.filter(staff=school.mira).update(last_day=WEDNESDAY)
    anna = school.staff("anna", "Anna Berg", Role.MENTOR, school.strand, school.class_8b)

    act(item, scope(anna, FRIDAY))

    assert standing(item)[2] == "Anna Berg"


def test_a_pupil_who_has_left_takes_the_row_along(school: School) -> None:
    item = raised(school.saga)
    Enrolment.objects.filter(pupil=school.saga).update(last_day=WEDNESDAY)

    with pytest.raises(services.NoSuchItem):
        act(item, scope(school.mira, FRIDAY))


def test_ones_own_act_can_be_undone_the_same_day(school: School) -> None:
    item, mira = raised(school.saga), scope(school.mira)
    act(item, mira)

    undo(item, mira)

    assert standing(item) == UNTOUCHED
    kept = ActRow.objects.filter(item=item).order_by("number").values_list("number", "act", "text")
    assert list(kept) == [(1, "done", "samtal med Saga"), (2, "undo", "")]
    written = Writing.objects.get(act="worklist.undo")
    assert written.detail == {"number": 2, "before": "done", "after": "open"}


def test_undoing_gives_back_the_act_before(school: School) -> None:
    item = raised(school.saga)
    act(item, scope(school.mira), Act.WAIT, text="efter lovet", wait_until=MONDAY)
    act(item, scope(school.mira, MONDAY))

    undo(item, scope(school.mira, MONDAY))

    assert standing(item) == ("waiting", WEDNESDAY, "Mira Ek", "efter lovet", MONDAY)


def test_pressing_undo_twice_undoes_once(school: School) -> None:
    item, mira = raised(school.saga), scope(school.mira)
    act(item, mira, Act.WAIT, text="efter lovet", wait_until=MONDAY)
    number = act(item, mira)
    undo(item, mira, number=number)

    with pytest.raises(services.CannotAct, match="nothing_to_undo"):
        undo(item, mira, number=number)

    assert standing(item)[0] == "waiting"


@pytest.mark.parametrize(
    ("who", "day", "reason"),
    [
        ("diana", WEDNESDAY, "not_yours"),
        ("ragnar", WEDNESDAY + timedelta(days=1), "another_day"),
    ],
)
def test_what_others_have_relied_on_is_not_undone(
    school: School, who: str, day: date, reason: str
) -> None:
    item = raised(school.saga, level=2)
    act(item, scope(school.ragnar))

    with pytest.raises(services.CannotAct, match=reason):
        undo(item, scope(getattr(school, who), day))

    assert standing(item)[0] == "done"
    assert ActRow.objects.count() == 1


def test_an_untouched_row_has_nothing_to_undo(school: School) -> None:
    item = raised(school.saga)

    with pytest.raises(services.CannotAct, match="nothing_to_undo"):
        undo(item, scope(school.mira))


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "gone"},
        {"state": "done"},
        {"state": "done", "act_number": 1, "acted_on": FRIDAY, "acted_by": "mira"},
        {"state": "done", "act_number": 1, "acted_on": FRIDAY, "text": "samtal"},
        {"state": "open", "text": "samtal"},
        {"state": "open", "wait_until": MONDAY},
        {
            "state": "waiting", "act_number": 1, "acted_on": FRIDAY, "acted_by": "mira",
            "text": "efter lovet",
        },
    ],
)  # fmt: skip
def test_the_database_refuses_a_row_cleared_without_an_act(
    school: School, wrong: dict[str, Any]
) -> None:
    item = raised(school.saga)

    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**wrong)
