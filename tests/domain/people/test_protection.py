"""Who may be one of the few for whom a protected pupil exists."""

from dataclasses import replace

import pytest

from samnarvaro.people.domain.protection import (
    MOST_HANDLERS,
    Level,
    Naming,
    NotAHandler,
    against,
)

KARIN, RAGNAR, AGDA, ULLA = 1, 2, 3, 4
GOOD = Naming(
    level=Level.CONFIDENTIAL,
    person=KARIN,
    deciders=(AGDA, ULLA),
    handlers=frozenset(),
    on_duty=frozenset({KARIN, RAGNAR, AGDA, ULLA}),
)


def test_two_others_decide() -> None:
    assert against(GOOD) == []


@pytest.mark.parametrize(("already", "fits"), [(MOST_HANDLERS - 1, True), (MOST_HANDLERS, False)])
def test_there_are_five_at_most(already: int, fits: bool) -> None:
    handlers = frozenset(range(100, 100 + already))

    reasons = against(replace(GOOD, handlers=handlers))

    assert reasons == ([] if fits else [NotAHandler.TOO_MANY])


@pytest.mark.parametrize(
    ("naming", "reason"),
    [
        (replace(GOOD, level=Level.NONE), NotAHandler.NOT_PROTECTED),
        (replace(GOOD, handlers=frozenset({KARIN})), NotAHandler.ALREADY),
        (replace(GOOD, deciders=(AGDA, AGDA)), NotAHandler.ONE_DECIDER),
        (replace(GOOD, deciders=(KARIN, ULLA)), NotAHandler.DECIDES_ABOUT_SELF),
        (replace(GOOD, on_duty=frozenset({AGDA, ULLA})), NotAHandler.NO_DUTY),
        (replace(GOOD, on_duty=frozenset({KARIN, AGDA})), NotAHandler.DECIDER_WITHOUT_DUTY),
    ],
)
def test_each_thing_that_speaks_against_it_is_told(naming: Naming, reason: NotAHandler) -> None:
    assert against(naming) == [reason]


def test_all_that_speaks_against_it_is_told_at_once() -> None:
    naming = Naming(Level.NONE, KARIN, (KARIN, KARIN), frozenset(range(10, 15)), frozenset())

    assert set(against(naming)) == set(NotAHandler) - {NotAHandler.ALREADY}


def test_one_of_the_five_named_again_is_told_so_and_not_that_there_are_five() -> None:
    naming = replace(GOOD, handlers=frozenset({KARIN, 10, 11, 12, 13}))

    assert against(naming) == [NotAHandler.ALREADY]
