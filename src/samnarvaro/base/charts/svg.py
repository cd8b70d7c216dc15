"""The grammar of our pictures: elements with escaped words and numbers, no styles of their own.

Colours come from the page's style sheet by class, so that a picture follows dark, print and high
contrast; shape and pattern carry the same fact as colour.
"""

from functools import cache, lru_cache
from html import escape
from zlib import crc32

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Attribute = str | float | None

HATCH = 5  # units between the lines of a hatched ground


def element(name: str, *inside: str, **attributes: Attribute) -> SafeString:
    """Return one element; `class_` is class, `stroke_width` is stroke-width, None is left out."""
    written = "".join(
        [
            f' {_in_svg(key)}="{_written(value)}"'
            for key, value in attributes.items()
            if value is not None
        ]
    )
    if not inside:
        return SafeString(f"<{name}{written}/>")  # every part is escaped here
    words = "".join([_escaped(part) for part in inside])
    return SafeString(f"<{name}{written}>{words}</{name}>")


@cache
def _in_svg(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def picture(
    kind: str, size: tuple[float, float], title: str, description: str, *inside: str
) -> SafeString:
    """Return a whole picture that is read out as its title and description.

    A picture with links is a group, so that the links can be reached.
    """
    width, height = size
    has_links = any("<a " in part for part in inside)
    return element(
        "svg",
        element("title", title),
        element("desc", description) if description else "",
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"picture {kind}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="group" if has_links else "img",
        aria_label=title if has_links else None,
    )


def nothing(kind: str, title: str) -> SafeString:
    """Return the picture of no facts yet: it says so."""
    words = text(0, 20, _("Det finns inget att visa än."), "tick")
    return picture(kind, (330, 30), title, "", words)


def hatched(name: str, ground: str = "") -> SafeString:
    """Return the definition of a hatched ground with that name; `ground` is what lies under."""
    line = element("path", d=f"M0 0V{HATCH}", class_="hatch-line")
    pattern = element(
        "pattern",
        box(0, 0, HATCH, HATCH, ground) if ground else "",
        line,
        id=name,
        width=HATCH,
        height=HATCH,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return element("defs", pattern)


def name_of(kind: str, title: str) -> str:
    """Return a name for something inside a picture: the same picture always has the same."""
    return f"{kind}-{crc32(title.encode()):08x}"


def text(x: float, y: float, words: str, class_: str, anchor: str | None = None) -> SafeString:
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def box(x: float, y: float, width: float, height: float, class_: str) -> SafeString:
    return element("rect", x=x, y=y, width=width, height=height, class_=class_)


def width_of(words: str, size: float = 13) -> float:
    """Return about how wide the words stand: a picture cannot ask the browser."""
    return len(words) * size * 0.54


@lru_cache(maxsize=10_000)
def number(value: float) -> str:
    """Write a length with one decimal at most: pictures are read by people, not rulers."""
    return f"{round(value, 1) + 0.0:g}"  # never minus nought


def _written(value: str | float) -> str:
    return _escaped(value) if isinstance(value, str) else number(value)


def _escaped(words: str) -> str:
    """Escape what is not escaped yet; a picture has thousands of parts, and most are."""
    return words if isinstance(words, SafeString) else escape(str(words))
