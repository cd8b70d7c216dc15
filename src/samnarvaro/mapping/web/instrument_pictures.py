"""Pictures beside the words of an instrument for younger pupils: our own, 48 by 48, in one colour.

They stand beside words and are never read out; nobody has to understand the picture alone.
"""

from functools import cache

from django.utils.safestring import SafeString

from samnarvaro.base.charts import svg

_FACE = "M24 5a19 19 0 1 0 0 38 19 19 0 0 0 0-38ZM17 18v3M31 18v3"
# Strokes take the colour of the text around them.
_DRAWINGS = {
    "face-1": f"{_FACE}M15 34c3-6 15-6 18 0",
    "face-2": f"{_FACE}M16 33c4-3 12-3 16 0",
    "face-3": f"{_FACE}M16 31h16",
    "face-4": f"{_FACE}M16 29c4 4 12 4 16 0",
    "face-5": f"{_FACE}M14 28c3 9 17 9 20 0Z",
    "home": "M6 23 24 8l18 15M11 20v20h26V20M20 40V29h8v11",
    "morning": "M6 38h36M12 38a12 12 0 0 1 24 0M24 10v7M9 18l5 5M39 18l-5 5",
    "way": "M8 14h28a4 4 0 0 1 4 4v16H8ZM8 24h32M18 14v10M29 14v10"
    "M15 34a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM33 34a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
    "school": "M5 41h38M9 41V23l15-9 15 9v18M24 14V6h8v5h-8M20 41V30h8v11M14 28v4M34 28v4",
    "classroom": "M6 8h36v20H6ZM12 15h14M12 21h20M14 42l4-9h12l4 9M24 28v5",
    "friends": "M16 10a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM32 10a5 5 0 1 0 0 10 5 5 0 0 0 0-10Z"
    "M7 40c0-11 4-16 9-16s8 5 8 16M24 40c0-11 3-16 8-16s9 5 9 16",
    "adult": "M18 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM7 42c0-13 4-20 11-20 5 0 9 4 10 11"
    "M35 22a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM28 42c0-6 3-9 7-9s7 3 7 9",
    "lunch": "M24 14a12 12 0 1 0 0 24 12 12 0 0 0 0-24ZM24 20a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z"
    "M6 10v8c0 3 4 3 4 0v-8M8 20v20M42 10c-4 3-4 12 0 12v18",
    "break": "M8 42 16 10h16l8 32M11 30h26M20 10v14M28 10v14M18 24h12",
    "night": "M33 30A15 15 0 1 1 20 9a12 12 0 0 0 13 21ZM36 8v6M33 11h6M41 20v4M39 22h4",
    "thumb-up": "M8 22h8v19H8ZM16 23l8-16c4 0 5 3 4 6l-1 6h11c3 0 4 2 3 5l-4 13c-1 3-3 4-6 4H16",
    "thumb-down": "M8 7h8v19H8ZM16 25l8 16c4 0 5-3 4-6l-1-6h11c3 0 4-2 3-5L37 11c-1-3-3-4-6-4H16",
    "question": "M16 18c0-6 4-9 8-9s9 3 9 8c0 7-9 7-9 14M24 37v2",
}  # fmt: skip


@cache
def draw(name: str) -> SafeString:
    """Return a picture, or nothing for no name."""
    if not name:
        return SafeString("")
    return svg.element(
        "svg", svg.element("path", d=_DRAWINGS[name]),
        class_="question-picture", viewBox="0 0 48 48", aria_hidden="true", focusable="false",
    )  # fmt: skip


def known() -> frozenset[str]:
    return frozenset(_DRAWINGS)
