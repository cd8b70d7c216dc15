"""No count tells of a few, and none can be reckoned from the others: for any counts whatever."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from samnarvaro.mapping.domain.few import LEAST, Part, fold, is_enough

SIDES = st.tuples(st.integers(0, 60), st.integers(0, 60))
ROWS = st.dictionaries(st.sampled_from("F123456789"), SIDES, max_size=10)


def test_five_is_told_and_four_is_not() -> None:
    assert is_enough((5, 5))
    assert not is_enough((4, 60))
    assert not is_enough((60, 4))


def test_a_year_with_few_is_put_together_with_the_smallest_other() -> None:
    rows = {"7": (2, 50), "8": (12, 40), "9": (9, 30)}

    assert fold(rows) == [Part(("7", "9"), (11, 80)), Part(("8",), (12, 40))]


def test_a_year_where_all_but_a_few_are_touched_is_put_together_too() -> None:
    assert fold({"7": (40, 2), "8": (10, 10)}) == [Part(("7", "8"), (50, 12))]


def test_where_all_together_are_few_nothing_is_told() -> None:
    assert fold({"7": (2, 50), "8": (2, 40)}) == []
    assert fold({}) == []


def test_years_where_nobody_is_are_left_out() -> None:
    assert fold({"7": (0, 0), "8": (5, 5)}) == [Part(("8",), (5, 5))]


@given(ROWS)
def test_no_part_that_is_told_has_a_small_count(rows: dict[str, tuple[int, int]]) -> None:
    assert all(is_enough(part.counts) for part in fold(rows))


@given(ROWS)
def test_every_row_is_told_once_or_all_of_them_are_kept(
    rows: dict[str, tuple[int, int]],
) -> None:
    told = fold(rows)
    if not told:
        return
    keys = [key for part in told for key in part.keys]
    assert sorted(keys) == sorted(key for key, counts in rows.items() if any(counts))
    sums = [sum(part.counts[side] for part in told) for side in (0, 1)]
    assert sums == [sum(counts[side] for counts in rows.values()) for side in (0, 1)]


@given(ROWS)
def test_whatever_is_taken_from_whatever_no_small_group_is_left(
    rows: dict[str, tuple[int, int]],
) -> None:
    """All that can be reckoned from the parts and their sum are sums of parts."""
    told = fold(rows)
    for many in range(1, len(told)):
        for taken in combinations(told, many):
            left = [part for part in told if part not in taken]
            for side in (0, 1):
                assert sum(part.counts[side] for part in left) >= LEAST


@given(ROWS)
def test_the_parts_stand_in_the_order_of_the_rows(rows: dict[str, tuple[int, int]]) -> None:
    order = list(rows)
    first = [order.index(part.keys[0]) for part in fold(rows)]
    assert first == sorted(first)
