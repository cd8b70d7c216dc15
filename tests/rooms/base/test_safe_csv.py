"""What leaves for a spreadsheet is text, whatever it looks like."""

import csv
import io

import pytest

from samnarvaro.base import safe_csv


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "|calc", "%0A=1", "=cmd|' /C calc'!A0",
        "＝1+1", "＋1", "－1", "＠x", "\u200b=1+1", "\u202e=1+1", "\ufeff=1", "\u2060=1",
        "\t=1+1", "\r=1+1", "\n=1", " =1+1", "\x00=1", "\x1b=1", "\u2028=1", "\xad=1",
        "﹦1", "⁺1", "\ue000=1", "\u180e=1", "=\t1", "@",
    ],
)  # fmt: skip
def test_nothing_is_taken_for_a_formula(hostile: str) -> None:
    shown = safe_csv.tamed(hostile)

    assert shown.startswith("'")
    assert shown.isprintable()


@pytest.mark.parametrize("text", ["Åsa Öberg", "8B", "08:10", "", "a=1", "vik-saga", "25:99"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert safe_csv.tamed(text) == text


def test_a_table_is_read_back_as_it_was_with_numbers_as_numbers() -> None:
    text = safe_csv.as_csv(["Rad", "Värde"], [(-3, 'a;b"c\nd'), (7, "=1")])

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufeff")
    assert rows == [["Rad", "Värde"], ["-3", 'a;b"c d'], ["7", "'=1"]]
