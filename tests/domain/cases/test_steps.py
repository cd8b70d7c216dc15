"""The table of the seven steps: each guard just met and just missed, and no move beside the table."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.cases.domain import steps, telling
from samnarvaro.cases.domain.investigation import INVESTIGATORS, LEADS
from samnarvaro.cases.domain.steps import CLOSING, MOVES, OF_THE_STEP, Fact, Fault, Known, Step
from samnarvaro.cases.domain.telling import Told
from samnarvaro.kernel.access import Role
from samnarvaro.people.domain.signs import Sign, signs

TODAY = date(2026, 10, 21)


def known(step: Step, *facts: Fact, **more: Any) -> Known:
    return Known(step=step, facts=frozenset(facts), fresh=frozenset(facts), **more)


@pytest.mark.parametrize(("way", "move"), MOVES.items())
def test_a_move_is_let_when_nothing_lacks_and_by_who_decides(
    way: tuple[Step, Step], move: steps.Move
) -> None:
    at, to = way
    for role in Role:
        refusal = steps.against(known(at, *move.needs), to, role=role)
        assert bool(refusal) is (role not in move.decides)


@pytest.mark.parametrize(
    ("way", "fact"), [(way, fact) for way, move in MOVES.items() for fact in move.needs]
)
def test_each_thing_that_lacks_stops_it_and_is_told(way: tuple[Step, Step], fact: Fact) -> None:
    at, to = way
    rest = [each for each in MOVES[way].needs if each is not fact]

    assert steps.against(known(at, *rest), to, role=Role.PRINCIPAL).missing == [fact]


def test_all_that_lacks_is_told_at_once() -> None:
    refusal = steps.against(known(Step.INTAKE), Step.PLANNING, role=Role.PRINCIPAL)
    assert refusal.missing == [
        Fact.DECISION, Fact.INVITATION, Fact.YES_SUPPORT, Fact.SHARING, Fact.MAPPING,
    ]  # fmt: skip


@pytest.mark.parametrize("at", Step)
@pytest.mark.parametrize("to", Step)
def test_no_move_is_made_that_is_not_in_the_table(at: Step, to: Step) -> None:
    refusal = steps.against(known(at, *Fact), to, role=Role.PRINCIPAL)
    assert bool(refusal) is ((at, to) not in MOVES)
    if (at, to) not in MOVES:
        assert refusal.faults == [Fault.NO_SUCH_MOVE]


def test_every_step_leads_on_and_can_be_closed() -> None:
    order = list(Step)
    for at, to in itertools.pairwise(order):
        assert (at, to) in MOVES
        assert (at, Step.CLOSURE) in MOVES
    assert steps.ways_from(Step.CLOSURE) == [Step.INTAKE]
    assert steps.next_of(Step.CLOSURE) is None


@pytest.mark.parametrize("fact", sorted(OF_THE_STEP))
def test_what_belongs_to_a_round_counts_in_its_own_step_alone(fact: Fact) -> None:
    way = next(way for way, move in MOVES.items() if fact in move.needs)
    needs = frozenset(MOVES[way].needs)
    old = Known(step=way[0], facts=needs, fresh=needs - {fact})
    assert steps.missing(old, way[1]) == [fact]


def test_a_case_that_rests_goes_nowhere_but_to_its_end() -> None:
    at = known(Step.PLANNING, *Fact, is_paused=True)
    assert steps.against(at, Step.CARRYING_OUT, role=Role.PRINCIPAL).faults == [Fault.PAUSED]
    assert not steps.against(at, Step.CLOSURE, role=Role.PRINCIPAL)


def test_no_to_support_stops_the_start_and_not_the_closing() -> None:
    at = known(Step.INTAKE, *Fact, said_no=True)
    assert steps.against(at, Step.PLANNING, role=Role.PRINCIPAL).faults == [Fault.SAID_NO]
    assert not steps.against(at, Step.CLOSURE, role=Role.PRINCIPAL)


def test_the_start_and_the_end_are_the_principals() -> None:
    for way, move in MOVES.items():
        if way[1] in (Step.INTAKE, Step.PLANNING, Step.CLOSURE) and way[0] is not Step.FOLLOW_UP:
            assert move.decides == LEADS, way
    assert MOVES[Step.PLANNING, Step.CARRYING_OUT].decides == INVESTIGATORS


def told(fact: Fact = Fact.GOAL, **given: Any) -> list[Fault]:
    line: dict[str, Any] = {"words": "komma till måndagens bild"}
    around: dict[str, Any] = {
        "step": Step.PLANNING, "role": Role.COUNSELLOR, "is_paused": False, "age": 14, "on": TODAY,
    }  # fmt: skip
    around |= {key: given.pop(key) for key in list(given) if key in around}
    return telling.faults(Told(fact=fact, **line | given), **around)


def test_a_fact_is_told_by_its_shape() -> None:
    assert told() == []
    assert told(words="ok") == [Fault.WORDS]
    assert told(words="a" * 8001) == [Fault.TOO_LONG]
    assert told(Fact.TRIGGER, choice="nothing") == [Fault.CHOICE]
    assert told(Fact.STATUS, choice="9", words="") == [Fault.CHOICE]
    assert told(Fact.STATUS, choice="8", words="") == []
    assert told(Fact.LOOK_ON, words="") == [Fault.DAY]
    assert told(Fact.LOOK_ON, words="", day=TODAY) == [Fault.DAY_NOT_AHEAD]
    assert told(Fact.LOOK_ON, words="", day=TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("age", "faults"), [(None, [Fault.TOO_YOUNG]), (14, [Fault.TOO_YOUNG]), (15, [])]
)
def test_from_fifteen_a_pupil_says_yes_to_support_alone(
    age: int | None, faults: list[Fault]
) -> None:
    line = {"choice": "pupil", "words": "", "day": TODAY}
    assert told(Fact.YES_SUPPORT, age=age, **line) == faults
    assert told(Fact.YES_SUPPORT, age=age, **line | {"choice": "guardians"}) == []


def test_the_decision_is_told_by_who_leads_and_nothing_by_a_mentor() -> None:
    assert told(Fact.DECISION) == [Fault.NOT_YOURS]
    assert told(Fact.DECISION, role=Role.DEPUTY_PRINCIPAL) == []
    assert told(role=Role.MENTOR) == [Fault.NOT_YOURS]


def test_into_a_case_that_rests_or_is_closed_nothing_is_told_but_its_end() -> None:
    assert told(is_paused=True) == [Fault.PAUSED]
    assert told(Fact.WISH, choice="pupil", is_paused=True) == []
    assert told(Fact.REASON, choice="moved", is_paused=True) == []
    assert told(step=Step.CLOSURE) == [Fault.IS_CLOSED]


def test_a_case_begins_with_a_need_and_is_alone() -> None:
    def faults(need: str, role: Role, *, is_open: bool) -> list[Fault]:
        referrer = steps.Referrer.GUARDIAN if need else None
        return telling.faults_in_opening(need, referrer, role=role, is_open=is_open)

    assert faults("en vuxen på morgonen", Role.MENTOR, is_open=False) == []
    assert faults("", Role.TEACHER, is_open=True) == [
        Fault.NOT_YOURS, Fault.ALREADY_OPEN, Fault.NEED, Fault.REFERRER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "faults"), [(0, [Fault.DAY_NOT_AHEAD]), (1, []), (90, []), (91, [Fault.DAY_NOT_AHEAD])]
)
def test_a_case_rests_to_a_day_within_three_months(days: int, faults: list[Fault]) -> None:
    found = telling.faults_in_pause(
        "sommarlov", TODAY + timedelta(days=days), step=Step.PLANNING, role=Role.PRINCIPAL,
        is_paused=False, on=TODAY,
    )  # fmt: skip
    assert found == faults


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ett barn i mellanstadiet kommer inte iväg, 3 dagar av 5.", []),
        ("Född 121212-2384", [Sign.NUMBER]),
        ("Ring 070-174 06 05", [Sign.NUMBER]),
        ("12345 minuter", []),
        ("123456 minuter", [Sign.NUMBER]),
        ("skriv till lena@example.org", [Sign.ADDRESS, Sign.NAME]),
        ("Sagas mamma är orolig", [Sign.NAME]),
        ("på strandskolan", [Sign.NAME]),
        ("i 8b", [Sign.NAME]),
        ("en saga före läggdags", [Sign.NAME]),
    ],
)
def test_what_may_tell_who_somebody_is_is_seen(text: str, found: list[Sign]) -> None:
    names = ["Saga Lind", "Lena Lind", "Strandskolan", "8B"]
    assert signs(text, names=names) == found


def test_what_closes_a_case_can_be_written() -> None:
    assert set(CLOSING) <= set(steps.SHAPES)
    assert Fact.SHARING not in steps.SHAPES
