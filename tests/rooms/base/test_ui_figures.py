"""Figures are written as a Swede reads them, and rounded once, from the exact share."""

from fractions import Fraction

import pytest
from django.utils import translation

from samnarvaro.base import figures

HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (0, f"0,0{HARD}%"),
        (Fraction(1, 10), f"10,0{HARD}%"),
        (Fraction(151, 1500), f"10,1{HARD}%"),  # just over ten is not written as ten
        (Fraction(2, 3), f"66,7{HARD}%"),
        (Fraction(1, 2000), f"0,1{HARD}%"),  # half of a tenth goes up
        (1, f"100,0{HARD}%"),
        (None, "–"),
    ],
)
def test_a_share_has_one_decimal_and_a_comma(fraction: Fraction | None, written: str) -> None:
    assert figures.percent(fraction) == written


def test_a_share_can_be_written_in_whole_per_cent() -> None:
    assert figures.percent(Fraction(777, 1000), 0) == f"78{HARD}%"


def test_of_nothing_there_is_no_share() -> None:
    assert figures.share(0, 0) == figures.share(None, 60) == figures.share(3, None) == "–"


def test_an_english_reader_gets_a_decimal_point() -> None:
    with translation.override("en"):
        assert figures.share(1, 3) == f"33.3{HARD}%"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (260, "4 h 20 min"), (None, "–")],
)
def test_minutes_are_written_as_hours(minutes: int | None, written: str) -> None:
    assert figures.hours(minutes) == written.replace(" ", HARD)


def test_thousands_are_parted() -> None:
    assert figures.thousands(1200) == f"1{HARD}200"
    assert figures.thousands(None) == "–"


@pytest.mark.parametrize(
    ("percent", "shade"),
    [(0, 0), (1, 0), (2, 1), (5, 2), (9, 2), (10, 3), (20, 4), (39, 4), (40, 5), (100, 5)],
)
def test_a_cell_of_a_map_has_one_of_six_shades(percent: int, shade: int) -> None:
    assert figures.heat(Fraction(percent, 100)) == shade


def test_an_unknown_share_has_no_shade() -> None:
    assert figures.heat(None) == 0
