"""A picture by itself, as a file: with its sentence, its source, and colours of its own.

On a page the style sheet colours a picture. A file has none, so the rules of charts.css go with it,
with the colours of paper: light, whatever the viewer's screen was.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.html import conditional_escape

from samnarvaro.base.charts import svg

SHEET = Path(__file__).parents[1] / "static" / "base" / "charts.css"
PAPER = {
    "ink": "#1e2a2c",
    "ink-soft": "#505a5b",
    "sheet": "#ffffff",
    "tint": "#f3efe6",
    "line": "#e3ddcf",
    "line-strong": "#827c6f",
    "accent": "#0f6365",
    "accent-ink": "#0c5557",
    "accent-tint": "#e4f0ee",
    "accent-tint-deep": "#d0e5e2",
    "accent-line": "#9cc7c3",
    "here": "#2a8583",
    "here-soft": "#c9e2df",
    "away": "#c77b10",
    "away-soft": "#f3d9a8",
    "limit": "#7a5a9c",
    "strong": "640",
}
MARGIN, HEAD, LINE = 16, 44, 18
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_ASIDE = re.compile(r"/\*.*?\*/|@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def alone(picture: str, *, title: str, lines: list[str]) -> str:
    """Return a drawing as a whole file, with its title above and some lines under it.

    Of two drawings of the same the first, wide one. Links lead nowhere from a file, and go.
    """
    drawing = picture.split("</svg>", 1)[0] + "</svg>"
    drawing = re.sub(r"<a [^>]*>", "<g>", drawing).replace("</a>", "</g>")
    found = _SIZE.search(drawing)
    width, height = (float(found[1]), float(found[2])) if found else (640.0, 300.0)
    wide = max(width, svg.width_of(title, 17), *(svg.width_of(line, 12) for line in lines))
    high = HEAD + height + LINE * (len(lines) + 1)
    under = "".join(
        svg.text(MARGIN, HEAD + height + LINE * (place + 1), line, "tick")
        for place, line in enumerate(lines)
    )
    placed = drawing.replace("<svg ", f'<svg x="{MARGIN}" y="{HEAD}" ', 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" '
        f'viewBox="0 0 {svg.number(wide + 2 * MARGIN)} {svg.number(high)}" '
        f'width="{svg.number(wide + 2 * MARGIN)}" height="{svg.number(high)}">'
        f"<title>{conditional_escape(title)}</title><style>{_style()}</style>"
        f'<rect width="100%" height="100%" fill="{PAPER["sheet"]}"/>'
        f"{svg.text(MARGIN, 26, title, 'file-title')}{placed}{under}</svg>\n"
    )


@cache
def _style() -> str:
    """The rules for what is drawn, without those for frames, tables and screens."""
    plain = _ASIDE.sub("", SHEET.read_text(encoding="utf-8"))
    rules = [
        f"{selector.strip()}{{{body.strip()}}}"
        for selector, body in _RULE.findall(plain)
        if not selector.strip().startswith((".chart", ".heat")) and "display: none" not in body
    ]
    words = re.sub(r"var\(--([a-z-]+)\)", lambda found: PAPER[found[1]], "\n".join(rules))
    own = ".picture { font-family: sans-serif; } .file-title { font-size: 17px; font-weight: 640; }"
    return f"{words}\n{own}"
