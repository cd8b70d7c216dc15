"""Rule sets that are chosen, copied, changed and taken back: what is refused changes nothing."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from samnarvaro.audit.models import Writing
from samnarvaro.kernel.access import Role, Scope
from samnarvaro.people.models import Staff
from samnarvaro.staircase.domain.holding import Missing
from samnarvaro.staircase.domain.reading import NotARuleSet
from samnarvaro.staircase.models import Choice, RuleSet
from samnarvaro.staircase.queries import NoSuchRuleSet, held, rule_set
from samnarvaro.staircase.services import CannotChange, choosing, rulebook
from tests.rooms.worklist.school import NOON, School, scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
MONDAY = date(2026, 11, 30)


@pytest.fixture
def by(db: None) -> Scope:  # noqa: ARG001  # the database is to be there
    school = School()
    siri: Staff = school.staff("siri", "Siri Berg", Role.SYSTEM_ADMINISTRATOR, school.strand)
    return scope(siri, TODAY)


def choose(by: Scope, key: str = "routine", first_day: date = MONDAY, **more: Any) -> Choice:
    wanted = choosing.Wanted(key=key, first_day=first_day, **more)
    return choosing.choose(wanted, by=by, at=NOON, on=TODAY)


def keys(on: date) -> list[str]:
    return [each.book.key for each in held.staircases(held.held(on=on))]


def everything() -> list[Any]:
    return [
        *Choice.objects.order_by("pk").values(),
        *RuleSet.objects.order_by("pk").values(),
        *Writing.objects.order_by("pk").values_list("act"),
    ]


def rules_of(key: str) -> list[dict[str, Any]]:
    return list(rule_set(key, on=TODAY)[0].rules)


def copy(by: Scope, name: str = "Vår trappa") -> RuleSet:
    draft = rulebook.Draft(name=name, rules=rules_of("city"))
    return rulebook.copy(draft, by=by, at=NOON, on=TODAY)


def change(by: Scope, key: str, holds_from: date = MONDAY, percent: int = 12) -> RuleSet:
    rules = rules_of("city")
    rules[0] = rules[0] | {"percent": percent}
    draft = rulebook.Draft(name="Vår trappa", rules=rules)
    return rulebook.change(key, draft, holds_from=holds_from, by=by, at=NOON, on=TODAY)


def test_a_rule_set_that_is_chosen_holds_from_its_day(by: Scope) -> None:
    choose(by)

    assert keys(MONDAY - timedelta(days=1)) == ["city"]
    assert keys(MONDAY) == ["city", "routine"]
    choice = Choice.objects.get(key="routine")
    assert (choice.chosen_by, choice.chosen_by_name) == (by.viewer, "Siri Berg")
    logged = Writing.objects.get(act="rules.chosen")
    assert logged.detail == {
        "key": "routine",
        "first_day": "2026-11-30",
        "units": 0,
        "grades": "",
        "types": "",
    }


def test_it_can_come_instead_of_another_which_ends_the_day_before(by: Scope) -> None:
    city = Choice.objects.get(key="city")
    choose(by, instead_of=frozenset({city.public}))

    assert keys(MONDAY - timedelta(days=1)) == ["city"]
    assert keys(MONDAY) == ["routine"]
    assert Writing.objects.filter(act="rules.choice_ended").count() == 1


def test_until_its_first_day_it_can_be_taken_back_and_what_it_replaced_goes_on(by: Scope) -> None:
    city = Choice.objects.get(key="city")
    choice = choose(by, instead_of=frozenset({city.public}))
    eve = MONDAY - timedelta(days=1)

    choosing.take_back(choice.public, by=by, at=NOON, on=eve)

    assert keys(MONDAY) == ["city"]
    assert Choice.objects.filter(key="routine").count() == 1, "what was taken back can be looked up"
    assert Writing.objects.filter(act="rules.choice_taken_back").count() == 1
    with pytest.raises(CannotChange) as again:
        choosing.take_back(choice.public, by=by, at=NOON, on=eve)
    assert again.value.missing == [Missing.TAKEN_BACK]


def test_on_its_first_day_it_stands(by: Scope) -> None:
    choice = choose(by)
    before = everything()

    with pytest.raises(CannotChange) as refused:
        choosing.take_back(choice.public, by=by, at=NOON, on=MONDAY)

    assert refused.value.missing == [Missing.HAS_BEGUN]
    assert everything() == before


@pytest.mark.parametrize(
    ("first_day", "is_refused"),
    [(TODAY - timedelta(days=1), True), (TODAY, True), (TOMORROW, False)],
)
def test_a_choice_begins_tomorrow_at_the_earliest(
    by: Scope, first_day: date, is_refused: bool
) -> None:
    before = everything()
    if not is_refused:
        choose(by, first_day=first_day)
        return
    with pytest.raises(CannotChange) as refused:
        choose(by, first_day=first_day)
    assert refused.value.missing == [Missing.DAY_NOT_AHEAD]
    assert everything() == before


def test_everything_that_stops_a_choice_is_told_at_once(by: Scope) -> None:
    before = everything()
    with pytest.raises(CannotChange) as refused:
        choose(by, "city", TODAY, grades=frozenset({"11"}), types=frozenset({"VUX"}))
    assert refused.value.missing == [
        Missing.DAY_NOT_AHEAD,
        Missing.GRADE_UNKNOWN,
        Missing.TYPE_UNKNOWN,
    ]
    assert everything() == before


def test_it_is_chosen_for_some_school_types_and_others_stay_free(by: Scope) -> None:
    choice = choose(by, types=frozenset({"GRS", "GR"}))
    assert choice.types == ["GR", "GRS"]
    choose(by, types=frozenset({"GY"}))
    with pytest.raises(CannotChange) as refused:
        choose(by, types=frozenset({"GR", "GRS"}), first_day=TOMORROW)
    assert refused.value.missing == [Missing.CHOSEN_SO_ALREADY]


def test_the_same_is_not_chosen_twice_for_the_same_places(by: Scope) -> None:
    choose(by, grades=frozenset({"7", "8"}))
    with pytest.raises(CannotChange) as refused:
        choose(by, grades=frozenset({"8", "7"}), first_day=TOMORROW)
    assert refused.value.missing == [Missing.CHOSEN_SO_ALREADY]
    choose(by, grades=frozenset({"9"}))


def test_a_rule_set_or_a_choice_that_is_not_there_is_refused(by: Scope) -> None:
    before = everything()
    with pytest.raises(NoSuchRuleSet):
        choose(by, "nothing")
    with pytest.raises(choosing.NoSuchChoice):
        choosing.take_back(uuid4(), by=by, at=NOON, on=TODAY)
    with pytest.raises(choosing.NoSuchChoice):
        choose(by, instead_of=frozenset({uuid4()}))
    assert everything() == before


@pytest.mark.parametrize(
    ("last_day", "is_refused"),
    [(TODAY - timedelta(days=1), True), (TODAY, False), (TOMORROW, False)],
)
def test_a_choice_ends_today_at_the_earliest(by: Scope, last_day: date, is_refused: bool) -> None:
    city = Choice.objects.get(key="city")
    if is_refused:
        with pytest.raises(CannotChange):
            choosing.end(city.public, last_day=last_day, by=by, at=NOON, on=TODAY)
        assert keys(TOMORROW) == ["city"]
        return
    choosing.end(city.public, last_day=last_day, by=by, at=NOON, on=TODAY)
    assert keys(last_day) == ["city"]
    assert keys(last_day + timedelta(days=1)) == []


def test_what_has_ended_is_not_ended_again(by: Scope) -> None:
    city = Choice.objects.get(key="city")
    choosing.end(city.public, last_day=TODAY, by=by, at=NOON, on=TODAY)
    with pytest.raises(CannotChange) as refused:
        choosing.end(city.public, last_day=MONDAY, by=by, at=NOON, on=MONDAY)
    assert refused.value.missing == [Missing.ENDED_ALREADY]


def test_a_copy_is_ones_own_and_begins_with_version_one(by: Scope) -> None:
    row = copy(by)

    assert (row.key, row.version, row.holds_from) == ("own-1", 1, TOMORROW)
    assert row.rules == rules_of("city")
    assert copy(by).key == "own-2"
    assert Writing.objects.filter(act="rules.version_made").count() == 2


def test_a_change_makes_a_new_version_and_leaves_the_old_as_it_was(by: Scope) -> None:
    copy(by)
    before = RuleSet.objects.get(key="own-1").rules

    change(by, "own-1")

    assert RuleSet.objects.get(key="own-1", version=1).rules == before
    eve = MONDAY - timedelta(days=1)
    assert [rule_set("own-1", on=day)[1].version for day in (eve, MONDAY)] == [1, 2]


def test_the_shipped_rule_sets_are_copied_never_changed(by: Scope) -> None:
    before = everything()
    with pytest.raises(CannotChange) as refused:
        change(by, "city")
    assert refused.value.missing == [Missing.SHIPPED]
    with pytest.raises(NoSuchRuleSet):
        rulebook.take_version_back("city", 1, by=by, at=NOON, on=TODAY)
    assert everything() == before


def test_a_version_begins_after_today_and_not_before_a_later_one(by: Scope) -> None:
    copy(by)
    with pytest.raises(CannotChange) as refused:
        change(by, "own-1", TODAY)
    assert refused.value.missing == [Missing.DAY_NOT_AHEAD, Missing.DAY_BEFORE_ANOTHER]
    change(by, "own-1", MONDAY)
    with pytest.raises(CannotChange) as refused:
        change(by, "own-1", MONDAY - timedelta(days=1))
    assert refused.value.missing == [Missing.DAY_BEFORE_ANOTHER]
    change(by, "own-1", MONDAY)  # the same day: the later version holds


def test_a_version_is_taken_back_until_its_first_day_and_its_number_is_not_used_again(
    by: Scope,
) -> None:
    copy(by)
    change(by, "own-1")
    rulebook.take_version_back("own-1", 2, by=by, at=NOON, on=MONDAY - timedelta(days=1))

    assert rule_set("own-1", on=MONDAY)[1].version == 1
    assert change(by, "own-1").version == 3
    with pytest.raises(CannotChange) as refused:
        rulebook.take_version_back("own-1", 3, by=by, at=NOON, on=MONDAY)
    assert refused.value.missing == [Missing.HAS_BEGUN]


def test_the_only_version_of_what_is_chosen_is_not_taken_back(by: Scope) -> None:
    copy(by)
    choose(by, "own-1")
    with pytest.raises(CannotChange) as refused:
        rulebook.take_version_back("own-1", 1, by=by, at=NOON, on=TODAY)
    assert refused.value.missing == [Missing.IS_CHOSEN]


@pytest.mark.parametrize("name", ["", "  ", "a" * 121, "två\nrader"])
def test_a_rule_set_has_a_name_in_one_line(by: Scope, name: str) -> None:
    before = everything()
    with pytest.raises(CannotChange) as refused:
        copy(by, name)
    assert refused.value.missing == [Missing.NAME]
    assert everything() == before


def test_rules_that_make_no_rule_set_are_refused_with_their_faults(by: Scope) -> None:
    copy(by)
    before = everything()
    with pytest.raises(NotARuleSet) as refused:
        change(by, "own-1", percent=101)
    assert [(fault.rule, fault.field) for fault in refused.value.faults] == [
        ("month-over-10", "percent")
    ]
    assert everything() == before
