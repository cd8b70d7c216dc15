"""Words that label or blame are marked with a better way to write; nothing is stopped."""

import pytest

from samnarvaro.base import plain_language


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Saga vägrar gå till matsalen", ["vägrar"]),
        ("SKOLKAR hon?", ["SKOLKAR"]),
        ("hon är lat, lat!", ["lat"]),
        ("latin på måndag", []),  # the whole word only
        ("kommer inte till idrotten sedan oktober", []),
        ("utåtagerande och stökig", ["utåtagerande", "stökig"]),
        ("", []),
    ],
)
def test_a_word_that_labels_is_marked_once(text: str, marked: list[str]) -> None:
    assert [mark.word for mark in plain_language.marks(text)] == marked


def test_each_mark_says_what_to_write_instead() -> None:
    assert all(advice.instead and advice.stem for advice in plain_language.advices())
