"""What an investigation holds before it is decided, followed up and closed; who writes what, when."""

from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.cases.domain import investigation as domain
from samnarvaro.cases.domain.investigation import (
    Consulted,
    Fault,
    Judgement,
    Outcome,
    Part,
    Perspective,
    State,
    Support,
    Written,
)
from samnarvaro.kernel.access import Role

TODAY = date(2026, 10, 21)
WHOLE: dict[str, Any] = {
    "state": State.OPEN, "consulted": frozenset(Consulted), "has_analysis": True,
    "support": Support.NOT_MET, "measures": 1,
}  # fmt: skip


def test_nothing_is_missing_when_all_that_the_law_asks_for_is_there() -> None:
    assert domain.missing_for_decision(Written(**WHOLE)) == []


@pytest.mark.parametrize(
    ("without", "fault"),
    [
        ({"consulted": frozenset(Consulted) - {Consulted.STUDENT_HEALTH}}, Fault.NO_STUDENT_HEALTH),
        ({"consulted": frozenset(Consulted) - {Consulted.PUPIL}}, Fault.NO_PUPIL),
        ({"consulted": frozenset(Consulted) - {Consulted.GUARDIAN}}, Fault.NO_GUARDIAN),
        ({"has_analysis": False}, Fault.NO_ANALYSIS),
        ({"support": None}, Fault.NO_SUPPORT),
        ({"measures": 0}, Fault.NO_MEASURE),
    ],
)
def test_each_part_that_lacks_is_told(without: dict[str, Any], fault: Fault) -> None:
    assert domain.missing_for_decision(Written(**WHOLE | without)) == [fault]


def test_all_that_lacks_is_told_at_once() -> None:
    assert domain.missing_for_decision(Written(state=State.OPEN)) == [
        Fault.NO_STUDENT_HEALTH, Fault.NO_PUPIL, Fault.NO_GUARDIAN, Fault.NO_ANALYSIS,
        Fault.NO_SUPPORT, Fault.NO_MEASURE,
    ]  # fmt: skip


def test_only_who_leads_the_school_judges_and_always_says_why() -> None:
    def faults(role: Role, judgement: Judgement | None, why: str, *, is_open: bool) -> list[Fault]:
        return domain.faults_in_judgement(judgement, why, role=role, is_open=is_open)

    assert faults(Role.PRINCIPAL, Judgement.LONG, "tre veckor", is_open=False) == []
    assert faults(Role.DEPUTY_PRINCIPAL, Judgement.NOT_NEEDED, "bruten fot", is_open=False) == []
    assert faults(Role.COUNSELLOR, None, "..", is_open=True) == [
        Fault.NOT_YOURS, Fault.ALREADY_OPEN, Fault.JUDGEMENT, Fault.WHY,
    ]  # fmt: skip


@pytest.mark.parametrize("part", Part)
def test_each_part_is_written_in_its_states_by_its_roles_alone(part: Part) -> None:
    states, roles = domain.PARTS[part]

    for state in State:
        for role in Role:
            may = domain.may_write(part, state, role)
            assert may is (state in states and role in roles)
            assert may is (domain.against(part, state, role) == [])
            if state not in domain.GOING_ON or role not in domain.INVESTIGATORS:
                assert not may


@pytest.mark.parametrize("role", sorted(domain.INVESTIGATORS - domain.LEADS))
@pytest.mark.parametrize("part", [Part.APPOINT, Part.DECIDE, Part.CLOSE, Part.SUPPORT])
def test_what_is_decided_is_the_principals(part: Part, role: Role) -> None:
    assert Fault.NOT_YOURS in domain.against(part, State.OPEN, role)


@pytest.mark.parametrize(
    ("outcome", "new", "faults"),
    [
        (Outcome.BETTER, 0, []),
        (Outcome.AS_BEFORE, 0, [Fault.NO_NEW_MEASURE]),
        (Outcome.WORSE, 0, [Fault.NO_NEW_MEASURE]),
        (Outcome.AS_BEFORE, 1, []),
        (None, 0, [Fault.OUTCOME]),
    ],
)
def test_what_was_not_enough_is_followed_by_something_new(
    outcome: Outcome | None, new: int, faults: list[Fault]
) -> None:
    look_on = TODAY + timedelta(days=42)
    found = domain.faults_in_round(outcome, "gick så", new_measures=new, look_on=look_on, on=TODAY)
    assert found == faults


@pytest.mark.parametrize(
    ("days", "faults"),
    [
        (0, [Fault.LOOK_ON_TOO_SOON]), (1, []), (90, []), (91, [Fault.LOOK_ON_TOO_LATE]),
    ],
)  # fmt: skip
def test_the_next_look_is_ahead_and_within_three_months(days: int, faults: list[Fault]) -> None:
    assert domain.in_look_on(TODAY + timedelta(days=days), TODAY) == faults
    assert domain.in_look_on(None, TODAY) == [Fault.LOOK_ON]


def test_it_is_closed_only_when_the_last_look_says_better() -> None:
    decided = WHOLE | {"state": State.DECIDED}
    for outcome in (None, Outcome.AS_BEFORE, Outcome.WORSE):
        written = Written(**decided, last_outcome=outcome)
        assert domain.missing_for_closing(written) == [Fault.OUTCOME]
    assert domain.missing_for_closing(Written(**decided, last_outcome=Outcome.BETTER)) == []


def test_three_letters_are_words_and_an_endless_text_is_not() -> None:
    assert domain.in_words("ja", Fault.TEXT) == [Fault.TEXT]
    assert domain.in_words("1 2 3 4", Fault.TEXT) == [Fault.TEXT]
    assert domain.in_words("jaa", Fault.TEXT) == []
    assert domain.in_words("a" * 8000, Fault.TEXT) == []
    assert domain.in_words("a" * 8001, Fault.TEXT) == [Fault.TOO_LONG]


def test_what_has_been_is_not_tomorrow() -> None:
    assert domain.in_past(TODAY, TODAY) == []
    assert domain.in_past(TODAY + timedelta(days=1), TODAY) == [Fault.DAY_AHEAD]
    assert domain.in_past(None, TODAY) == [Fault.DAY]


def test_the_perspectives_that_nobody_wrote_are_named_in_order() -> None:
    assert domain.not_taken_in([Perspective.SOCIAL]) == [
        Perspective.PEDAGOGICAL, Perspective.PSYCHOLOGICAL, Perspective.MEDICAL,
    ]  # fmt: skip
    assert domain.not_taken_in(Perspective) == []
