"""The menu: one line when there is room, and what is gone to seldom folded when there is not."""

import pytest

from samnarvaro.base import navigation
from samnarvaro.base.navigation import Entry, menu_for


def entry(order: int, *, seldom: bool = False) -> Entry:
    return Entry(order=order, url="home", label=f"Plats {order}", icon="home", seldom=seldom)


def menu_of(monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> tuple[list[str], list[str]]:
    monkeypatch.setattr(navigation, "_entries", list(entries))
    menu = menu_for(None, None)
    return [each.label for each in menu.line], [each.label for each in menu.folded]


def test_six_places_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    six = [entry(number, seldom=number > 2) for number in range(6)]
    line, folded = menu_of(monkeypatch, *six)
    assert len(line) == navigation.FITS
    assert folded == []


def test_of_seven_the_seldom_ones_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    seven = [entry(number, seldom=number in {2, 5}) for number in range(7)]
    line, folded = menu_of(monkeypatch, *seven)
    assert folded == ["Plats 2", "Plats 5"]
    assert line == ["Plats 0", "Plats 1", "Plats 3", "Plats 4", "Plats 6"]
