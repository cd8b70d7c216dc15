"""The guard against mass removal, whose a number is, and what a roster says of a person."""

from datetime import date

import pytest

from samnarvaro.people.domain.roster import Person, Row, claims_settled, is_mass_removal
from samnarvaro.people.domain.stays import Place


@pytest.mark.parametrize(
    ("removed", "enrolled", "is_stopped"),
    [
        (9, 400, False),
        (40, 400, False),  # exactly 10 %: not more
        (41, 400, True),
        (9, 60, False),  # 15 %, but fewer than ten
        (10, 60, True),
        (10, 99, True),  # just over 10 %
        (10, 100, False),  # exactly
        (10, 101, False),  # just under
        (9, 9, False),
        (10, 10, True),
        (0, 0, False),
    ],
)
def test_the_guard_stops_more_than_ten_percent_and_at_least_ten(
    removed: int, enrolled: int, is_stopped: bool
) -> None:
    assert is_mass_removal(removed, enrolled) is is_stopped


def test_a_number_belongs_to_the_one_who_has_it() -> None:
    assert claims_settled([("new", "N1")], {"N1": "old"}) == {"new"}
    assert claims_settled([("old", "N1")], {"N1": "old"}) == set()


def test_of_two_new_claims_the_first_holds() -> None:
    assert claims_settled([("a", "N1"), ("b", "N1")], {}) == {"b"}


def test_two_pupils_may_swap_numbers() -> None:
    assert claims_settled([("a", "N2"), ("b", "N1")], {"N1": "a", "N2": "b"}) == set()


def test_a_number_given_up_in_the_same_file_is_free() -> None:
    assert claims_settled([("a", "N2"), ("b", "N1")], {"N1": "a"}) == set()


def test_who_is_refused_keeps_the_number_so_that_the_next_is_refused_too() -> None:
    held = {"N1": "a", "N3": "c"}

    assert claims_settled([("a", "N3"), ("b", "N1")], held) == {"a", "b"}


SAGA = Person("Saga", "Lind", "201304072398", date(2013, 4, 7), "M", "9999")


def test_what_a_roster_leaves_out_stays() -> None:
    assert SAGA.told(Person()) == SAGA
    assert SAGA.told(Person(home_municipality="9998")) == Person(
        "Saga", "Lind", "201304072398", date(2013, 4, 7), "M", "9998"
    )


def test_a_name_is_replaced_as_a_whole() -> None:
    renamed = SAGA.told(Person(given_name="Saga-Li"))

    assert (renamed.given_name, renamed.family_name) == ("Saga-Li", "")


def test_an_older_roster_adds_only_what_nobody_knew() -> None:
    old = Person("Sara", "Lindh", "201002042388", date(2010, 2, 4), "F", "9998")

    assert old.beside(SAGA) == Person()
    assert old.beside(Person()) == old
    assert old.beside(Person(family_name="Lind")).given_name == ""


def test_of_a_protected_pupil_only_birth_date_and_sex_are_kept() -> None:
    assert SAGA.unnamed() == Person(birth_date=date(2013, 4, 7), legal_sex="M")


def test_two_rows_say_the_same_whatever_lines_they_stand_on() -> None:
    row = Row(2, "vik-saga", "99000002", Place("8B", "2026/2027", "8"), SAGA)
    again = Row(9, "vik-saga", "99000002", Place("8B", "2026/2027", "8"), SAGA)
    moved = Row(9, "vik-saga", "99000002", Place("8A", "2026/2027", "8"), SAGA)

    assert row.says_the_same_as(again)
    assert not row.says_the_same_as(moved)
    assert row.key == moved.key == ("vik-saga", "99000002")
