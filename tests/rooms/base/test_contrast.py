"""Every pair of colours that meet can be told apart: words 4.5:1, high contrast 7:1, marks 3:1."""

import re
from itertools import product
from pathlib import Path

import pytest

import samnarvaro

SHEETS = Path(samnarvaro.__file__).parent / "base/static/base"
NAMED = re.compile(r"--([\w-]+):\s*([^;]+);")
GROUNDS = ("paper", "sheet", "tint", "accent-tint")

# Words on what they stand on.
WORDS = [
    *product(("ink", "ink-soft", "accent-ink"), GROUNDS),
    *product(("ink",), ("tint-deep", "accent-tint-deep", "away-soft", "here-soft")),
    ("accent-ink", "accent-tint-deep"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-fault", "fault"),
    ("on-fault", "fault-hover"),
    *((f"{tone}-ink", f"{tone}-tint") for tone in ("good", "info", "attention", "fault")),
    *product(("fault-ink", "ink"), ("sheet", "fault-tint", "attention-tint", "info-tint")),
    *product(("limit",), ("sheet",)),
]
# Grounds of pictures that high contrast does without.
IN_PICTURES = [("ink", "accent-line")]
# What must be seen without being read: edges of fields, the mark of focus, lines of pictures.
MARKS = [
    *product(("line-strong", "focus", "accent"), ("paper", "sheet", "tint")),
    *product(("here", "away", "limit", "fault"), ("sheet",)),
]
THEMES = {
    "light": ["theme"],
    "dark": ["theme", "dark"],
    "contrast": ["theme", "contrast"],
    "dark contrast": ["theme", "dark", "contrast"],
}


def colours(sheets: list[str]) -> dict[str, str]:
    """Return each name with its colour as the sheets leave it, the last one said holding."""
    said: dict[str, str] = {}
    for sheet in sheets:
        said |= dict(NAMED.findall((SHEETS / f"{sheet}.css").read_text("utf-8")))

    def settled(value: str) -> str:
        other = re.fullmatch(r"var\(--([\w-]+)\)", value)
        return settled(said[other[1]]) if other else value

    return {name: settled(value.strip()) for name, value in said.items()}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_read_can_be_read(theme: str) -> None:
    palette = colours(THEMES[theme])
    least = 7.0 if "contrast" in theme else 4.5

    # Beside its line a limit's words are small, and all of it is said again in the table.
    pairs = set(WORDS) - {("limit", "sheet")} if least == 7 else WORDS + IN_PICTURES

    weak = {
        f"{words} on {ground}": round(found, 2)
        for words, ground in pairs
        if (found := contrast(palette[words], palette[ground])) < least
    }

    assert not weak


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_seen_can_be_seen(theme: str) -> None:
    palette = colours(THEMES[theme])

    weak = {
        f"{mark} on {ground}": round(found, 2)
        for mark, ground in MARKS
        if (found := contrast(palette[mark], palette[ground])) < 3
    }

    assert not weak


def test_the_dark_theme_names_nothing_that_the_light_one_does_not() -> None:
    light, dark = (
        {name for name, _ in NAMED.findall((SHEETS / f"{sheet}.css").read_text("utf-8"))}
        for sheet in ("theme", "dark")
    )

    assert dark <= light


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21.0), ("#777", "#ffffff", 4.48), ("#fff", "#fff", 1.0)],
)
def test_contrast_is_measured_as_the_guidelines_do(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
