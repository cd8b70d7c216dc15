"""Names in Swedish order."""

from itertools import pairwise

import pytest

from samnarvaro.people.domain.sort_key import LONGEST, folded, sort_key


def test_family_names_stand_in_swedish_order() -> None:
    in_order = [
        "Ahl", "Andersson", "Berg", "Berg-Lund", "Bergman", "Edén", "Edenholm", "Lind", "Müller",
        "Nyberg", "Wall", "Zetterlund", "Åberg", "Ås", "Ärlig", "Öberg", "Öst",
    ]  # fmt: skip

    keys = [sort_key(name) for name in in_order]

    assert all(before < after for before, after in pairwise(keys))
    # The same on every database: ASCII, compared byte by byte.
    assert all(key.isascii() for key in keys)


def test_within_a_family_the_given_name_decides() -> None:
    people = [("Berg", "Åsa"), ("Berg", "Anna"), ("Berg", "Örjan"), ("Berg-Lund", "Anna")]

    in_order = sorted(people, key=lambda person: sort_key(*person))

    assert in_order == [("Berg", "Anna"), ("Berg", "Åsa"), ("Berg", "Örjan"), ("Berg-Lund", "Anna")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LIND", "lind"),
        ("ÅBERG", "åberg"),
        ("A\u030aberg", "Åberg"),  # a and ring written apart
        ("Édén", "Eden"),
        ("Æbelø", "Äbelö"),
        ("Müller", "Myller"),
        ("O'Brien", "OBrien"),
        ("O’Brien", "OBrien"),
        ("Łukasz", "Lukasz"),
        ("Strauß", "Strauss"),
        ("Þór", "Thor"),
        ("Anna  Karin", "Anna-Karin"),
        ("Lind\u2010Ek", "Lind-Ek"),
    ],
)
def test_case_accents_and_ways_of_writing_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Ås", "As"), ("Ärt", "Art"), ("Öl", "Ol")])
def test_three_letters_are_letters_of_their_own(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_letters_of_other_alphabets_stay() -> None:
    assert folded("Ольга") == "ольга"


def test_a_key_fits_its_column() -> None:
    assert len(sort_key("ß" * 80, "Þ" * 80)) == LONGEST


def test_nothing_gives_an_empty_key() -> None:
    assert sort_key("", " ") == ""
    assert sort_key("", "Saga") == "saga"
