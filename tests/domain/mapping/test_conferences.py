"""What stops a note of a class from being saved, and what it lacks to be locked."""

from datetime import date, timedelta

import pytest

from samnarvaro.mapping.domain.conferences import (
    LONGEST_SEEN,
    LONGEST_WHAT,
    Decided,
    Fault,
    Told,
    faults_at_lock,
    faults_of_draft,
)

ON = date(2026, 10, 21)
NAMES = ("Saga Lind", "Noor Haddad")
WHOLE = Told(
    held_on=ON, present="Mira, Tove", seen="Lugnare efter lunch.",
    decided=(Decided(what="Två mattider", who="rektor", due_on=ON),),
)  # fmt: skip


def draft(told: Told) -> list[Fault]:
    return faults_of_draft(told, names=NAMES, on=ON)


def test_a_draft_may_lack_everything_and_a_whole_note_lacks_nothing() -> None:
    assert draft(Told()) == []
    assert draft(WHOLE) == []
    assert faults_at_lock(WHOLE) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (ON, []),
        (ON + timedelta(days=1), [Fault.DAY_LATER]),
        (ON - timedelta(days=90), []),
        (ON - timedelta(days=91), [Fault.DAY_TOO_OLD]),
    ],
)
def test_a_note_is_of_a_day_that_has_been_and_not_long_ago(day: date, found: list[Fault]) -> None:
    assert draft(Told(held_on=day)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Flera är oroliga inför idrotten.", []),
        ("Sagas plats står tom.", [Fault.TELLS_NAME]),
        ("haddad och lind", [Fault.TELLS_NAME]),
        ("Ring 070-174 06 05", [Fault.TELLS_NUMBER]),
        ("lena@example.org", [Fault.TELLS_ADDRESS]),
    ],
)
def test_a_text_that_tells_of_a_pupil_is_seen_wherever_it_stands(
    text: str, found: list[Fault]
) -> None:
    assert draft(Told(seen=text)) == found
    assert draft(Told(decided=(Decided(what=text),))) == found


def test_adults_may_be_called_what_a_pupil_is_called() -> None:
    told = Told(present="Saga Ek, mentor", decided=(Decided(what="Mattider", who="Saga Ek"),))
    assert draft(told) == []


def test_what_is_too_long_is_told() -> None:
    assert draft(Told(seen="a" * LONGEST_SEEN)) == []
    assert draft(Told(seen="a" * (LONGEST_SEEN + 1))) == [Fault.SEEN_TOO_LONG]
    assert draft(Told(present="a" * 401)) == [Fault.PRESENT_TOO_LONG]
    long = Decided(what="a" * (LONGEST_WHAT + 1))
    assert draft(Told(decided=(long,))) == [Fault.WHAT_TOO_LONG]


def test_all_that_is_lacking_is_told_at_once() -> None:
    told = Told(decided=(Decided(who="rektor"), Decided(what="Mattider")))
    assert faults_at_lock(told) == [
        Fault.DAY, Fault.PRESENT, Fault.SEEN, Fault.WHAT, Fault.WHO, Fault.DUE,
    ]  # fmt: skip
    assert faults_at_lock(Told(held_on=ON, present="Mira", seen="Lugnt")) == []
