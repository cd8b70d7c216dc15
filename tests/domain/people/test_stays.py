"""What a roster makes of a pupil's time at a unit: coming, moving, leaving, coming back."""

from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.people.domain.stays import Place, Stay, change, gone, present, stay_on

AUGUST, OCTOBER, NOVEMBER = date(2026, 8, 17), date(2026, 10, 12), date(2026, 11, 2)
CHRISTMAS = date(2026, 12, 18)
CLASS_8A = Place("8A", "2026/2027", "8")
CLASS_8B = Place("8B", "2026/2027", "8")
UNKNOWN = Place()


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def test_who_is_new_comes_on_the_day_of_the_roster() -> None:
    assert present([], AUGUST, None, CLASS_8B) == [Stay(AUGUST, None, CLASS_8B)]


def test_who_stays_in_the_same_class_is_left_as_it_was() -> None:
    stays = [Stay(AUGUST, None, CLASS_8B, row=1)]

    assert present(stays, OCTOBER, None, CLASS_8B) == stays


def test_who_changes_class_ends_the_day_before_and_begins_on_the_day() -> None:
    stays = [Stay(AUGUST, None, CLASS_8A, row=1)]

    assert present(stays, OCTOBER, None, CLASS_8B) == [
        Stay(AUGUST, day_before(OCTOBER), CLASS_8A, row=1),
        Stay(OCTOBER, None, CLASS_8B),
    ]


def test_a_roster_corrected_on_its_own_day_corrects_the_stay() -> None:
    stays = [Stay(OCTOBER, None, CLASS_8A, row=1)]

    assert present(stays, OCTOBER, None, CLASS_8B) == [Stay(OCTOBER, None, CLASS_8B, row=1)]


def test_who_is_left_out_ends_the_day_before() -> None:
    stays = [Stay(AUGUST, None, CLASS_8B, row=1)]

    assert gone(stays, OCTOBER, None) == [Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1)]


def test_a_stay_that_began_on_the_day_the_pupil_is_left_out_never_was() -> None:
    assert gone([Stay(OCTOBER, None, CLASS_8B, row=1)], OCTOBER, None) == []


def test_who_is_not_there_anyway_is_left_alone() -> None:
    over = [Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1)]
    coming = [Stay(NOVEMBER, None, CLASS_8B, row=1)]

    assert gone(over, OCTOBER, None) == over
    assert gone(coming, OCTOBER, None) == coming


def test_who_comes_back_begins_anew_and_the_first_time_stands() -> None:
    away = [Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1)]

    assert present(away, NOVEMBER, None, CLASS_8B) == [
        Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1),
        Stay(NOVEMBER, None, CLASS_8B),
    ]


def test_who_turns_out_not_to_have_left_has_stayed_all_along() -> None:
    stays = [Stay(AUGUST, None, CLASS_8B, row=1)]

    assert present(gone(stays, OCTOBER, None), OCTOBER, None, CLASS_8B) == stays


def test_a_pupil_whom_only_marks_told_of_gets_a_class_from_the_day_of_the_roster() -> None:
    told = [Stay(AUGUST, None, UNKNOWN, row=1)]

    assert present(told, OCTOBER, None, CLASS_8B) == [
        Stay(AUGUST, day_before(OCTOBER), UNKNOWN, row=1),
        Stay(OCTOBER, None, CLASS_8B),
    ]


def test_a_roster_before_the_first_mark_tells_more_than_the_mark() -> None:
    told = [Stay(OCTOBER, None, UNKNOWN, row=1)]

    assert present(told, AUGUST, None, CLASS_8B) == [Stay(AUGUST, None, CLASS_8B, row=1)]
    assert present(told, AUGUST, NOVEMBER, CLASS_8B) == [
        Stay(AUGUST, NOVEMBER, CLASS_8B, row=1),
        Stay(NOVEMBER + timedelta(days=1), None, UNKNOWN),
    ]


def test_an_older_roster_never_overwrites_a_newer_one() -> None:
    until = day_before(NOVEMBER)
    newer = [Stay(NOVEMBER, None, CLASS_8B, row=1)]

    assert present(newer, OCTOBER, until, CLASS_8A) == [
        Stay(OCTOBER, until, CLASS_8A),
        Stay(NOVEMBER, None, CLASS_8B, row=1),
    ]
    assert present(newer, OCTOBER, until, CLASS_8B) == [Stay(OCTOBER, None, CLASS_8B, row=1)]


def test_an_older_roster_tells_of_the_time_until_the_newer_one_alone() -> None:
    until = day_before(NOVEMBER)
    stays = [Stay(AUGUST, None, CLASS_8B, row=1)]

    assert gone(stays, OCTOBER, until) == [
        Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1),
        Stay(NOVEMBER, None, CLASS_8B),
    ]
    assert present(stays, OCTOBER, until, CLASS_8A) == [
        Stay(AUGUST, day_before(OCTOBER), CLASS_8B, row=1),
        Stay(OCTOBER, until, CLASS_8A),
        Stay(NOVEMBER, None, CLASS_8B),
    ]
    assert present([], OCTOBER, until, CLASS_8A) == [Stay(OCTOBER, until, CLASS_8A)]


