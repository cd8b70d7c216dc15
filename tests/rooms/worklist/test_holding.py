"""What was taken and left lying enters its owner's day, and then the principal's; nothing is cleared."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Holder, Scope
from samnarvaro.organisation.models import CalendarSpan
from samnarvaro.worklist import queries, services
from samnarvaro.worklist.domain.holding import Taken
from samnarvaro.worklist.domain.rows import Act, Intent, When
from samnarvaro.worklist.models import Item
from samnarvaro.worklist.queries import holding
from tests.rooms.worklist.school import FRIDAY, NOON, WEDNESDAY, School, raised, scope, system

TEAM = Holder.STUDENT_HEALTH_TEAM


def school_days_after(day: date, count: int) -> date:
    """So many Mondays to Fridays after a day: the small school has no calendar of its own."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def night(day: date) -> services.LeftLying:
    return services.raise_left_lying(on=day, by=system(day), at=NOON)


def handed(school: School) -> Item:
    """Saga's row, due far ahead, handed to the student health team on the Friday."""
    item = raised(school.saga, due_on=FRIDAY + timedelta(days=60))
    intent = Intent(act=Act.HAND_OVER, text="vi behöver hjälp", to=TEAM)
    services.act_on_one(item.public, intent, by=scope(school.mira, FRIDAY), at=NOON, on=FRIDAY)
    return item


def held() -> list[tuple[str, str]]:
    rows = Item.objects.filter(subject__startswith="held:").order_by("pk")
    return list(rows.values_list("kind", "acts"))


@pytest.mark.parametrize(("days", "is_today"), [(9, False), (10, True), (11, True)])
def test_a_row_that_was_handed_over_and_left_lying_enters_the_receivers_day(
    school: School, days: int, is_today: bool
) -> None:
    item, day = handed(school), school_days_after(FRIDAY, days)

    found = night(day)

    assert found.lain == int(is_today)
    row = queries.get(item.public, by=scope(school.karin, day), on=day)
    assert (row.when is When.TODAY) is is_today
    assert row.state == "handed"
    assert held() == []


@pytest.mark.parametrize(("days", "rows"), [(14, 0), (15, 1), (16, 1)])
def test_after_five_more_school_days_the_principal_has_a_row(
    school: School, days: int, rows: int
) -> None:
    handed(school)
    day = school_days_after(FRIDAY, days)

    night(day)

    assert held() == [("held.row", "principal")] * rows
    mine = queries.mine(by=scope(school.ragnar, day), on=day).due_today
    assert len(mine) == rows
    assert all("hos elevhälsoteamet har legat sedan 23 oktober" in row.why for row in mine)


def test_the_night_can_be_run_again_without_more_rows(school: School) -> None:
    handed(school)
    day = school_days_after(FRIDAY, 15)
    night(day)
    before = list(Item.objects.values_list("subject", "lain_on"))

    again = night(day)

    assert (again.lain, again.raised, again.recovered) == (0, 0, 0)
    assert list(Item.objects.values_list("subject", "lain_on")) == before
    assert Writing.objects.filter(act="worklist.lain").count() == 1


def test_days_without_school_do_not_count(school: School) -> None:
    item, day = handed(school), school_days_after(FRIDAY, 10)
    CalendarSpan.objects.create(
        authority=school.authority,
        first_day=day - timedelta(days=1),
        last_day=day - timedelta(days=1),
        is_school_day=False,
        label="studiedag",
    )

    assert night(day).lain == 0
    assert night(school_days_after(day, 1)).lain == 1
    item.refresh_from_db()
    assert item.lain_on == school_days_after(day, 1)


def test_a_row_put_off_is_not_neglected_before_its_day(school: School) -> None:
    item, until = raised(school.saga), FRIDAY + timedelta(days=14)
    facts = {"text": "möte bokat", "wait_until": until}
    services.act(item.public, Act.WAIT, by=scope(school.mira, FRIDAY), at=NOON, on=FRIDAY, **facts)  # type: ignore[arg-type]  # a day and words

    assert night(school_days_after(until, 9)).lain == 0
    assert night(school_days_after(until, 10)).lain == 1


def test_who_takes_it_in_hand_again_begins_anew_and_the_principals_row_says_so(
    school: School,
) -> None:
    item, day = handed(school), school_days_after(FRIDAY, 15)
    night(day)
    intent = Intent(act=Act.DECIDED, text="Sten träffar Saga", wait_until=day + timedelta(days=3))
    services.act_on_one(item.public, intent, by=scope(school.karin, day), at=NOON, on=day)

    night(day + timedelta(days=1))

    item.refresh_from_db()
    assert item.lain_on is None
    principals = Item.objects.get(subject__startswith="held:")
    assert (principals.state, principals.recovered_on) == ("open", day + timedelta(days=1))


def test_an_untouched_row_is_not_among_what_was_taken(school: School) -> None:
    raised(school.saga)

    assert night(school_days_after(WEDNESDAY, 40)) == services.LeftLying()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Taken], None]]:
    """Another room that has things which have been taken."""
    things: list[Taken] = []

    def provider(_by: Scope, _on: date) -> list[Taken]:
        return things

    monkeypatch.setattr(holding, "_providers", [provider])
    yield things.append
    things.clear()


@pytest.mark.parametrize(
    ("days", "rows"),
    [(9, []), (10, ["mentor"]), (14, ["mentor"]), (15, ["mentor", "principal"])],
)
def test_another_rooms_thing_gets_a_row_for_its_owner_and_then_the_principal(
    school: School, told: Callable[[Taken], None], days: int, rows: list[str]
) -> None:
    told(
        Taken(
            subject="plan:1",
            kind="plan.lain",
            pupil=school.saga.pk,
            owner=Holder.MENTOR,
            last_act=FRIDAY,
        )
    )

    night(school_days_after(FRIDAY, days))

    assert sorted(held()) == [("plan.lain", holder) for holder in rows]
