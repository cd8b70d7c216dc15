"""What a day asks for, whose it is, and what a contact comes to: just under, at, and over."""

from datetime import date, timedelta
from typing import Any

import pytest

from samnarvaro.kernel.access import Holder
from samnarvaro.outreach.domain.contacts import (
    FARTHEST_BACK_AGAIN,
    FARTHEST_PROMISE,
    LONGEST_AGO,
    LONGEST_TEXT,
    Cause,
    Kind,
    Missing,
    Next,
    Outcome,
    Promise,
    Told,
    WayReason,
    informs,
    missing_for,
    missing_for_correction,
    next_attempt,
    reaches,
)
from samnarvaro.outreach.domain.guide import spoken
from samnarvaro.outreach.domain.needs import (
    SHIPPED,
    Absence,
    Made,
    Need,
    Stage,
    Whom,
    caller_of,
    need,
    routine_of,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("absence", "made", "due"),
    [
        (None, Made(), None),
        (Absence(run=1, missed=0), Made(), None),
        (Absence(run=1, missed=1), Made(), Need.FIRST_DAY),
        (Absence(run=0, missed=1), Made(), Need.INFORM),
        (Absence(run=2, missed=1), Made(), Need.INFORM),
        (Absence(run=1, missed=1), Made(reached=True), Need.INFORM),
        (Absence(run=1, missed=1), Made(reached=True, informed=True), None),
        (Absence(run=1, missed=1), Made(informed=True), Need.FIRST_DAY),
        (Absence(run=2, missed=1), Made(informed=True), None),
    ],
)
def test_one_thing_at_a_time_is_due(absence: Absence | None, made: Made, due: Need | None) -> None:
    assert need(absence, made) is due


@pytest.mark.parametrize(
    ("grade", "whom"),
    [("F", Whom.GUARDIAN), ("5", Whom.GUARDIAN), ("6", Whom.PUPIL), ("9", Whom.PUPIL),
     ("", Whom.GUARDIAN), ("GY1", Whom.GUARDIAN)],
)  # fmt: skip
def test_the_year_says_who_is_called(grade: str, whom: Whom) -> None:
    assert routine_of(grade, SHIPPED).whom is whom
    assert {each.stage for each in SHIPPED} == set(Stage)


def test_a_protected_pupils_call_is_for_a_role_that_a_handler_has() -> None:
    mentor = SHIPPED[0]
    assert caller_of(mentor, None) is Holder.MENTOR
    assert caller_of(mentor, [Holder.PRINCIPAL, Holder.MENTOR]) is Holder.MENTOR
    assert caller_of(mentor, [Holder.PRINCIPAL, Holder.COUNSELLOR]) is Holder.COUNSELLOR
    assert caller_of(mentor, []) is Holder.PRINCIPAL