def test_a_known_last_day_is_kept() -> None:
    until_christmas = [Stay(AUGUST, CHRISTMAS, CLASS_8A, row=1)]

    assert present(until_christmas, OCTOBER, None, CLASS_8B)[-1].last == CHRISTMAS
    assert present(until_christmas, CHRISTMAS, None, CLASS_8A) == until_christmas


DAYS = [AUGUST + timedelta(days=n) for n in (0, 7, 8, 30, 31)]
SAID = st.one_of(st.none(), st.sampled_from([CLASS_8A, CLASS_8B]))


def told(rosters: list[tuple[date, Place | None]]) -> list[Stay]:
    """Take in rosters of different days in the order given."""
    stays: list[Stay] = []
    taken: set[date] = set()
    for day, place in rosters:
        later = [other for other in taken if other > day]
        until = day_before(min(later)) if later else None
        stays = gone(stays, day, until) if place is None else present(stays, day, until, place)
        taken.add(day)
    return stays


@given(said=st.lists(SAID, min_size=4, max_size=4), order=st.permutations(range(4)))
def test_rosters_come_to_the_same_in_any_order(said: list[Place | None], order: list[int]) -> None:
    rosters = list(zip(DAYS, said, strict=False))

    assert told([rosters[place] for place in order]) == told(rosters)


@given(said=st.lists(SAID, min_size=1, max_size=5))
def test_each_roster_is_right_about_its_own_day_and_twice_is_once(said: list[Place | None]) -> None:
    rosters = list(zip(DAYS, said, strict=False))
    stays = told(rosters)

    for day, place in rosters:
        there = stay_on(day, stays)
        assert (there.place if there else None) == place
    assert told([*rosters, *rosters]) == stays


@given(said=st.lists(SAID, min_size=1, max_size=5), order=st.permutations(range(5)))
def test_stays_never_overlap_and_the_day_between_two_makes_them_two(
    said: list[Place | None], order: list[int]
) -> None:
    rosters = list(zip(DAYS, said, strict=False))

    stays = told([rosters[place] for place in order if place < len(rosters)])

    for before, after in pairwise(stays):
        assert before.last is not None
        assert before.last < after.first
        assert before.place != after.place or before.last < day_before(after.first)


def test_all_orders_of_a_move_away_and_back_give_three_stays() -> None:
    rosters = [(AUGUST, CLASS_8B), (OCTOBER, None), (NOVEMBER, CLASS_8B), (CHRISTMAS, CLASS_8A)]

    outcomes = {tuple(told(list(order))) for order in permutations(rosters)}

    assert outcomes == {
        (
            Stay(AUGUST, day_before(OCTOBER), CLASS_8B),
            Stay(NOVEMBER, day_before(CHRISTMAS), CLASS_8B),
            Stay(CHRISTMAS, None, CLASS_8A),
        )
    }


@pytest.mark.parametrize(
    ("held", "wanted", "removed", "changed", "begun"),
    [
        ([Stay(AUGUST, None, CLASS_8A, 1)], [Stay(AUGUST, None, CLASS_8A, 1)], 0, 0, 0),
        ([Stay(AUGUST, None, CLASS_8A, 1)], [], 1, 0, 0),
        ([Stay(AUGUST, None, CLASS_8A, 1)], [Stay(AUGUST, OCTOBER, CLASS_8A, 1)], 0, 1, 0),
        ([], [Stay(AUGUST, None, CLASS_8A)], 0, 0, 1),
    ],
)
def test_a_change_names_the_rows_that_go_change_and_come(
    held: list[Stay], wanted: list[Stay], removed: int, changed: int, begun: int
) -> None:
    made = change(held, wanted)

    assert (len(made.removed), len(made.changed), len(made.begun)) == (removed, changed, begun)
    assert bool(made) is bool(removed or changed or begun)


def test_to_be_told_the_school_type_is_no_move_and_not_to_be_told_it_takes_nothing_away() -> None:
    first, later = date(2026, 8, 17), date(2026, 9, 7)
    adapted = Place("8A", "2026/2027", "8", "GRS")
    held = [Stay(first, None, CLASS_8A, 7)]

    known = present(held, later, None, adapted)
    until = later - timedelta(days=1)
    assert present([Stay(later, None, adapted)], first, until, CLASS_8A) == [
        Stay(first, None, adapted)
    ]
    assert known == [Stay(first, None, adapted, 7)]
    assert present(known, later, None, CLASS_8A) == known

    moved = present(known, later, None, Place("8B", "2026/2027", "8"))
    assert moved[-1].place == Place("8B", "2026/2027", "8")  # of another class nothing is known
    other = present(known, later, None, Place("8A", "2026/2027", "8", "GR"))
    assert [(stay.first, stay.place.school_type) for stay in other] == [
        (first, "GRS"),
        (later, "GR"),
    ]
