"""After how many school days without an act it is whose turn to take a thing up again."""

from datetime import date

import pytest

from samnarvaro.kernel.access import Holder
from samnarvaro.worklist.domain.holding import Taken, Turn, subject, turns


@pytest.mark.parametrize(
    ("school_days", "whose"),
    [
        (0, []),
        (9, []),
        (10, [Turn.OWNER]),
        (11, [Turn.OWNER]),
        (14, [Turn.OWNER]),
        (15, [Turn.OWNER, Turn.PRINCIPAL]),
        (16, [Turn.OWNER, Turn.PRINCIPAL]),
    ],
)
def test_first_it_is_the_owners_turn_and_then_the_principals(
    school_days: int, whose: list[Turn]
) -> None:
    assert turns(Holder.MENTOR, school_days) == whose


def test_what_is_the_principals_own_goes_no_further() -> None:
    assert turns(Holder.PRINCIPAL, 40) == [Turn.OWNER]


def test_each_time_a_thing_is_left_lying_makes_rows_of_its_own() -> None:
    once = Taken(
        subject="row:7", kind="held.row", pupil=3, owner=Holder.MENTOR, last_act=date(2026, 10, 1)
    )
    again = Taken(
        subject="row:7", kind="held.row", pupil=3, owner=Holder.MENTOR, last_act=date(2026, 11, 2)
    )

    made = {subject(each, turn) for each in (once, again) for turn in Turn}
    assert len(made) == 4