def told(**given: Any) -> Told:
    facts: dict[str, Any] = {
        "made_on": TODAY, "whom": Whom.GUARDIAN, "outcome": Outcome.REACHED,
    }  # fmt: skip
    return Told(**facts | given)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, []),
        ({"kind": Kind.MESSAGE}, [Missing.WAY_REASON]),
        ({"kind": Kind.MESSAGE, "way_reason": WayReason.WISH}, []),
        ({"kind": Kind.OTHER, "way_reason": WayReason.OTHER}, [Missing.WAY_WORDS]),
        ({"kind": Kind.OTHER, "way_reason": WayReason.OTHER, "text": "brev"}, []),
        ({"outcome": Outcome.NOT_REACHED, "cause": Cause.TIRED}, [Missing.TOLD_BY_NOBODY]),
        ({"outcome": Outcome.NOT_REACHED, "text": "inget svar"}, []),
        ({"back_on": ahead(-1)}, [Missing.BACK_IN_THE_PAST]),
        ({"back_on": TODAY}, []),
        ({"back_on": ahead(FARTHEST_BACK_AGAIN)}, []),
        ({"back_on": ahead(FARTHEST_BACK_AGAIN + 1)}, [Missing.BACK_TOO_FAR]),
        ({"text": "x" * LONGEST_TEXT}, []),
        ({"text": "x" * (LONGEST_TEXT + 1)}, [Missing.TEXT_LONG]),
        ({"made_on": ahead(1)}, [Missing.MADE_AHEAD]),
        ({"made_on": ahead(-LONGEST_AGO)}, []),
        ({"made_on": ahead(-LONGEST_AGO - 1)}, [Missing.MADE_LONG_AGO]),
        ({"promise_words": "bok"}, [Missing.PROMISE_WHAT]),
        ({"promise": Promise.TALK}, [Missing.PROMISE_WHEN]),
        ({"promise": Promise.TALK, "promise_on": TODAY}, []),
        ({"promise": Promise.TALK, "promise_on": ahead(-1)}, [Missing.PROMISE_IN_THE_PAST]),
        ({"promise": Promise.TALK, "promise_on": ahead(FARTHEST_PROMISE)}, []),
        ({"promise": Promise.TALK, "promise_on": ahead(FARTHEST_PROMISE + 1)},
         [Missing.PROMISE_TOO_FAR]),
    ],
)  # fmt: skip
def test_everything_that_is_missing_is_told_at_once(
    given: dict[str, Any], missing: list[Missing]
) -> None:
    assert missing_for(told(**given), about=Need.FIRST_DAY, on=TODAY) == missing


@pytest.mark.parametrize("about", list(Need))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PHONE])
def test_another_way_than_the_phone_needs_a_reason_whatever_the_day_asks_for(
    kind: Kind, about: Need
) -> None:
    assert missing_for(told(), about=about, on=TODAY) == []
    assert missing_for(told(kind=kind), about=about, on=TODAY) == [Missing.WAY_REASON]
    with_reason = told(kind=kind, way_reason=WayReason.WISH)
    assert missing_for(with_reason, about=about, on=TODAY) == []
    assert missing_for(told(kind=kind), about=None, on=TODAY) == []


@pytest.mark.parametrize(
    ("given", "about", "knows"),
    [
        ({}, Need.INFORM, True),
        ({}, None, False),
        ({"outcome": Outcome.NOT_REACHED}, Need.INFORM, False),
        ({"outcome": Outcome.MESSAGE_LEFT}, Need.INFORM, False),
        ({"outcome": Outcome.MESSAGE_LEFT, "kind": Kind.MESSAGE}, Need.INFORM, True),
        ({"whom": Whom.PUPIL}, Need.FIRST_DAY, False),
        ({"whom": Whom.PUPIL, "guardian_informed": True}, Need.FIRST_DAY, True),
        ({"whom": Whom.PUPIL, "guardian_informed": True, "outcome": Outcome.NOT_REACHED},
         Need.FIRST_DAY, False),
    ],
)  # fmt: skip
def test_when_a_guardian_knows(given: dict[str, Any], about: Need | None, knows: bool) -> None:
    assert informs(told(**given), about) is knows
    assert reaches(told(**given), Need.INFORM) is False


def test_only_the_author_corrects_and_only_the_same_day() -> None:
    def stops(by: str, on: date) -> list[Missing]:
        return missing_for_correction(by=by, author="a", written_on=TODAY, on=on)

    assert stops("a", TODAY) == []
    assert stops("b", ahead(1)) == [Missing.NOT_YOURS, Missing.ANOTHER_DAY]


def test_the_next_attempt_goes_through_the_numbers_before_it_waits() -> None:
    assert [next_attempt(n, numbers=2) for n in range(5)] == [
        None, Next.OTHER_GUARDIAN, Next.LATER_TODAY, Next.AFTER_WORK, Next.TELL_PRINCIPAL,
    ]  # fmt: skip
    assert next_attempt(1, numbers=1) is Next.LATER_TODAY


def test_the_words_of_a_step_keep_what_they_do_not_know() -> None:
    said = spoken("Hej {elev}, {jag} på {skola} {annat}", caller="A", school="B", pupil="C {jag}")
    assert said == "Hej C {jag}, A på B {annat}"
