"""A school with two staircases beside each other: one is looked at, and the address says which."""

import pytest
from django.test import Client

from samnarvaro.staircase.models import Choice
from tests.rooms.staircase.browsing import signed_in, words
from tests.rooms.staircase.school import FIRST_DAY, SchoolWithMarks
from tests.rooms.staircase.test_pages_school import of_unit, rows

ROUTINE = "?regelverk=routine"


@pytest.fixture
def both(marked: SchoolWithMarks) -> SchoolWithMarks:
    """The city's model, and the routine beside it; Leo is away today, unexcused."""
    Choice.objects.create(key="routine", first_day=FIRST_DAY)
    marked.go_through_nights()
    return marked


@pytest.fixture
def ragnar(both: SchoolWithMarks) -> Client:
    return signed_in(both.ragnar)


def test_one_chooses_between_them_by_links(both: SchoolWithMarks, ragnar: Client) -> None:
    page = ragnar.get(of_unit(both)).content.decode()
    other = ragnar.get(of_unit(both, ROUTINE)).content.decode()

    address = of_unit(both)
    for shown, current in ((page, address), (other, address + ROUTINE)):
        assert f'<a href="{current}" aria-current="page">' in shown
        assert f'href="{address}"' in shown
        assert f'href="{address}{ROUTINE}"' in shown


def test_counts_and_lists_are_those_of_the_one_that_is_looked_at(
    both: SchoolWithMarks, ragnar: Client
) -> None:
    page = ragnar.get(of_unit(both, ROUTINE)).content.decode()

    address = of_unit(both, f"niva/1/{ROUTINE}")
    assert f'href="{address}"' in page
    assert "Leo Strand" in words(ragnar.get(address))
    assert "Leo Strand" not in words(ragnar.get(of_unit(both, "niva/1/")))
    assert "Leo Strand" in words(ragnar.get(of_unit(both, "niva/2/")))


def test_what_is_picked_and_what_is_looked_at_stand_in_each_address(
    both: SchoolWithMarks, ragnar: Client
) -> None:
    part = f"?klass={both.class_8a.public}&amp;regelverk=routine"
    page = ragnar.get(of_unit(both, part.replace("&amp;", "&"))).content.decode()

    for rest in ("bild/veckor/", "bild/karta/svg/", "niva/1/"):
        assert f'href="{of_unit(both, rest)}{part}"' in page
    assert f'href="{of_unit(both)}{ROUTINE}" data-resets' in page, "Esc keeps the staircase"
    listed = ragnar.get(of_unit(both, f"niva/1/{part}".replace("&amp;", "&"))).content.decode()
    assert '<input type="hidden" name="regelverk" value="routine"' in listed
    assert f'href="{of_unit(both, "niva/1/")}{ROUTINE}"' in listed, "so does clearing the choice"


def test_an_address_with_none_or_an_unknown_one_means_the_first(
    both: SchoolWithMarks, ragnar: Client
) -> None:
    first, *others = (
        rows(ragnar.get(of_unit(both, f"niva/2/{asked}")).content.decode())
        for asked in ("", "?regelverk=city", "?regelverk=nothing")
    )

    assert first == ["Leo Strand"]
    assert others == [first, first]


def test_a_step_that_the_staircase_has_not_is_not_there(
    both: SchoolWithMarks, ragnar: Client
) -> None:
    assert ragnar.get(of_unit(both, f"niva/4/{ROUTINE}")).status_code == 200
    assert ragnar.get(of_unit(both, "niva/4/")).status_code == 404


def test_where_there_is_one_there_is_nothing_to_choose(marked: SchoolWithMarks) -> None:
    page = words(signed_in(marked.ragnar).get(of_unit(marked)))

    assert "Skolans trappor" not in page
