"""What a draft may lack and a locked mapping may not; who makes which."""

from datetime import date, timedelta

import pytest

from samnarvaro.kernel.access import Role
from samnarvaro.mapping.domain.factors import Source
from samnarvaro.mapping.domain.mappings import (
    Depth,
    Fault,
    Method,
    Told,
    depths,
    faults_at_lock,
    faults_of_draft,
)

DAY = date(2026, 10, 21)
WHOLE = Told(held_on=DAY, methods=(Method.TALK,), child_words="Jag orkar inte matsalen.")


@pytest.mark.parametrize(
    ("held_on", "found"),
    [
        (None, []),
        (DAY, []),
        (DAY + timedelta(days=1), [Fault.HELD_ON_LATER]),
        (DAY - timedelta(days=90), []),
        (DAY - timedelta(days=91), [Fault.HELD_ON_TOO_OLD]),
    ],
)
def test_a_draft_may_lack_its_day_but_not_have_a_wrong_one(
    held_on: date | None, found: list[Fault]
) -> None:
    assert faults_of_draft(Told(held_on=held_on), begun_on=DAY, on=DAY) == found


def test_a_draft_that_lay_for_long_does_not_grow_too_old() -> None:
    assert faults_of_draft(WHOLE, begun_on=DAY, on=DAY + timedelta(days=200)) == []


@pytest.mark.parametrize(("letters", "found"), [(2000, []), (2001, [Fault.CHILD_WORDS_TOO_LONG])])
def test_the_childs_own_words_have_room(letters: int, found: list[Fault]) -> None:
    assert faults_of_draft(Told(child_words="a" * letters), begun_on=DAY, on=DAY) == found


def test_all_that_is_missing_is_told_at_once() -> None:
    assert faults_at_lock(Told(), sources=set()) == [
        Fault.HELD_ON,
        Fault.METHOD,
        Fault.CHILD,
        Fault.FACTOR,
    ]


@pytest.mark.parametrize(
    ("words", "why", "sources", "found"),
    [
        ("Jag orkar inte.", "", {Source.SCHOOL}, []),
        ("", "", {Source.CHILD}, []),
        ("", "Vill inte prata än.", {Source.SCHOOL}, []),
        ("", "", {Source.SCHOOL}, [Fault.CHILD]),
        ("", " - ", {Source.SCHOOL}, [Fault.CHILD]),
        ("Jag orkar inte.", "Vill inte prata än.", {Source.SCHOOL}, [Fault.CHILD_BOTH]),
    ],
)
def test_the_child_is_heard_or_it_is_said_why_not(
    words: str, why: str, sources: set[Source], found: list[Fault]
) -> None:
    told = Told(held_on=DAY, methods=(Method.TALK,), child_words=words, not_heard_why=why)

    assert faults_at_lock(told, sources=sources) == found


def test_a_mentor_makes_the_simple_one_student_health_both_and_others_none() -> None:
    assert depths(Role.MENTOR) == (Depth.SIMPLE,)
    for role in (Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR):
        assert depths(role) == (Depth.SIMPLE, Depth.DEEP)
    makers = {Role.MENTOR, Role.COUNSELLOR, Role.PSYCHOLOGIST, Role.SPECIAL_EDUCATOR}
    for role in set(Role) - makers:
        assert depths(role) == ()
    assert depths(None) == ()
